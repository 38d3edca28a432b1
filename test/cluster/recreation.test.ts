// What somebody has set by hand on a service that has to be deleted and created again: it is carried over, or said to be lost.
import { describe, expect, it } from 'vitest'
import { desiredOf } from '../../src/cluster/desired.ts'
import { succession } from '../../src/cluster/recreation.ts'
import { type Keys, fileOf } from './stacks.ts'
import { type Stage, clusterStage, denying, worldOf } from './support.ts'

/** A service with all that settings may need: a load balancer, a role, a name for others. */
const web = {
  image: 'web:v1',
  memory: 256,
  network_mode: 'awsvpc',
  ports: [80],
  task_role_arn: 'arn:aws:iam::123456789012:role/task',
  elb: { type: 'private', ports: { container: 80 } },
} as const
const onFargate = { launch_type: 'FARGATE', cpu: 256, memory: 512 } as const
const asDaemon = { scheduling_strategy: 'DAEMON' } as const
const file = (...keys: Keys[]): string => fileOf({ web: Object.assign({}, web, ...keys) })

/** By what it runs as: the world in which it has been deployed. */
const worlds = {
  EC2: await worldOf(file()),
  FARGATE: await worldOf(file(onFargate)),
  DAEMON: await worldOf(file(asDaemon)),
}
const kinds = { EC2: {}, FARGATE: onFargate, DAEMON: asDaemon } as const

type Kind = keyof typeof worlds
const cluster = 'my-cluster'
const update = (to: object) => (stage: Stage) => stage.call('ecs', 'UpdateService', { cluster, service: 'web', ...to })
const service = (stage: Stage) => stage.call('ecs', 'DescribeServices', { cluster, services: ['web'] }).services[0]
const tags = (stage: Stage): object =>
  Object.fromEntries(
    stage
      .call('ecs', 'DescribeServices', { cluster, services: ['web'], include: ['TAGS'] })
      .services[0].tags.map(({ key, value }: { key: string; value: string }) => [key, value]),
  )
const given =
  (...providers: string[]) =>
  (stage: Stage) => {
    for (const name of providers.filter((one) => !one.startsWith('FARGATE'))) {
      stage.call('ecs', 'CreateCapacityProvider', { name, autoScalingGroupProvider: { autoScalingGroupArn: 'arn:x' } })
    }
    stage.region().clusters[cluster]!.cluster.capacityProviders = providers
  }
const providers = (name: string) => (stage: Stage) => {
  given(name)(stage)
  update({ capacityProviderStrategy: [{ capacityProvider: name, weight: 1 }], forceNewDeployment: true })(stage)
}
const hook = {
  hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:check',
  roleArn: 'arn:aws:iam::123456789012:role/hook',
  lifecycleStages: ['POST_SCALE_UP'],
}
/** What shifts its traffic, beside its target group. */
const advancedConfiguration = {
  alternateTargetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/other/0123456789abcdef',
  productionListenerRule: 'arn:x',
  roleArn: 'arn:aws:iam::123456789012:role/balancing',
}
const alternate = (stage: Stage) => {
  Object.assign(stage.region().services['my-cluster/web']!.service.loadBalancers[0]!, { advancedConfiguration })
}
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5, lifecycleHooks: [hook] }
const shifting = (stage: Stage) => {
  alternate(stage)
  return update({ deploymentConfiguration: blueGreen })(stage)
}
const early = { earlySuccessCriteria: { enable: true, healthyPercent: 90, sourceServiceRevisionCleanup: 'DEFERRED' } }
const alarms = { alarms: { alarmNames: ['errors'], enable: true, rollback: true } }
const theirRole = 'arn:aws:iam::123456789012:role/balancing'

/** Sets what only CreateService takes. */
const had = (member: string, value: unknown) => (stage: Stage) => {
  Object.assign(stage.region().services['my-cluster/web']!.service, { [member]: value })
}

/** Sets what only the deployment of a service shows. */
const deployed = (member: string, value: unknown) => (stage: Stage) => {
  Object.assign(stage.region().services['my-cluster/web']!.service.deployments[0]!, { [member]: value })
}

const stays = 'The file does not set it; it stays.'
const lost = (why: string): string =>
  `The file does not set it; it is lost with the service that is replaced, since ${why}.`

type Case = [what: string, from: Kind, to: Kind, act: (stage: Stage) => unknown, member: object, said?: string]

