import { describe, expect, it } from 'vitest'
import type { ServiceUpdate } from '../../src/definition/definition.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { web } from './declared.ts'
import { running } from './service/support.ts'
import { ofType, stage } from './support.ts'

const capacityProviders = ['blue', 'green'].map((capacityProvider) => ({ cluster: 'my_cluster', capacityProvider }))
const key = 'my_cluster/web'
const noBreaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } } }

/** A task definition with a volume that a service may configure. */
function withVolume() {
  const { taskDefinition } = web()
  const mountPoints = [{ sourceVolume: 'data', containerPath: '/data' }]
  const containerDefinitions = taskDefinition.containerDefinitions.map((one) => ({ ...one, mountPoints }))
  return {
    taskDefinition: { ...taskDefinition, containerDefinitions, volumes: [{ name: 'data', configuredAtLaunch: true }] },
  }
}

/** A class that declares these settings, whose service has those. */
function staged(declared: Omit<ServiceUpdate, 'service'>, given: object = {}, more: Parameters<typeof stage>[1] = {}) {
  const update = { cluster: 'my_cluster', service: 'web', ...declared }
  const staging = stage(web({ ...withVolume(), runTasks: [], eventTargets: [], updateServices: [update] }), more)
  const namespace = { Name: 'corp.internal', Vpc: 'vpc-1', CreatorRequestId: 'corp' }
  staging.call('servicediscovery', 'CreatePrivateDnsNamespace', namespace)
  staging.aws.provision({ capacityProviders })
  const change = (settings: object): any =>
    staging.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', ...settings }).service
  change({ ...noBreaker, ...given, forceNewDeployment: true })
  return { ...staging, change, settle: () => staging.clock.sleep(20 * 60_000) }
}

/** What a service revision holds, and so what ECS would roll back. */
const placed = ({ launchType, capacityProviderStrategy, taskDefinition }: any): object => ({
  launchType,
  capacityProviderStrategy,
  taskDefinition,
})

const green = [{ capacityProvider: 'green', weight: 1, base: 0 }]
const blue = [{ capacityProvider: 'blue', weight: 1, base: 0 }]

describe('a change of capacity providers that fails', () => {
  it.each([
    ['a launch type → a strategy', undefined, green],
    ['a strategy → another', blue, green],
    ['a strategy → the launch type', blue, []],
  ])('is put back: %s', async (_, before, after) => {
    const { deploy, service, settle } = staged(
      { capacityProviderStrategy: after, forceNewDeployment: true },
      before ? { capacityProviderStrategy: before } : {},
    )
    await settle()
    const was = placed(service(key))
    const result = await deploy('crash')
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(placed(service(key))).toEqual(was)
    expect(service(key).deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
  })

  it('is put back where ECS has rolled back by itself, and then nothing is sent', async () => {
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    const { deploy, service, settle } = staged(
      { capacityProviderStrategy: green, forceNewDeployment: true },
      { deploymentConfiguration },
    )
    await settle()
    const { id } = service(key).deployments[0]
    const { exitCode, writes } = await deploy('crash', { earlyFail: undefined })
    expect(exitCode).toBe(1)
    expect(writes.filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1)
    expect(service(key).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }])
  })

  it('leaves a command that AWS takes', async () => {
    const { deploy, wait, service, change, settle } = staged({
      capacityProviderStrategy: green,
      forceNewDeployment: true,
    })
    await settle()
    const { left } = await deploy('crash', { onFailure: 'leave' })
    expect(service(key).capacityProviderStrategy).toEqual(green)
    change(commandIn(left[0], 'update-service'))
    expect((await wait()).exitCode).toBe(0)
    expect(service(key).capacityProviderStrategy).toBeUndefined()
    expect(service(key).deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
  })
})

