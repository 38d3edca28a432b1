import * as fc from 'fast-check'
import type { ScheduleUpdate, ServiceUpdate } from '../../src/definition/definition.ts'
import { createLoadBalancer, createListener, createTargetGroup, shifted } from '../local/balancedWeb.ts'
import type { TestAws } from '../local/support.ts'
import { clusterArn, roleArn, web } from '../deploy/declared.ts'
import { stage } from '../deploy/support.ts'
import { type Story, storyOf } from './cutRuns.ts'

type Settings = Omit<ServiceUpdate, 'service' | 'cluster'>

const role = 'arn:aws:iam::123456789012:role/x'
const subnets = (...subnet: string[]): Settings['networkConfiguration'] => ({
  awsvpcConfiguration: { subnets: subnet, assignPublicIp: 'DISABLED' },
})
const of = (capacityProvider: string, weight: number) => ({ capacityProvider, weight, base: 0 })
const named = (portName: string) => [{ roleArn: role, targetGroupArn: 'arn:tg', portName }]

/** Every setting that UpdateService takes, with values that it takes of the service below. */
function settings(targetGroups: readonly string[], registryArn: string): fc.Arbitrary<Settings> {
  const any = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
  const taken = fc.record(
    {
      availabilityZoneRebalancing: any('ENABLED' as const, 'DISABLED' as const),
      capacityProviderStrategy: any([], [of('blue', 1)], [of('green', 1)], [of('blue', 1), of('green', 2)]),
      deploymentConfiguration: any(
        { maximumPercent: 250, minimumHealthyPercent: 50 },
        { alarms: { alarmNames: ['errors'], enable: true, rollback: true } },
        { deploymentCircuitBreaker: { enable: true, rollback: true } },
        { strategy: 'BLUE_GREEN' as const, bakeTimeInMinutes: 1 },
        {
          strategy: 'CANARY' as const,
          canaryConfiguration: { canaryPercent: 50, canaryBakeTimeInMinutes: 1 },
        },
      ),
      desiredCount: fc.integer({ min: 1, max: 3 }),
      enableECSManagedTags: fc.boolean(),
      healthCheckGracePeriodSeconds: any(0, 30),
      loadBalancers: any([], ...targetGroups.map((arn) => shifted(arn) as Settings['loadBalancers'] & {})),
      networkConfiguration: any(subnets('subnet-1'), subnets('subnet-1', 'subnet-2')),
      placementConstraints: any([], [{ type: 'distinctInstance' as const }]),
      placementStrategy: any([], [{ type: 'random' as const }]),
      propagateTags: any('SERVICE' as const, 'TASK_DEFINITION' as const, 'NONE' as const),
      serviceConnectConfiguration: any({ enabled: false }, { enabled: true, namespace: 'corp.internal' }),
      serviceRegistries: any([], [{ registryArn }]),
      volumeConfigurations: any([], [{ name: 'data', managedEBSVolume: { roleArn: role, sizeInGiB: 10 } }]),
      vpcLatticeConfigurations: any([], named('one'), named('two')),
    },
    { requiredKeys: [] },
  )
  // Without load balancers AWS takes no grace period.
  return taken.map(({ healthCheckGracePeriodSeconds, ...one }) =>
    one.loadBalancers?.length
      ? { ...one, ...(healthCheckGracePeriodSeconds !== undefined && { healthCheckGracePeriodSeconds }) }
      : one,
  )
}

const schedule = { Name: 'hourly', GroupName: 'jobs' }