/** What is carried over, as the new service has it; a tag and the like is no member of a diff. */
const carried: Case[] = [
  [
    'the grace period',
    'EC2',
    'DAEMON',
    update({ healthCheckGracePeriodSeconds: 90 }),
    { healthCheckGracePeriodSeconds: 90 },
    'a health check grace period of 90 s',
  ],
  [
    'the placement strategy',
    'EC2',
    'EC2',
    update({ placementStrategy: [{ type: 'binpack', field: 'memory' }] }),
    { placementStrategy: [{ type: 'binpack', field: 'memory' }] },
    'the placement strategy binpack memory',
  ],
  [
    'the rebalancing',
    'EC2',
    'FARGATE',
    update({ availabilityZoneRebalancing: 'DISABLED' }),
    { availabilityZoneRebalancing: 'DISABLED' },
    'no rebalancing between Availability Zones',
  ],
  [
    'the rebalancing of a daemon',
    'DAEMON',
    'EC2',
    update({ availabilityZoneRebalancing: 'DISABLED' }),
    { availabilityZoneRebalancing: 'DISABLED' },
    'no rebalancing between Availability Zones',
  ],
  [
    'the tags of tasks',
    'EC2',
    'FARGATE',
    update({ propagateTags: 'SERVICE' }),
    { propagateTags: 'SERVICE' },
    'the tags of the service on its tasks',
  ],
  [
    'managed tags',
    'EC2',
    'FARGATE',
    update({ enableECSManagedTags: true }),
    { enableECSManagedTags: true },
    'the managed tags of ECS on its tasks',
  ],
  ['ECS Exec', 'EC2', 'DAEMON', update({ enableExecuteCommand: true }), { enableExecuteCommand: true }, 'ECS Exec'],
  [
    'the alarms of deployments',
    'EC2',
    'DAEMON',
    update({ deploymentConfiguration: alarms }),
    { deploymentConfiguration: expect.objectContaining(alarms) },
    'the deployment alarms errors',
  ],
  [
    'the deployment strategy',
    'EC2',
    'FARGATE',
    shifting,
    { deploymentConfiguration: expect.objectContaining(blueGreen) },
    'the deployment strategy BLUE_GREEN',
  ],
  [
    'early success criteria',
    'EC2',
    'FARGATE',
    update({ deploymentConfiguration: early }),
    { deploymentConfiguration: expect.objectContaining(early) },
    'early success criteria',
  ],
  [
    'the threshold of the circuit breaker',
    'EC2',
    'DAEMON',
    update({
      deploymentConfiguration: {
        deploymentCircuitBreaker: {
          enable: true,
          rollback: true,
          resetOnHealthyTask: true,
          thresholdConfiguration: { type: 'COUNT', value: 5 },
        },
      },
    }),
    {
      deploymentConfiguration: expect.objectContaining({
        deploymentCircuitBreaker: {
          enable: true,
          rollback: true,
          resetOnHealthyTask: true,
          thresholdConfiguration: { type: 'COUNT', value: 5 },
        },
      }),
    },
  ],
  [
    'Service Connect',
    'EC2',
    'FARGATE',
    update({ serviceConnectConfiguration: { enabled: true, namespace: 'example.sd' } }),
    {
      deployments: [
        expect.objectContaining({ serviceConnectConfiguration: { enabled: true, namespace: 'example.sd' } }),
      ],
    },
    'Service Connect',
  ],
]