describe('what a class declares of capacity', () => {
  it('is taken without forceNewDeployment, as a deployment begins anyway', async () => {
    const { deploy, service, settle } = staged({ capacityProviderStrategy: green })
    await settle()
    expect((await deploy('v2')).exitCode).toBe(0)
    expect(service(key).capacityProviderStrategy).toEqual(green)
  })
})

it.each<[string, typeof blue, boolean | undefined]>([
  ['in another order is the same', [...green, ...blue], undefined],
  ['with another base is another', [...blue, { ...green[0]!, base: 1 }], true],
  ['with another weight is another', [...blue, { ...green[0]!, weight: 2 }], true],
  ['with fewer providers is another', blue, true],
])('a strategy %s: it is taken with a new deployment only where it has to be', async (_, declared, forced) => {
  const { deploy, service, settle } = staged(
    { capacityProviderStrategy: declared },
    { capacityProviderStrategy: [...blue, ...green] },
  )
  await settle()
  const { exitCode, writes } = await deploy('v2')
  const sent = writes.filter(({ operation }) => operation === 'UpdateService')
  expect([exitCode, sent.map(({ input }) => input.forceNewDeployment)]).toEqual([0, [forced]])
  expect(service(key).capacityProviderStrategy).toEqual(declared)
})

describe('settings that were not there before the update', () => {
  const role = 'arn:aws:iam::123456789012:role/x'

  it.each<[string, Omit<ServiceUpdate, 'service'>, object]>([
    [
      'Service Connect',
      { serviceConnectConfiguration: { enabled: true, namespace: 'corp.internal' } },
      { serviceConnectConfiguration: { enabled: false } },
    ],
    [
      'volumes',
      { volumeConfigurations: [{ name: 'data', managedEBSVolume: { roleArn: role, sizeInGiB: 10 } }] },
      { volumeConfigurations: [] },
    ],
    [
      'VPC Lattice',
      { vpcLatticeConfigurations: [{ roleArn: role, targetGroupArn: 'arn:tg', portName: 'web' }] },
      { vpcLatticeConfigurations: [] },
    ],
  ])('%s are off again', async (_, declared, off) => {
    const { deploy, service, settle } = staged(declared)
    await settle()
    expect(await deploy('crash')).toMatchObject({ exitCode: 1, left: [] })
    expect(service(key).deployments).toMatchObject([{ rolloutState: 'COMPLETED', ...off }])
  })

  it('alarms are off again, and those of somebody else stay', async () => {
    const alarms = { alarmNames: ['errors'], enable: true, rollback: false }
    const first = staged({ deploymentConfiguration: { alarms } })
    await first.settle()
    await first.deploy('crash')
    expect(first.service(key).deploymentConfiguration.alarms).toMatchObject({ enable: false, alarmNames: [] })

    const theirs = { alarmNames: ['theirs'], enable: true, rollback: false }
    const second = staged({ deploymentConfiguration: { alarms } }, { deploymentConfiguration: { alarms: theirs } })
    await second.settle()
    await second.deploy('crash')
    expect(second.service(key).deploymentConfiguration.alarms).toEqual(theirs)
  })

  it('what DescribeServices does not show is told beforehand', async () => {
    const { deploy } = staged({ monitoring: { metricConfigurations: [] } })
    expect((await deploy('v2', { dryRun: true })).plan?.warnings).toEqual([
      'AWS does not show monitoring of service web: if this fails, the new value stays.',
    ])
  })

  it('VPC Lattice of somebody else stays', async () => {
    const lattice = (portName: string) => [{ roleArn: role, targetGroupArn: 'arn:tg', portName }]
    const { deploy, service, settle } = staged(
      { vpcLatticeConfigurations: lattice('ours') },
      { vpcLatticeConfigurations: lattice('theirs') },
    )
    await settle()
    expect(await deploy('crash')).toMatchObject({ exitCode: 1, left: [] })
    expect(service(key).deployments).toMatchObject([{ vpcLatticeConfigurations: lattice('theirs') }])
  })
})