/** Members of a schedule, as they may be there or be declared. */
const scheduled: fc.Arbitrary<Omit<ScheduleUpdate, 'Name' | 'GroupName'>> = fc.record(
  {
    ScheduleExpression: fc.constantFrom('rate(1 hour)', 'cron(0 3 * * ? *)'),
    ScheduleExpressionTimezone: fc.constantFrom('UTC', 'Europe/Paris'),
    State: fc.constantFrom('ENABLED' as const, 'DISABLED' as const),
    EndDate: fc.constantFrom(new Date(Date.UTC(2030, 0, 1)), new Date(Date.UTC(2031, 0, 1))),
    Description: fc.constantFrom('one', 'another'),
    FlexibleTimeWindow: fc.constantFrom(
      { Mode: 'OFF' as const },
      { Mode: 'FLEXIBLE' as const, MaximumWindowInMinutes: 5 },
    ),
    Target: fc.record(
      {
        Input: fc.constantFrom('{}', '{"of":"others"}'),
        RetryPolicy: fc.constantFrom({ MaximumRetryAttempts: 0 }, { MaximumEventAgeInSeconds: 60 }),
        EcsParameters: fc.constantFrom({}, { TaskCount: 2 }, { LaunchType: 'FARGATE' as const }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)

/** A service in a network, what can lead to it, and what starts its task definition; always with the same ARNs. */
async function surroundings(declared: Settings, targets: readonly string[], update: Partial<ScheduleUpdate> = {}) {
  const network = { networkMode: 'awsvpc' as const, family: 'web' }
  const mountPoints = [{ sourceVolume: 'data', containerPath: '/data' }]
  const container = { name: 'web', memory: 128, portMappings: [{ containerPort: 8080 }], mountPoints }
  const Targets = targets.map((Id) => ({ Id, Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }))
  const staging = stage(
    web({
      taskDefinition: {
        ...network,
        containerDefinitions: [{ ...container, image: 'web:<image_tag>' }],
        volumes: [{ name: 'data', configuredAtLaunch: true }],
      },
      runTasks: [],
      updateServices: [{ cluster: 'my_cluster', service: 'web', ...declared }],
      eventTargets: Targets.length > 0 ? [{ Rule: 'nightly', Targets }] : [],
      schedules: [{ ...update, ...schedule }],
    }),
  )
  staging.aws.provision({
    capacityProviders: ['blue', 'green'].map((capacityProvider) => ({ cluster: 'my_cluster', capacityProvider })),
    rules: [{ name: 'nightly' }],
  })
  const aws = { call: staging.call } as TestAws
  const targetGroups = ['one', 'two'].map((name, index) => {
    const arn = createTargetGroup(aws, name)
    createListener(aws, createLoadBalancer(aws, name), arn, 80 + index)
    return arn
  })
  staging.call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'corp.internal', Vpc: 'vpc-1' })
  await staging.clock.sleep(60_000)
  await staging.wait()
  const [{ Id: NamespaceId }] = staging.call('servicediscovery', 'ListNamespaces').Namespaces
  const DnsConfig = { DnsRecords: [{ Type: 'A', TTL: 10 }] }
  const { Service } = staging.call('servicediscovery', 'CreateService', { Name: 'web', NamespaceId, DnsConfig })
  return { ...staging, targetGroups, registryArn: String(Service.Arn) }
}

type Surroundings = Awaited<ReturnType<typeof surroundings>>

const { targetGroups, registryArn } = await surroundings({}, [])

/** What of a service, its targets and its family there is, with one word for everything that means that there is none. */
function seen({ service, call, targets, active, schedule: find }: Surroundings, isCopied: boolean): unknown {
  const { deployments, events, taskDefinition, runningCount, pendingCount, ...rest } = service('my_cluster/web')
  const { currentServiceDeployment, currentServiceRevisions, desiredCount, deploymentConfiguration, ...settled } = rest
  const [{ serviceConnectConfiguration, volumeConfigurations = [], vpcLatticeConfigurations = [] }] = deployments
  const { alarms, lifecycleHooks, bakeTimeInMinutes, earlySuccessCriteria, ...configuration } = deploymentConfiguration
  const { containerDefinitions } = call('ecs', 'DescribeTaskDefinition', { taskDefinition }).taskDefinition
  return {
    ...settled,
    desiredCount,
    runningCount,
    deployments: deployments.length,
    configuration: {
      ...configuration,
      alarms: alarms?.enable ? alarms : 'off',
      bakeTimeInMinutes: bakeTimeInMinutes || 0,
    },
    serviceConnectConfiguration: serviceConnectConfiguration?.enabled ? serviceConnectConfiguration : 'off',
    volumeConfigurations,
    vpcLatticeConfigurations,
    containerDefinitions,
    schedule: scheduleOf(find('jobs/hourly'), isCopied),
    targets: targets('nightly').toSorted((one, other) => (one.Id < other.Id ? -1 : 1)),
    ...(!isCopied && { taskDefinition, active: active('web') }),
  }
}

/** Without the date of its last update, and of a copy of its revision without that. */
function scheduleOf(found: ReturnType<Surroundings['schedule']>, isCopied: boolean): unknown {
  const { LastModificationDate, ...members } = found
  if (!isCopied) return members
  const { TaskDefinitionArn, ...parameters } = members.Target.EcsParameters
  return { ...members, Target: { ...members.Target, EcsParameters: parameters } }
}

/** Any settings of a service, any that a class declares, any targets, any schedule, and a revision that may be no longer ACTIVE. */
export const deploying: Story = storyOf(
  fc.record({
    given: settings(targetGroups, registryArn),
    declared: settings(targetGroups, registryArn),
    targets: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
    targetsBefore: fc.subarray(['b', 'c', 'd']),
    live: scheduled,
    update: scheduled,
    isDeregistered: fc.boolean(),
  }),
  async ({ given, declared, targets, targetsBefore, live, update, isDeregistered }, cut) => {
    const staging = await surroundings(declared, targets, update)
    const { call, wait, deploy } = staging
    const TaskDefinitionArn = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1'
    const Targets = targetsBefore.map((Id) => ({
      Id,
      Arn: clusterArn,
      RoleArn: roleArn,
      Input: '{"of":"others"}',
      EcsParameters: { TaskDefinitionArn, TaskCount: 2 },
    }))
    const { Target, EndDate, ...members } = live
    const EcsParameters = { ...Target?.EcsParameters, TaskDefinitionArn }
    call('scheduler', 'UpdateSchedule', {
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ...members,
      ...(EndDate && { EndDate: EndDate.getTime() / 1000 }),
      ...schedule,
      Target: { ...Target, Arn: clusterArn, RoleArn: roleArn, EcsParameters },
    })
    if (Targets.length > 0) call('events', 'PutTargets', { Rule: 'nightly', Targets })
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', ...given, forceNewDeployment: true })
    await wait()
    if (isDeregistered) call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    const rest = async (): Promise<unknown> => {
      await staging.clock.sleep(20 * 60_000)
      await wait()
      return seen(staging, isDeregistered)
    }
    const before = await rest()
    const { left, events } = await deploy('v2', { ...cut, timeout: 3_600_000 })
    return { left, events, before, after: await rest() }
  },
)
