import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { endAll } from '../commands/support.ts'
import { type Side, sides } from './sides.ts'

const python = inject('python')
beforeEach(({ skip }) => skip(python.missing !== undefined, python.missing))
afterAll(endAll)

const topic = 'arn:aws:sns:us-east-1:123456789012:deploys'
const target = {
  Id: 'web',
  Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
  RoleArn: 'arn:aws:iam::123456789012:role/events',
  Input: '{"containerOverrides":[{"name":"web","command":["nightly"]}]}',
  EcsParameters: { TaskCount: 2, Group: 'nightly' },
}

/** All that both know: two services, a migration, a rule, notifications, and few revisions to keep. */
const web: any = {
  taskDefinition: {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'shop/web:{image_tag}', memory: 128, command: ['serve'] }],
  },
  updateServices: [
    { cluster: 'my_cluster', service: 'web' },
    { cluster: 'my_cluster', service: 'worker', desiredCount: 3 },
  ],
  runTasks: [{ cluster: 'my_cluster', overrides: { containerOverrides: [{ name: 'web', command: ['migrate'] }] } }],
  eventTargets: [{ Rule: 'hourly', Targets: [target] }],
  activeTaskCount: 2,
  snsNotificationTopicArn: topic,
} satisfies Declared

/** Does the same on both sides, and answers with what each has said. */
async function both({ original, ours }: { original: Side; ours: Side }, ...words: string[]): Promise<string[]> {
  return Promise.all(
    [original, ours].map(async (side) => {
      const { exitCode, stdout, stderr } = await side.run(...words)
      expect(exitCode, stderr).toBe(0)
      // The original returns while the rollout goes on.
      await side.settled()
      return stdout + stderr
    }),
  )
}

describe('the Python original and ours, each on a fresh local AWS', () => {
  test('come to the same state after each of three deploys and a rollback: services, targets, ACTIVE revisions', async () => {
    const two = await sides(web)
    for (const [index, tag] of ['v1', 'v2', 'v3'].entries()) {
      const [theirs, mine] = await both(two, 'deploy', tag)
      const state = await two.ours.state()
      expect(state).toEqual(await two.original.state())
      // The first revision is what the services ran when they were made; past activeTaskCount the oldest go.
      const newest = index + 2
      expect(state.active).toEqual([newest - 1, newest])
      expect(state.services['my_cluster/worker']).toEqual({
        taskDefinition: `web:${newest}`,
        image: `shop/web:${tag}`,
        running: 3,
      })
      // The lines that people search their logs for; ours says which cluster.
      for (const text of [theirs, mine]) expect(text).toContain(`Registered new task definition: web:${newest}\n`)
      expect(theirs).toContain('  Updating service: worker\n')
      expect(mine).toContain(' Updating service: my_cluster/worker\n')
      const arn = `arn:aws:ecs:us-east-1:123456789012:task-definition/web:${newest}`
      expect(state.targets['default/hourly']).toEqual([
        { ...target, EcsParameters: { ...target.EcsParameters, TaskDefinitionArn: arn } },
      ])
    }
    await both(two, 'rollback')
    const state = await two.ours.state()
    expect(state).toEqual(await two.original.state())
    expect(state.active).toEqual([3])
    expect(state.services['my_cluster/web']).toMatchObject({ taskDefinition: 'web:3', image: 'shop/web:v2' })

    const [ours, original] = [await two.ours.messages(), await two.original.messages()]
    // Ours updates the two services side by side, so either may be told of first.
    for (const [index, { input }] of ours.entries()) {
      const next = ours[index + 1]
      if (next?.method === 'update_service' && input.service > next.input.service) {
        ours.splice(index, 2, next, ours[index])
      }
    }
    const inOrder = (messages: any[]): string[] => messages.map(({ client, method }) => `${client} ${method}`)
    const deploy = ['ecs run_task', 'ecs update_service', 'ecs update_service', 'events put_targets']
    expect(inOrder(original)).toEqual([...Array.from({ length: 3 }, () => deploy).flat(), ...deploy.slice(1)])
    expect(inOrder(ours)).toEqual(inOrder(original))
    expect(ours.map((message) => Object.keys(message))).toEqual(original.map((message) => Object.keys(message)))
    for (const [index, { method, input, result }] of ours.entries()) {
      // Different on purpose: with a token a RunTask that is sent twice is one task, and it runs where the services do.
      const { clientToken, launchType, ...sent } = input
      const isTask = method === 'run_task'
      expect([typeof clientToken, launchType]).toEqual(isTask ? ['string', 'EC2'] : ['undefined', undefined])
      expect(sent).toEqual(original[index].input)
      expect(Object.keys(result).toSorted()).toEqual(Object.keys(original[index].result).toSorted())
      expect(Object.keys(result.ResponseMetadata)).toEqual(
        Object.keys(original[index].result.ResponseMetadata).filter((key) => key !== 'HTTPHeaders'),
      )
    }
  })
})