describe('what only ECS can take back', () => {
  const family = (networkMode?: 'awsvpc') => ({
    family: 'web',
    ...(networkMode && { networkMode }),
    containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512 }],
  })
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }

  /** A service in a bridge network that goes over to awsvpc. */
  function moving() {
    const declared = web({
      runTasks: [],
      eventTargets: [],
      taskDefinition: family('awsvpc'),
      updateServices: [{ cluster: 'my_cluster', service: 'web', networkConfiguration }],
    })
    const made = { services: [{ cluster: 'my_cluster', service: 'web', taskDefinition: { ...family() } }] }
    return stage(declared, { made })
  }

  it('a network configuration: ECS is told to roll back', async () => {
    const { deploy, service, runs, call } = moving()
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', ...noBreaker })
    const result = await deploy('crash')
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(result.plan?.warnings).toEqual([
      'Service web gets a network configuration, which UpdateService cannot remove: once the rollout has completed, it cannot be rolled back.',
    ])
    expect(result.writes.map(({ operation }) => operation)).toContain('StopServiceDeployment')
    expect(service(key).networkConfiguration).toBeUndefined()
    expect(runs(key)).toBe('web:1')
  })

  it('a network configuration: what has completed is left, with the reason', async () => {
    let isBroken = false
    const { deploy, service } = stage(
      web({
        runTasks: [],
        taskDefinition: family('awsvpc'),
        updateServices: [{ cluster: 'my_cluster', service: 'web', networkConfiguration }],
      }),
      {
        made: {
          services: [{ cluster: 'my_cluster', service: 'web', taskDefinition: { ...family() } }],
          rules: [{ name: 'nightly' }],
        },
        meddle: ({ operation }) => {
          isBroken ||= operation === 'PutTargets'
          return operation === 'PutTargets'
            ? { status: 400, body: { __type: 'ManagedRuleException', message: 'no' } }
            : undefined
        },
      },
    )
    const result = await deploy('v2')
    expect(isBroken).toBe(true)
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(result.left[0]).toMatch(
      /^Put service web back to web:1: web gets a network configuration, which UpdateService cannot remove, and ECS did not roll it back\. /,
    )
    expect(service(key).networkConfiguration).toMatchObject(networkConfiguration)
  })

  it('another deployment of the same revision, which UpdateService with that revision does not end', async () => {
    const { update, region } = running()
    const doorman = (): any => region().services['production1/doorman']!.service
    const [{ id }] = doorman().deployments
    const stop = new AbortController()
    const interrupted = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })
    const result = await update(
      { force: true },
      { signal: stop.signal, hear: ({ type }) => type === 'service.progressed' && stop.abort(interrupted) },
    )
    expect(result).toMatchObject({ exitCode: 130, left: [] })
    expect(doorman().deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }])
  })
})