const dropped: Case[] = [
  [
    'the placement strategy',
    'EC2',
    'FARGATE',
    update({ placementStrategy: [{ type: 'spread', field: 'host' }] }),
    { placementStrategy: [] },
    `the placement strategy spread host. ${lost('Fargate takes none')}`,
  ],
  [
    'the placement strategy',
    'EC2',
    'DAEMON',
    update({ placementStrategy: [{ type: 'random' }] }),
    { placementStrategy: [] },
    `the placement strategy random. ${lost('a DAEMON takes none')}`,
  ],
  [
    'the deployment strategy',
    'EC2',
    'DAEMON',
    shifting,
    { deploymentConfiguration: expect.not.objectContaining({ lifecycleHooks: [hook] }) },
    `the deployment strategy BLUE_GREEN. ${lost('a DAEMON takes ROLLING only; with it go its lifecycle hook and its bake time of 5 min')}`,
  ],
  [
    'the deployment strategy without hooks',
    'EC2',
    'DAEMON',
    (stage) => {
      alternate(stage)
      update({ deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 7 } })(stage)
    },
    { deploymentConfiguration: expect.not.objectContaining({ bakeTimeInMinutes: 7 }) },
    `the deployment strategy BLUE_GREEN. ${lost('a DAEMON takes ROLLING only; with it goes its bake time of 7 min')}`,
  ],
  [
    'the capacity providers of instances',
    'EC2',
    'EC2',
    providers('spot'),
    { launchType: 'EC2' },
    `the capacity providers spot. ${lost('the file says launch_type: EC2')}`,
  ],
  [
    'the capacity providers of Fargate',
    'FARGATE',
    'EC2',
    providers('FARGATE_SPOT'),
    { launchType: 'EC2' },
    `the capacity providers FARGATE_SPOT. ${lost('the file says launch_type: EC2')}`,
  ],
  [
    'the platform version',
    'FARGATE',
    'EC2',
    update({ platformVersion: '1.4.0' }),
    { launchType: 'EC2' },
    `the platform version 1.4.0. ${lost('only Fargate has one')}`,
  ],
  [
    'the volumes that are configured at launch',
    'EC2',
    'FARGATE',
    deployed('volumeConfigurations', [{ name: 'data', managedEBSVolume: { sizeInGiB: 20, roleArn: theirRole } }]),
    { deployments: [expect.not.objectContaining({ volumeConfigurations: expect.anything() })] },
    `the volumes data, configured at launch. ${lost('the new revision has none of that name')}`,
  ],
  [
    'what VPC Lattice leads to',
    'EC2',
    'FARGATE',
    deployed('vpcLatticeConfigurations', [{ roleArn: theirRole, targetGroupArn: 'arn:x', portName: 'http' }]),
    { deployments: [expect.not.objectContaining({ vpcLatticeConfigurations: expect.anything() })] },
    `VPC Lattice. ${lost('the new revision has no port of that name')}`,
  ],
  [
    'what Service Connect offers',
    'EC2',
    'FARGATE',
    deployed('serviceConnectConfiguration', {
      enabled: true,
      namespace: 'example.sd',
      services: [{ portName: 'http' }],
    }),
    { deployments: [expect.not.objectContaining({ serviceConnectConfiguration: expect.anything() })] },
    `Service Connect. ${lost('the new revision has no port of that name')}`,
  ],
  [
    'the role for the load balancer',
    'EC2',
    'FARGATE',
    had('roleArn', theirRole),
    { roleArn: expect.stringContaining('aws-service-role') },
    `the role balancing for its load balancer. ${lost('its tasks have a network interface of their own')}`,
  ],
]

async function changedByHand(from: Kind, act: (stage: Stage) => unknown) {
  const stage = clusterStage({ world: worlds[from] })
  stage.call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'example.sd', Vpc: 'vpc-1' })
  await stage.clock.sleep(120_000)
  const before = await stage.warned(file(kinds[from]))
  await act(stage)
  await stage.clock.sleep(1_200_000)
  return { stage, before }
}

/** The file that has a service of one kind become another; of the same kind, its network goes. */
function changing(from: Kind, to: Kind): string {
  return from === to ? file(kinds[to], { network_mode: 'bridge' }) : file(kinds[to])
}

