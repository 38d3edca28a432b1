// The commands that are told of one class: where its program has others, they name it, so that they are about nothing else.
import { describe, expect, it } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { read } from '../../src/definition/read.ts'
import { lockCommand } from '../../src/deploy/lock/sayings.ts'
import { lockPlaces, toLock } from '../../src/deploy/lock/places.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { clusterArn, roleArn } from './declared.ts'
import { classOf, fleet } from './fleet.ts'
import { ofType, type stage } from './support.ts'

const program = 'tsx x.ts'
const configured = (deploymentConfiguration: object) => ({ deploymentConfiguration })
const noBreaker = configured({ deploymentCircuitBreaker: { enable: false, rollback: false } })
const pausing = configured({
  strategy: 'BLUE_GREEN',
  bakeTimeInMinutes: 0,
  lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
})

function update(staged: ReturnType<typeof stage>, services: readonly string[], change: object): void {
  for (const service of services) staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service, ...change })
}

/** These classes, deployed and not waited for; of one that is called Bad or Worse no task lives. */
async function unfollowed(names: readonly string[], change: object = noBreaker) {
  const classes = names.map((name) => classOf(name, /Bad|Worse/.test(name) ? { fault: 'crash' } : {}))
  const staged = fleet(classes)
  update(
    staged,
    names.map((name) => name.toLowerCase()),
    change,
  )
  await staged.deploy('v2', { wait: false })
  return staged
}

const rollBack = 'ECS did not roll it back. Roll back with: tsx x.ts rollback'

describe('a rollout that failed while it was watched', () => {
  it('is to be rolled back with its class alone', async () => {
    const staged = await unfollowed(['Good', 'Bad'])
    const { left, exitCode } = await staged.wait({ program })
    expect([left, exitCode]).toEqual([[`The rollout of bad failed. ${rollBack} --only Bad`], 3])
  })

  it('needs no name where there is no other class', async () => {
    const staged = await unfollowed(['Bad'])
    expect((await staged.wait({ program })).left).toEqual([`The rollout of bad failed. ${rollBack}`])
  })

  it('is named where it is the only class of the run, and the program has another', async () => {
    const staged = await unfollowed(['Bad'])
    const { left } = await staged.wait({ program, leftOut: ['Good'] })
    expect(left).toEqual([`The rollout of bad failed. ${rollBack} --only Bad`])
  })

  it('has a line of its own where another failed at the same time', async () => {
    const staged = await unfollowed(['Good', 'Bad', 'Worse'])
    await staged.clock.sleep(600_000)
    const { left } = await staged.wait({ program })
    expect(left).toEqual([
      `The rollout of bad failed. ${rollBack} --only Bad`,
      `The rollout of worse failed. ${rollBack} --only Worse`,
    ])
  })
})

describe('the next command after a failed rollout', () => {
  it('asks for the status of its class', async () => {
    const staged = fleet([classOf('Good'), classOf('Bad', { fault: 'crash' })])
    const { events } = await staged.deploy('v2', { program })
    const next = ofType(events, 'step.failed').flatMap(({ forensics }) => forensics?.next ?? [])
    expect(next).toEqual(['tsx x.ts status --only Bad'])
  })
})

describe('a paused deployment', () => {
  it('is continued, or rejected, with its class alone', async () => {
    const staged = fleet([classOf('Good'), classOf('Blue')])
    update(staged, ['blue'], pausing)
    const { events } = await staged.deploy('v2', { program, until: 'paused' })
    expect(ofType(events, 'deployment.paused')).toMatchObject([{ command: 'tsx x.ts continue --only Blue' }])
    const definitions = [classOf('Good'), classOf('Blue')].map((one) => read(one, one.name).definition)
    const aws = openAws({ transport: sdkTransport(staged.settings, { clock: staged.clock }), clock: staged.clock })
    const paused = async (of: typeof definitions, leftOut?: string[]) =>
      (await readStatus(aws, of, { program, leftOut })).definitions.flatMap(({ services }) =>
        services.flatMap(({ serviceDeployment }) => serviceDeployment?.paused ?? []),
      )
    const commands = {
      continueCommand: 'tsx x.ts continue --only Blue',
      rejectCommand: 'tsx x.ts continue --reject --only Blue',
    }
    expect(await paused(definitions)).toMatchObject([commands])
    expect(await paused(definitions.slice(1), ['Good'])).toMatchObject([commands])
    expect(await paused(definitions.slice(1))).toMatchObject([{ continueCommand: 'tsx x.ts continue' }])
  })

  it.each(['continue', 'reject'])('that nobody follows after a %s is waited for with its class alone', async (how) => {
    const staged = fleet([classOf('Good'), classOf('Blue')])
    update(staged, ['blue'], pausing)
    await staged.deploy('v2', { until: 'paused' })
    const answer = how === 'reject' ? staged.reject : staged.proceed
    const steps = ofType((await answer({ program, wait: false })).events, 'plan.made').flatMap(({ plan }) =>
      plan.stages.flatMap((one) => one.steps),
    )
    expect(steps.map(({ units }) => units)).toEqual([['Blue']])
  })
})

describe('what goes on after a run', () => {
  it('is followed with the class that ECS is rolling back', async () => {
    const staged = fleet([classOf('Good'), classOf('Slow', { fault: 'slow-10m' })])
    const stops = { onFailure: 'stop', timeout: 120_000 } as const
    const { left } = await staged.deploy('v2', { program, ...stops })
    expect(left.filter((one) => one.includes('ECS is still'))).toEqual([
      'ECS is still rolling slow back. Follow it with: tsx x.ts wait --only Slow',
    ])
  })
})

describe('a way back whose command would hold a secret', () => {
  it('is gone with the class of what is left alone', async () => {
    const staged = fleet([classOf('Good'), classOf('Timed', { rule: 'nightly' })])
    const environment = [{ name: 'DB_PASSWORD', value: 'hunter2222' }]
    const target = {
      Id: 'timed',
      Arn: clusterArn,
      RoleArn: roleArn,
      Input: JSON.stringify({ containerOverrides: [{ name: 'timed', environment }] }),
      EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/timed:1' },
    }
    staged.call('events', 'PutTargets', { Rule: 'nightly', Targets: [target] })
    const stop = new AbortController()
    const { left } = await staged.deploy('v2', {
      program,
      onFailure: 'leave',
      signal: stop.signal,
      hear: (event) => event.type === 'step.finished' && event.kind === 'putTargets' && stop.abort(new Error('enough')),
    })
    const ofRule = left.filter((text) => text.includes('targets of rule nightly'))
    expect(ofRule).toEqual([expect.stringMatching(/ Do it with: tsx x\.ts rollback --only Timed$/)])
  })
})

describe('a lock of a family', () => {
  const families = ['Job', 'Other'].map((name) => read(classOf(name, { updateServices: [] }), name).definition)
  const commandsOf = (...of: Parameters<typeof toLock>) =>
    lockPlaces(toLock(...of), 'us-east-1').map((place) => lockCommand('lock release', place, program))

  it('is released with its class alone, so that no other loses its lock', () => {
    expect(commandsOf(families, 's3://locks')).toEqual([
      'tsx x.ts lock release --lock s3://locks --only Job',
      'tsx x.ts lock release --lock s3://locks --only Other',
    ])
    expect(commandsOf(families.slice(1), 's3://locks', ['Job'])).toEqual([
      'tsx x.ts lock release --lock s3://locks --only Other',
    ])
    expect(commandsOf(families.slice(1), 's3://locks')).toEqual(['tsx x.ts lock release --lock s3://locks'])
  })
})