describe.concurrent('where ours differs from the Python original on purpose', () => {
  test('every target of a rule gets the revision, the original’s first only', async () => {
    const Targets = ['a', 'b'].map((Id) => ({ ...target, Id }))
    // boto3 refuses a target without a revision, which the original leaves to the user.
    const stale = {
      ...target.EcsParameters,
      TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
    }
    const declared = { ...web, runTasks: [], eventTargets: [{ Rule: 'hourly', Targets }] }
    const theirs = {
      ...declared,
      eventTargets: [{ Rule: 'hourly', Targets: Targets.map((one) => ({ ...one, EcsParameters: stale })) }],
    }
    const two = await sides(declared, { theirs })
    await both(two, 'deploy', 'v1')
    const revisions = async (side: Side): Promise<string[]> =>
      (await side.state()).targets['default/hourly']!.map(
        (one: any) => one.EcsParameters.TaskDefinitionArn.split('/')[1],
      )
    expect(await revisions(two.original)).toEqual(['web:2', 'web:1'])
    expect(await revisions(two.ours)).toEqual(['web:2', 'web:2'])
  })

  test('a target keeps what only Terraform has set on it, and loses it to the original', async () => {
    const two = await sides({ ...web, runTasks: [] })
    const TaskDefinitionArn = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1'
    const made = {
      ...target,
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:lost' },
      EcsParameters: { ...target.EcsParameters, LaunchType: 'EC2', TaskDefinitionArn },
    }
    for (const { boto3 } of [two.original, two.ours]) {
      await boto3.call('events', 'put_targets', { Rule: 'hourly', Targets: [made] })
    }
    await both(two, 'deploy', 'v1')
    const EcsParameters = { TaskDefinitionArn: TaskDefinitionArn.replace('web:1', 'web:2') }
    expect((await two.original.state()).targets['default/hourly']).toEqual([
      { ...target, EcsParameters: { ...target.EcsParameters, ...EcsParameters } },
    ])
    expect((await two.ours.state()).targets['default/hourly']).toEqual([
      { ...made, EcsParameters: { ...made.EcsParameters, ...EcsParameters } },
    ])
  })

  test('ours returns when the rollout has completed, the original when it has hardly begun', async () => {
    const slow = await sides({ ...web, runTasks: [] }, { speed: '1' })
    expect(await slow.original.run('deploy', 'v1')).toMatchObject({ exitCode: 0 })
    expect(await rollout(slow.original)).toEqual(['IN_PROGRESS', 'COMPLETED'])
    const fast = await sides({ ...web, runTasks: [] })
    expect(await fast.ours.run('deploy', 'v1')).toMatchObject({ exitCode: 0 })
    expect(await rollout(fast.ours)).toEqual(['COMPLETED'])
  })

  test('ours rolls everything back when tasks crash, the original reports success', async () => {
    const { original, ours } = await sides({ ...web, runTasks: [] })
    expect(await original.run('deploy', 'crash')).toMatchObject({ exitCode: 0 })
    expect(await ours.run('deploy', 'crash')).toMatchObject({ exitCode: 1 })
    expect((await original.state()).targets['default/hourly']).toMatchObject([
      { EcsParameters: { TaskDefinitionArn: expect.stringMatching(/web:2$/) } },
    ])
    const { services, targets, active } = await ours.state()
    expect(services['my_cluster/web']).toMatchObject({ taskDefinition: 'web:1' })
    expect(targets['default/hourly']).toEqual([])
    expect(active).toEqual([1])
  })

  test('ours ends the deploy when the migration fails, the original still updates the services', async () => {
    const { original, ours } = await sides({ ...web, eventTargets: [] })
    expect(await original.run('deploy', 'exit-1')).toMatchObject({ exitCode: 0 })
    expect(await ours.run('deploy', 'exit-1')).toMatchObject({ exitCode: 1 })
    const updated = async (side: Side): Promise<string[]> => (await side.messages()).map(({ method }) => method)
    expect(await updated(original)).toEqual(['run_task', 'update_service', 'update_service'])
    expect(await updated(ours)).toEqual(['run_task'])
  })

  test('ours refuses to roll back a family of one revision, the original deregisters it and crashes', async () => {
    const { original, ours } = await sides({ ...web, runTasks: [] })
    expect((await original.run('rollback')).stderr).toContain('IndexError')
    expect((await original.state()).active).toEqual([])
    expect(await ours.run('rollback')).toMatchObject({ exitCode: 2 })
    expect((await ours.state()).active).toEqual([1])
  })

  test('dates in its notifications are dates, the original’s are null', async () => {
    const two = await sides({ ...web, runTasks: [], eventTargets: [] })
    await both(two, 'deploy', 'v1')
    const createdAt = async (side: Side): Promise<unknown> => (await side.messages())[0].result.service.createdAt
    expect(await createdAt(two.original)).toBe(null)
    expect(await createdAt(two.ours)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })
})

/** The states of the deployments of service web, newest first. */
async function rollout({ boto3 }: Side): Promise<string[]> {
  const { services } = await boto3.call('ecs', 'describe_services', { cluster: 'my_cluster', services: ['web'] })
  return services[0].deployments.map(({ rolloutState }: any) => rolloutState)
}