describe('a service whose revision is no longer ACTIVE', () => {
  const deregister = ({ call }: { call: (...of: [string, string, object]) => unknown }): void =>
    void call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })

  it('goes back to a copy of it, as the plan has said', async () => {
    const staging = staged({})
    const { deploy, service, runs, active, call, settle } = staging
    await settle()
    deregister(staging)
    const was = call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web:1' }).taskDefinition
    const result = await deploy('crash')
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.plan?.warnings).toEqual([
      'Service web runs web:1, which is no longer ACTIVE: if this fails, a copy of it is registered to go back to.',
    ])
    expect([runs(key), active('web')]).toEqual(['web:3', ['web:3']])
    expect(
      call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web:3' }).taskDefinition.containerDefinitions,
    ).toEqual(was.containerDefinitions)
    expect(service(key).deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
    expect(ofType(result.events, 'step.finished').filter(({ undoing }) => undoing)).toContainEqual(
      expect.objectContaining({ title: 'Put service web back to a copy of web:1', result: 'web:3' }),
    )
    expect(ofType(result.events, 'warning.raised').map(({ text }) => text)).toContain(
      'web:1 is no longer ACTIVE, so web:3 was registered as a copy of it to go back to.',
    )
  })

  it('stays on it where ECS has rolled back by itself: no copy is registered', async () => {
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    const staging = staged({}, { deploymentConfiguration })
    await staging.settle()
    deregister(staging)
    const { exitCode } = await staging.deploy('crash', { earlyFail: undefined })
    expect([exitCode, staging.runs(key), staging.active('web')]).toEqual([1, 'web:1', []])
  })

  it('goes to a copy also where somebody has deregistered it meanwhile', async () => {
    const staging = staged({})
    await staging.settle()
    let isGone = false
    const { exitCode, left } = await staging.deploy('crash', {
      hear: ({ type }) => {
        if (type === 'service.progressed' && !isGone) deregister(staging)
        isGone ||= type === 'service.progressed'
      },
    })
    expect([exitCode, left, staging.runs(key), staging.active('web')]).toEqual([1, [], 'web:3', ['web:3']])
  })

  it('names the copy, and the command that goes to it, where even that is refused', async () => {
    const staging = staged(
      {},
      {},
      {
        meddle: ({ operation, input }) =>
          operation === 'UpdateService' && String(input.taskDefinition).endsWith('web:3')
            ? { status: 400, body: { __type: 'ClientException', message: 'no more' } }
            : undefined,
      },
    )
    await staging.settle()
    deregister(staging)
    const { exitCode, left } = await staging.deploy('crash')
    expect(exitCode).toBe(3)
    expect(left[0]).toMatch(/AWS refused: no more web:3 was registered as a copy of web:1\. Do it with: /)
    staging.change(commandIn(left[0], 'update-service'))
    expect(staging.runs(key)).toBe('web:3')
  })

  it('shares the copy with another that ran the same', async () => {
    const services = ['one', 'two'].map((service) => ({ cluster: 'my_cluster', service }))
    const staging = stage(web({ runTasks: [], eventTargets: [], updateServices: services }))
    for (const of of services) staging.call('ecs', 'UpdateService', { ...of, ...noBreaker })
    deregister(staging)
    expect(await staging.deploy('crash')).toMatchObject({ exitCode: 1, left: [] })
    expect([staging.runs('my_cluster/one'), staging.runs('my_cluster/two')]).toEqual(['web:3', 'web:3'])
    expect(staging.active('web')).toEqual(['web:3'])
  })

  it('is told that it cannot go back where nobody may see what the revision is', async () => {
    const staging = staged(
      {},
      {},
      {
        meddle: ({ operation }) =>
          operation === 'DescribeTaskDefinition'
            ? { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
            : undefined,
      },
    )
    await staging.settle()
    deregister(staging)
    const { plan } = await staging.deploy('v2', { dryRun: true })
    expect(plan?.warnings).toEqual([
      'Service web runs web:1, which is no longer ACTIVE: if this fails, it cannot go back to it.',
      'What runs (web:1) is not compared: the permission ecs:DescribeTaskDefinition is missing.',
    ])
  })

  it('leaves a command that registers the copy and goes to it, without what it holds', async () => {
    const staging = staged({})
    await staging.settle()
    deregister(staging)
    const { left } = await staging.deploy('crash', { onFailure: 'leave' })
    expect(left[0]).toMatch(
      /aws ecs register-task-definition --cli-input-json "\$\(aws ecs describe-task-definition --task-definition web:1 /,
    )
    expect(commandIn(left[0], 'update-service')).toEqual({
      cluster: 'my_cluster',
      service: 'web',
      taskDefinition: 'web',
    })
  })
})

/** The JSON that a printed command sends. */
function commandIn(text: string | undefined, verb: string): object {
  const [, json] = new RegExp(`aws ecs ${verb} --cli-input-json '([^']*)'`).exec(text ?? '') ?? []
  return JSON.parse(json ?? 'null') as object
}
