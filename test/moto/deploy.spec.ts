import { DescribeTaskDefinitionCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { declared, revision, services, target } from './declared.ts'
import { makeTopic, stateOf } from './moto.ts'
import { useMoto } from './useMoto.ts'

const { moto, deploy, rollback } = useMoto()

describe('deploy', () => {
  test('registers a revision with the tag in it, and points every service at it', async () => {
    const { exitCode, problem } = await deploy(declared(), 'v1')
    expect(exitCode, JSON.stringify(problem)).toBe(0)
    expect(await stateOf(moto(), services)).toEqual({
      services: { web: 'web:2', worker: 'web:2' },
      targets: [],
      active: ['web:1', 'web:2'],
    })
    const { taskDefinition } = await moto().ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:2' }))
    expect(taskDefinition!.containerDefinitions).toMatchObject([
      { image: 'shop/web:v1', environment: [{ name: 'TAG', value: 'v1' }] },
    ])
  })

  test('writes every declared target of a rule, keeps what it does not declare, and leaves the others alone', async () => {
    const foreign = { Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:123456789012:queue' }
    const before = target('a', { TaskDefinitionArn: revision(1), Group: 'by-hand' })
    await moto().events.send(new PutTargetsCommand({ Rule: 'hourly', Targets: [before, foreign] }))
    const Targets = [target('a'), target('b')]
    expect(await deploy(declared({ eventTargets: [{ Rule: 'hourly', Targets }] }), 'v1')).toMatchObject({ exitCode: 0 })
    const { targets } = await stateOf(moto(), services)
    expect(targets).toHaveLength(3)
    expect(targets).toContainEqual(target('a', { TaskDefinitionArn: revision(2), Group: 'by-hand' }))
    expect(targets).toContainEqual(target('b', { TaskDefinitionArn: revision(2) }))
    expect(targets).toContainEqual(foreign)
  })

  test('that fails at its last rule restores every service and target, and deregisters its revision', async () => {
    const before = target('a', { TaskDefinitionArn: revision(1), Group: 'by-hand' })
    await moto().events.send(new PutTargetsCommand({ Rule: 'hourly', Targets: [before] }))
    await moto().events.send(new PutRuleCommand({ Name: 'daily', ScheduleExpression: 'rate(1 day)' }))
    const state = await stateOf(moto(), services)
    // moto, as AWS, refuses a target whose Arn is none.
    const refused = { ...target('b'), Arn: 'my_cluster' }
    const eventTargets = [
      { Rule: 'hourly', Targets: [target('a')] },
      { Rule: 'daily', Targets: [refused] },
    ]
    const { exitCode, problem, writes } = await deploy(declared({ eventTargets }), 'v1')
    expect({ exitCode, code: problem?.code }).toEqual({ exitCode: 1, code: 'RefusedByAws' })
    expect(writes.filter((method) => method === 'updateService')).toHaveLength(4)
    expect(await stateOf(moto(), services)).toEqual(state)
  })

  test('with --dry-run reads, plans, and writes nothing', async () => {
    const state = await stateOf(moto(), services)
    const { exitCode, plan, writes } = await deploy(declared(), 'v1', { dryRun: true })
    expect(exitCode).toBe(0)
    expect(plan!.stages.flatMap(({ steps }) => steps.map(({ call }) => call.method))).toEqual([
      'registerTaskDefinition',
      'updateService',
      'updateService',
    ])
    expect(writes).toEqual([])
    expect(await stateOf(moto(), services)).toEqual(state)
  })

  test('is refused with exit code 2 when a service, a cluster or a rule does not exist, naming all of them', async () => {
    const of = declared({
      updateServices: [{ cluster: 'my_cluster', service: 'nope' }],
      eventTargets: [{ Rule: 'nope', Targets: [target('a')] }],
      runTasks: [{ cluster: 'nope' }],
    })
    const { exitCode, problem, writes } = await deploy(of, 'v1')
    expect({ exitCode, code: problem?.code, writes }).toEqual({ exitCode: 2, code: 'NotFound', writes: [] })
    expect(problem!.problems).toHaveLength(3)
  })

  test('prunes the oldest unused revisions past activeTaskCount', async () => {
    const of = declared({ activeTaskCount: 2, updateServices: [{ cluster: 'my_cluster', service: 'web' }] })
    for (const tag of ['v1', 'v2', 'v3', 'v4']) expect(await deploy(of, tag)).toMatchObject({ exitCode: 0 })
    const { active, services: running } = await stateOf(moto(), services)
    expect(running).toEqual({ web: 'web:5', worker: 'web:1' })
    expect(active).toEqual(['web:1', 'web:4', 'web:5'])
  })
})

describe('a one-off task', () => {
  const withTask = (): Declared =>
    declared({
      runTasks: [
        {
          cluster: 'my_cluster',
          launchType: 'FARGATE',
          overrides: { containerOverrides: [{ name: 'web', command: ['migrate'] }] },
        },
      ],
    })

  test('is waited for until it has stopped, and only then are services updated', async () => {
    await moto().describeToAdvance(2)
    const { exitCode, problem, writes, events } = await deploy(withTask(), 'v1')
    expect(exitCode, JSON.stringify(problem)).toBe(0)
    expect(writes).toEqual(['registerTaskDefinition', 'runTask', 'updateService', 'updateService'])
    const told = events.flatMap((event) => (event.type === 'task.progressed' ? [event.lastStatus] : []))
    expect([...new Set(told)]).toEqual(expect.arrayContaining(['RUNNING', 'STOPPED']))
    const { taskArns } = await moto().ecs.send(new ListTasksCommand({ cluster: 'my_cluster' }))
    expect(taskArns).toHaveLength(1)
  })

  test('that does not stop in time is stopped and fails the deploy, before any service is updated', async () => {
    await moto().describeToAdvance(1_000_000)
    const { exitCode, problem, writes, left } = await deploy(withTask(), 'v1', { timeout: 60_000 })
    expect(problem).toMatchObject({ code: 'TimedOut', why: expect.stringContaining('it has been stopped') })
    expect(writes).toEqual(['registerTaskDefinition', 'runTask', 'stopTask'])
    expect(await stateOf(moto(), services)).toMatchObject({ services: { web: 'web:1', worker: 'web:1' } })
    // ListTasks of moto answers stopped tasks too, where AWS lists those that are to run: web:2 counts as used, and stays.
    expect({ exitCode, left }).toEqual({ exitCode: 3, left: [expect.stringContaining('web:2 is still used by task')] })
  })
})

describe('rollback', () => {
  test('points services and targets at the revision before, and deregisters the newest', async () => {
    const of = declared({ eventTargets: [{ Rule: 'hourly', Targets: [target('a')] }] })
    for (const tag of ['v1', 'v2']) expect(await deploy(of, tag)).toMatchObject({ exitCode: 0 })
    // moto has no ListServiceDeployments and answers 500: which revisions were deployed successfully must be said.
    const { exitCode, problem } = await rollback(of, { to: 'web:2' })
    expect(exitCode, JSON.stringify(problem)).toBe(0)
    expect(await stateOf(moto(), services)).toEqual({
      services: { web: 'web:2', worker: 'web:2' },
      targets: [target('a', { TaskDefinitionArn: revision(2) })],
      active: ['web:1', 'web:2'],
    })
  })

  test('to an image tag goes to the revision with that tag', async () => {
    for (const tag of ['v1', 'v2', 'v3']) expect(await deploy(declared(), tag)).toMatchObject({ exitCode: 0 })
    expect(await rollback(declared(), { to: 'v1' })).toMatchObject({ exitCode: 0 })
    expect(await stateOf(moto(), services)).toMatchObject({
      services: { web: 'web:2', worker: 'web:2' },
      active: ['web:1', 'web:2'],
    })
  })

  test('of a family with one revision is refused, and nothing is written', async () => {
    const { exitCode, problem, writes } = await rollback(declared(), { to: 'web:7' })
    expect({ exitCode, code: problem?.code, writes }).toEqual({ exitCode: 2, code: 'NothingToRollBackTo', writes: [] })
  })
})

test('notifications arrive in a queue that is subscribed to the topic, with the keys of the Python original', async () => {
  const { topicArn, received } = await makeTopic(moto())
  const of = declared({ snsNotificationTopicArn: topicArn, eventTargets: [{ Rule: 'hourly', Targets: [target('a')] }] })
  expect(await deploy(of, 'v1')).toMatchObject({ exitCode: 0 })
  const envelopes = await received()
  expect(envelopes.map(({ Type, TopicArn }) => [Type, TopicArn])).toEqual(
    envelopes.map(() => ['Notification', topicArn]),
  )
  const messages = envelopes.map(({ Message }) => JSON.parse(Message))
  // moto's queues, as all standard ones, promise no order.
  expect(messages.map(({ client, method }) => `${client} ${method}`).toSorted()).toEqual([
    'ecs update_service',
    'ecs update_service',
    'events put_targets',
  ])
  for (const message of messages) {
    expect(Object.keys(message)).toEqual(['client', 'method', 'input', 'result'])
    expect(message.result.ResponseMetadata).toMatchObject({ HTTPStatusCode: 200, RetryAttempts: 0 })
  }
})

test('STS of moto and the account in our ARNs agree', async () => {
  const { Account } = await new STSClient(moto().settings).send(new GetCallerIdentityCommand({}))
  const { events } = await deploy(declared(), 'v1')
  const registered = events.find((event) => event.type === 'call.finished' && event.method === 'registerTaskDefinition')
  expect(JSON.stringify(registered)).toContain(`arn:aws:ecs:us-east-1:${Account}:task-definition/web:2`)
})