describe('a service that is deleted and created again', () => {
  it.each(carried)('keeps %s (%s to %s)', async (_what, from, to, act, member, named) => {
    const { stage, before } = await changedByHand(from, act)
    const next = changing(from, to)
    expect((await stage.warned(next)).filter((one) => !before.includes(one))).toEqual(
      named === undefined ? [] : [`Service web has ${named}. ${stays}`],
    )
    const { result, events } = await stage.deploy([next], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage)).toMatchObject(member)
    expect(JSON.stringify(events)).not.toContain('is lost')
    expect(await stage.diff(next)).toEqual([])
    expect((await stage.deploy([next])).writes).toEqual([])
  })

  it.each(dropped)('says that it loses %s (%s to %s)', async (_what, from, to, act, member, named) => {
    const { stage } = await changedByHand(from, act)
    const next = changing(from, to)
    const said = `Service web has ${named}`
    const about = (await stage.warned(next)).filter((one) => said.startsWith(`${one.split('. ')[0]}. `))
    expect(about).toEqual([said])
    const { result, events } = await stage.deploy([next], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning.raised', text: said }))
    expect(service(stage)).toMatchObject(member)
    expect((await stage.warned(next)).filter((one) => one.includes('is lost'))).toEqual([])
    expect((await stage.deploy([next])).writes).toEqual([])
  })

  it('loses the grace period with its load balancer', async () => {
    const { stage } = await changedByHand('EC2', update({ healthCheckGracePeriodSeconds: 90 }))
    const next = file(onFargate, { elb: undefined })
    const said = `Service web has a health check grace period of 90 s. ${lost('it has no load balancer')}`
    expect(await stage.warned(next)).toContain(said)
    expect((await stage.deploy([next], { replace: true })).result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage).healthCheckGracePeriodSeconds).toBe(0)
  })

  it('loses ECS Exec with the role of its tasks', async () => {
    const { stage } = await changedByHand('EC2', update({ enableExecuteCommand: true }))
    const next = file(onFargate, { task_role_arn: undefined })
    expect(await stage.warned(next)).toContain(`Service web has ECS Exec. ${lost('its tasks have no role')}`)
    expect((await stage.deploy([next], { replace: true })).result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage).enableExecuteCommand).toBe(false)
  })

  it('loses early success criteria that the file does not let be', async () => {
    const { stage } = await changedByHand('EC2', update({ deploymentConfiguration: early }))
    const next = file(onFargate, { deployment_configuration: { minimum_healthy_percent: 95 } })
    expect(await stage.warned(next)).toContain(
      `Service web has early success criteria. ${lost('minimum_healthy_percent of the file is above them')}`,
    )
    expect((await stage.deploy([next], { replace: true })).result).toMatchObject({ exitCode: 0, left: [] })
  })

  it('keeps the tags of others, and none of ours that the file no longer says', async () => {
    const tag = (key: string, value: string) => (stage: Stage) =>
      stage.call('ecs', 'TagResource', { resourceArn: service(stage).serviceArn, tags: [{ key, value }] })
    const { stage } = await changedByHand('EC2', (one) => {
      tag('team', 'shop')(one)
      tag('ecs-task:depends-on', 'user')(one)
    })
    const { result } = await stage.deploy([file(onFargate)], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(tags(stage)).toEqual({
      team: 'shop',
      ecs_cluster: 'my-cluster',
      'ecs-task:service': 'my-cluster/web',
      'ecs-task:run': expect.any(String),
    })
    expect(await stage.diff(file(onFargate))).toEqual([])
  })

  it('keeps what its load balancer has beside its target group', async () => {
    const { stage } = await changedByHand('EC2', alternate)
    const { result } = await stage.deploy([file(onFargate)], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage).loadBalancers).toMatchObject([{ advancedConfiguration }])
  })

  it('loses that with its target group, and its strategy with it, which is said', async () => {
    const { stage } = await changedByHand('EC2', shifting)
    const next = changing('EC2', 'EC2')
    const warned = await stage.warned(next)
    expect(warned).toContain(`Service web has an alternate target group. ${lost('its target group is another')}`)
    expect(warned.filter((one) => one.includes('BLUE_GREEN'))).toEqual([
      'Service web has the deployment strategy BLUE_GREEN. The file does not set it; it is lost with the service that is ' +
        'replaced, since its target group has no alternate one; with it go its lifecycle hook and its bake time of 5 min.',
    ])
    expect((await stage.deploy([next], { replace: true })).result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage).deploymentConfiguration).toMatchObject({ strategy: 'ROLLING' })
  })

  it('keeps its alternate target group where an update changes its port alone', async () => {
    const { stage } = await changedByHand('EC2', shifting)
    const next = file({ ports: [81], elb: { type: 'private', ports: { container: 81 } } })
    expect((await stage.deploy([next])).result).toMatchObject({ exitCode: 0, left: [] })
    expect(service(stage)).toMatchObject({
      deploymentConfiguration: { strategy: 'BLUE_GREEN' },
      loadBalancers: [{ containerPort: 81, advancedConfiguration }],
    })
  })

  it('refuses an update that gives it another target group before anything is changed, with what to do', async () => {
    const { stage } = await changedByHand('EC2', shifting)
    const next = file({ elb: { type: 'private', name: 'other', ports: { container: 80 } } })
    const { result, writes } = await stage.deploy([next], { replace: true })
    expect([result.exitCode, writes]).toEqual([2, []])
    expect(result.problem?.problems).toEqual([
      'web: AWS refuses its strategy BLUE_GREEN, since its target group has no alternate one. To change it: ' +
        'aws ecs update-service --cluster my-cluster --service web --deployment-configuration strategy=ROLLING',
    ])
  })

  it('keeps capacity providers of Fargate and the platform version where it stays on Fargate', async () => {
    const { stage } = await changedByHand('FARGATE', providers('FARGATE_SPOT'))
    update({ platformVersion: '1.4.0' })(stage)
    const [desired] = desiredOf(stage.stackOf(file(onFargate)), cluster).services
    const next = { ...desired!, service: desired!.service!, loadBalancers: [] }
    const { input, lost: all } = succession(service(stage), next, { serviceRegistries: [] })
    expect(input).toMatchObject({
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }],
      platformVersion: '1.4.0',
    })
    expect([input.launchType, all]).toEqual([undefined, []])
  })

  it('keeps what only its service revision shows, and comes back with it', async () => {
    const monitoring = { metricConfigurations: [{ metricNames: ['CPUUtilization'], resolutionSeconds: 20 }] }
    const act = update({ monitoring, gatewayConnectors: [{ portName: 'http' }] })
    const { stage } = await changedByHand('EC2', act)
    const unshown = (one: Stage): object => {
      const revision = one.region().serviceRevisions[service(one).currentServiceRevisions[0].arn]!
      return { monitoring: revision.monitoring, gatewayConnectors: revision.gatewayConnectors }
    }
    const was = unshown(stage)
    const said = `Service web has gateway connectors. ${lost('the new revision has no port of that name')}`
    expect(await stage.warned(file(onFargate))).toEqual(
      expect.arrayContaining([said, `Service web has monitoring of its own. ${stays}`]),
    )
    const failing = await stage.deploy([file(onFargate, { image: 'web:crash' })], { replace: true })
    expect(failing.result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(unshown(stage)).toEqual(was)
    await stage.clock.sleep(120_000)
    expect((await stage.deploy([file(onFargate)], { replace: true })).result).toMatchObject({ exitCode: 0, left: [] })
    expect(unshown(stage)).toEqual({ monitoring })
  })

  it('says what of its service revision may not be read', async () => {
    const { stage } = await changedByHand('EC2', () => {})
    const transport = denying(stage, 'describeServiceRevisions')
    const { result, events } = await stage.deploy([file(onFargate)], { replace: true }, { transport })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(events).toContainEqual(
      expect.objectContaining({
        text:
          'Gateway connectors and monitoring of web could not be read: the permission ecs:DescribeServiceRevisions is missing. ' +
          'If there are any, they are lost with the service that is replaced.',
      }),
    )
  })

  it('has the number of tasks that the file says, and the diff shows that it had another', async () => {
    const { stage } = await changedByHand('EC2', update({ desiredCount: 3 }))
    expect(await stage.diff(file(onFargate))).toEqual([
      expect.stringContaining('Register a new revision'),
      'Delete service web in my-cluster\n  launch_type: EC2 → FARGATE',
      'Create service web in my-cluster\n  desired_count: 3 → 1',
    ])
  })

  it.each<[Kind, Kind]>([
    ['EC2', 'DAEMON'],
    ['EC2', 'FARGATE'],
    ['DAEMON', 'EC2'],
    ['FARGATE', 'EC2'],
  ])('comes back as it was where the new one fails (%s to %s)', async (from, to) => {
    const { stage } = await changedByHand(from, (one) => {
      const isDaemon = from === 'DAEMON'
      update({
        healthCheckGracePeriodSeconds: 90,
        enableExecuteCommand: true,
        enableECSManagedTags: true,
        propagateTags: 'SERVICE',
        ...(!isDaemon && { availabilityZoneRebalancing: 'DISABLED' }),
        ...(from === 'EC2' && { placementStrategy: [{ type: 'random' }], desiredCount: 2 }),
      })(one)
      if (from !== 'DAEMON') shifting(one)
      if (from === 'FARGATE') providers('FARGATE_SPOT')(one)
      one.call('ecs', 'TagResource', {
        resourceArn: service(one).serviceArn,
        tags: [{ key: 'team', value: 'shop' }],
      })
    })
    const was = [shown(stage), tags(stage)]
    const { result } = await stage.deploy([file(kinds[to], { image: 'web:crash' })], { replace: true })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect([shown(stage), tags(stage)]).toEqual(was)
  })
})

/** A service without what AWS counts and names anew. */
function shown(stage: Stage): object {
  const { createdAt, deployments, events, runningCount, pendingCount, ...settings } = service(stage)
  const { currentServiceDeployment, currentServiceRevisions, ...kept } = settings
  return kept
}
