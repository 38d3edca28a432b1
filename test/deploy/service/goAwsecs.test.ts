import { describe, expect, it } from 'vitest'
import { imagesOf, running, service, story } from './support.ts'

const parameter = 'arn:aws:ssm:us-east-1:123456789012:parameter'
const role = 'arn:aws:iam::123456789012:role'

/** What the seed's document calls `myservice`, of a container that has something of everything. */
const everything = service('doorman', {
  taskRoleArn: `${role}/web`,
  executionRoleArn: `${role}/execution`,
  containerDefinitions: [
    {
      name: 'mycontainer',
      image: 'myrepo/myimg:oldtag',
      memory: 64,
      environment: [
        { name: 'FIRST', value: '1' },
        { name: 'myenvvarname', value: 'old' },
        { name: 'LAST', value: '3' },
      ],
      secrets: [
        { name: 'mysecretname', valueFrom: `${parameter}/old` },
        { name: 'OTHER', valueFrom: `${parameter}/other` },
      ],
      logConfiguration: {
        logDriver: 'splunk',
        options: { 'splunk-url': 'https://old.example', 'splunk-index': 'main' },
        secretOptions: [{ name: 'splunk-token', valueFrom: `${parameter}/token` }],
      },
    },
    { name: 'sidecar', image: 'envoy:v1', memory: 64, essential: false },
  ],
})

describe('update-aws-ecs-service', () => {
  const containerOf = (definition: any): any => definition.containerDefinitions[0]

  it('alters the image of one container only', async () => {
    const { update, definitionOf } = running([everything])
    const before = definitionOf()
    expect((await update({ image: ['mycontainer=myrepo/myimg:newtag'] })).exitCode).toBe(0)
    const after = definitionOf()
    expect(imagesOf(after)).toEqual({ mycontainer: 'myrepo/myimg:newtag', sidecar: 'envoy:v1' })
    const rest = ({ containerDefinitions: [own, ...others], executionRoleArn, taskRoleArn }: any): unknown => [
      { ...own, image: '' },
      others,
      executionRoleArn,
      taskRoleArn,
    ]
    expect(rest(after)).toEqual(rest(before))
  })

  it('alters image, environment and desired count at once', async () => {
    const { update, definitionOf, service: seen } = running([everything])
    const { exitCode, writes } = await update({
      image: ['mycontainer=myrepo/myimg:newtag'],
      env: ['mycontainer=envvarname=envvarvalue'],
      desiredCount: 1,
    })
    expect([exitCode, story(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService 1']])
    expect(containerOf(definitionOf()).environment.at(-1)).toEqual({ name: 'envvarname', value: 'envvarvalue' })
    expect(seen('production1/doorman')).toMatchObject({ desiredCount: 1, runningCount: 1 })
  })

  it('an empty value unsets a variable and a secret, and the others keep their order', async () => {
    const { update, definitionOf } = running([everything])
    const { exitCode } = await update({ env: ['mycontainer=myenvvarname='], secret: ['mycontainer=mysecretname='] })
    expect(exitCode).toBe(0)
    expect(containerOf(definitionOf()).environment.map(({ name }: any) => name)).toEqual(['FIRST', 'LAST'])
    expect(containerOf(definitionOf()).secrets.map(({ name }: any) => name)).toEqual(['OTHER'])
  })

  it('a value may itself contain =', async () => {
    const { update, definitionOf } = running([everything])
    await update({ env: ['mycontainer=myenvvarname=a=b==c'] })
    expect(containerOf(definitionOf()).environment[1]).toEqual({ name: 'myenvvarname', value: 'a=b==c' })
  })

  it('log options and log secrets are set and unset', async () => {
    const { update, definitionOf } = running([everything])
    const { exitCode } = await update({
      logOption: ['mycontainer=splunk=splunk-url=https://new.example', 'mycontainer=splunk=splunk-index='],
      logSecret: [`mycontainer=splunk=splunk-token=${parameter}/new`],
    })
    expect(exitCode).toBe(0)
    expect(containerOf(definitionOf()).logConfiguration).toEqual({
      logDriver: 'splunk',
      options: { 'splunk-url': 'https://new.example' },
      secretOptions: [{ name: 'splunk-token', valueFrom: `${parameter}/new` }],
    })
  })

  it.each([
    [`${role}/other`, `${role}/other`],
    ['None', undefined],
  ])('the task role becomes %s', async (taskRole, expected) => {
    const { update, definitionOf } = running([everything])
    expect((await update({ taskRole })).exitCode).toBe(0)
    expect(definitionOf().taskRoleArn).toBe(expected)
    expect(definitionOf().executionRoleArn).toBe(`${role}/execution`)
  })

  it('another revision than the current one can be the base', async () => {
    const { update, definitionOf, runs } = running([everything])
    await update({ env: ['sidecar=MODE=bad'] })
    expect(runs('production1/doorman')).toBe('doorman:2')
    await update({ service: 'doorman', taskDefinition: 'doorman:1', image: ['sidecar=envoy:v2'] })
    expect(runs('production1/doorman')).toBe('doorman:3')
    expect(definitionOf().containerDefinitions[1]).toMatchObject({ image: 'envoy:v2', environment: [] })
  })

  it('a base revision that needs no change is not registered again: the service moves to it', async () => {
    const { update, runs, active } = running([everything])
    await update({ env: ['sidecar=MODE=bad'] })
    const { exitCode, writes } = await update({ service: 'doorman', taskDefinition: 'doorman:1' })
    expect([exitCode, story(writes), runs('production1/doorman')]).toEqual([0, ['UpdateService'], 'doorman:1'])
    expect(active('doorman')).toEqual(['doorman:1', 'doorman:2'])
  })

  it('a base that was deregistered is registered again', async () => {
    const { update, runs, call } = running([everything])
    await update({ env: ['sidecar=MODE=bad'] })
    call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'doorman:1' })
    expect((await update({ service: 'doorman', taskDefinition: 'doorman:1' })).exitCode).toBe(0)
    expect(runs('production1/doorman')).toBe('doorman:3')
  })

  it.each(['stable', 'deployed'])('waits until it is %s, which is what primary-rolled means', async (until) => {
    const { update, service: seen } = running([everything])
    expect((await update({ image: ['sidecar=envoy:v2'] }, { until })).exitCode).toBe(0)
    expect(seen('production1/doorman')).toMatchObject({
      runningCount: 2,
      deployments: [{ rolloutState: 'COMPLETED', runningCount: 2 }],
    })
  })
})

describe('behaviour of update-aws-ecs-service that is kept', () => {
  it('nothing changed: no new revision, no deployment, and it says so', async () => {
    const { update, service: seen } = running([everything])
    const before = structuredClone(seen('production1/doorman').deployments)
    const { exitCode, writes, summary } = await update({
      image: ['myrepo/myimg:oldtag'],
      env: ['mycontainer=LAST=3'],
      skipUnchanged: true,
    })
    expect([exitCode, writes]).toEqual([0, []])
    expect(summary).toBe('production1/doorman is already up to date; no changes.')
    expect(seen('production1/doorman').deployments).toEqual(before)
  })

  it('--force starts a new deployment of the same revision', async () => {
    const { update, service: seen, active } = running([everything])
    const before = seen('production1/doorman').deployments[0].id
    const { exitCode, writes } = await update({ force: true })
    expect([exitCode, story(writes), active('doorman')]).toEqual([0, ['UpdateService'], ['doorman:1']])
    expect(writes[0]?.input.forceNewDeployment).toBe(true)
    const [deployment, ...others] = seen('production1/doorman').deployments
    expect(deployment).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 2 })
    expect([deployment.id === before, others]).toEqual([false, []])
  })

  it('a deployment that takes over is a failure, and is not undone', async () => {
    const { update, call, runs } = running([everything])
    let hasActed = false
    const { exitCode, problem } = await update(
      { image: ['myrepo/myimg:newtag'] },
      {
        hear: (event) => {
          if (event.type !== 'service.progressed' || hasActed) return
          hasActed = true
          call('ecs', 'UpdateService', { cluster: 'production1', service: 'doorman', forceNewDeployment: true })
        },
      },
    )
    expect([exitCode, problem?.code, runs('production1/doorman')]).toEqual([5, 'DeploymentSuperseded', 'doorman:2'])
  })

  it('a failure puts back task definition, desired count and deployment configuration as they were', async () => {
    const { update, service: seen, runs, active } = running([everything])
    const settings = (): unknown => {
      const { desiredCount, deploymentConfiguration } = seen('production1/doorman')
      return structuredClone({ desiredCount, deploymentConfiguration })
    }
    const before = settings()
    const { exitCode, outcome } = await update({
      image: ['myrepo/myimg:crash'],
      desiredCount: 5,
      minimumHealthyPercent: 0,
      maximumPercent: 300,
    })
    expect([exitCode, outcome, settings()]).toEqual([1, 'restored', before])
    expect([runs('production1/doorman'), active('doorman')]).toEqual(['doorman:1', ['doorman:1']])
    expect(seen('production1/doorman').runningCount).toBe(2)
  })

  it('a failed rollback ends 3 and says what is left', async () => {
    let isFailing = false
    const { update } = running([everything], {
      meddle: ({ operation, input }) => {
        if (operation !== 'UpdateService') return undefined
        if (input.taskDefinition.endsWith('doorman:2')) return void (isFailing = true)
        return isFailing ? { status: 400, body: { __type: 'AccessDeniedException', message: 'denied' } } : undefined
      },
    })
    const { exitCode, left } = await update({ image: ['myrepo/myimg:crash'], desiredCount: 3 })
    expect(exitCode).toBe(3)
    expect(left[0]).toContain("aws ecs update-service --cli-input-json '")
  })

  it('a desired count alone is waited for, although ECS calls the deployment completed at once', async () => {
    const { update, service: seen } = running([everything])
    const { exitCode, writes } = await update({ desiredCount: 4 })
    expect([exitCode, story(writes)]).toEqual([0, ['UpdateService 4']])
    expect(seen('production1/doorman')).toMatchObject({ desiredCount: 4, runningCount: 4 })
  })

  it('a desired count that is never reached is restored', async () => {
    const slow = service('doorman', {
      containerDefinitions: [{ name: 'web', image: 'docker.repo.com/doorman:slow-30m', memory: 64 }],
    })
    const { update, service: seen } = running([slow])
    const { exitCode, problem } = await update({ desiredCount: 4 }, { timeout: 60_000 })
    expect([exitCode, problem?.what]).toEqual([1, 'Service doorman had not reached 4 running tasks after 60 s.'])
    expect(seen('production1/doorman')).toMatchObject({ desiredCount: 2, runningCount: 2 })
  })

  it('with --no-wait a desired count is only requested', async () => {
    const { update, service: seen } = running([everything])
    const { exitCode, requests } = await update({ desiredCount: 4 }, { wait: false })
    expect([exitCode, requests.at(-1)?.operation]).toEqual([0, 'UpdateService'])
    expect(seen('production1/doorman').desiredCount).toBe(4)
  })

  it('a variable that becomes a secret moves, and the output says so', async () => {
    const { update, definitionOf } = running([everything])
    const { warnings } = await update({ secret: [`mycontainer=myenvvarname=${parameter}/new`] })
    const [container] = definitionOf().containerDefinitions
    expect(container.environment.map(({ name }: any) => name)).toEqual(['FIRST', 'LAST'])
    expect(container.secrets.at(-1)).toEqual({ name: 'myenvvarname', valueFrom: `${parameter}/new` })
    expect(warnings).toEqual([
      '--secret mycontainer=myenvvarname: myenvvarname becomes a secret; it was an environment variable',
    ])
  })

  it('waits fifteen minutes by default', async () => {
    const { update, clock } = running([everything])
    const began = clock.now()
    const { problem } = await update({ image: ['myrepo/myimg:slow-30m'] }, { onFailure: 'leave' })
    expect(problem?.code).toBe('TimedOut')
    expect((clock.now() - began) / 60_000).toBeGreaterThanOrEqual(15)
    expect((clock.now() - began) / 60_000).toBeLessThan(16)
  })
})
