import { openAws } from '../../src/aws/aws.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { readInstancesStatus } from '../../src/instances/status.ts'
import { type LocalAws, createLocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/operation.ts'
import { advance } from '../../src/local/time/advance.ts'
import type { Region, ServiceRecord, World } from '../../src/local/world/world.ts'
import { type RefreshInstancesOptions, readInstances, refreshInstances } from '../../src/instances/refreshInstances.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { handClock } from '../handClock.ts'
import { localAws } from '../local/support.ts'
import { callIn, connectionReset, transportInProcess } from '../sdkInProcess.ts'

/** One request as it went over the wire. */
export interface Sent {
  readonly operation: string
  readonly input: Unchecked
}

/** What a test does before a request is answered: something to the world, or it loses the answer. */
export type Meddle = (sent: Sent, index: number) => 'lost' | void

/** How a group says what it starts. */
export type GroupKind = 'launch configuration' | 'launch template' | 'mixed instances policy'

export const kinds: readonly GroupKind[] = ['launch configuration', 'launch template', 'mixed instances policy']

export const minutes = (count: number): number => count * 60_000

export interface Stage {
  readonly kind?: GroupKind
  readonly instances?: number
  readonly max?: number
  readonly min?: number
  readonly services?: readonly Unchecked[]
  readonly group?: Unchecked
  /** The AMI of the new version. */
  readonly newImage?: string
}

const joins = Buffer.from('#!/bin/bash\necho ECS_CLUSTER=c >> /etc/ecs/ecs.config\n').toString('base64')

/**
 * The group `asg` of t3.medium instances that have joined the cluster `c`, services that run on them, and a new version
 * that none of them has yet; in a local AWS in this process, on a hand-turned clock.
 */
export async function stage(of: Stage = {}) {
  const { kind = 'launch template', instances = 3, max = instances + 2, min = 0 } = of
  const s = resume(undefined, of)
  const { call, wait } = s
  call('ecs', 'CreateCluster', { clusterName: 'c' })
  call('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'asg',
    MinSize: min,
    MaxSize: max,
    DesiredCapacity: instances,
    AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    ...makeSource(call, kind),
    ...of.group,
  })
  await wait(minutes(3))
  const services = of.services ?? [{ serviceName: 'web', desiredCount: 3 }]
  for (const { memory = 500, image = 'web:v1', ...service } of services) {
    const containerDefinitions = [{ name: 'app', image, memory, essential: true }]
    call('ecs', 'RegisterTaskDefinition', { family: service['serviceName'], containerDefinitions })
    call('ecs', 'CreateService', { cluster: 'c', taskDefinition: service['serviceName'], ...service })
  }
  await wait(minutes(5))
  return s
}

/** The same where a world was left; it goes on from the time of that world. */
export function resume(world: World | undefined, { kind = 'launch template', newImage = 'ami-2' }: Stage = {}) {
  const clock = handClock(world?.now ?? Date.UTC(2026, 0, 1))
  const aws: LocalAws = createLocalAws({ now: clock.now, throttle: false, ...(world && { world }) })
  const watchers: ((record: ServiceRecord) => void)[] = []
  const turn = (): void =>
    advance(aws.world, Math.max(aws.world.now, clock.now()), (_context, record) => {
      for (const watch of watchers) watch(record)
    })

  /** Calls the local AWS as somebody else would. */
  const call = (service: string, operation: string, input: Unchecked = {}): Unchecked => {
    turn()
    return localAws({ world: aws.world }).call(service, operation, input)
  }
  const wait = async (milliseconds: number): Promise<void> => {
    await clock.sleep(milliseconds)
    turn()
  }
  const region = (): Region => aws.world.regions['us-east-1']!

  const group = (): Unchecked =>
    call('autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroupNames: ['asg'] }).AutoScalingGroups[0]
  const inGroup = (): string[] => group().Instances.map(({ InstanceId }: Unchecked) => InstanceId)
  /** The container instances that are registered, by EC2 instance id. */
  const containers = (): Map<string, Unchecked> => {
    const { containerInstanceArns } = call('ecs', 'ListContainerInstances', { cluster: 'c' })
    if (containerInstanceArns.length === 0) return new Map()
    const described = call('ecs', 'DescribeContainerInstances', {
      cluster: 'c',
      containerInstances: containerInstanceArns,
    })
    return new Map(described.containerInstances.map((one: Unchecked) => [one['ec2InstanceId'], one]))
  }

  /** Performs a refresh; `meddle` comes before each request. */
  async function refresh(
    options: Partial<RefreshInstancesOptions> = {},
    more: Settings & { meddle?: Meddle; hear?: (event: ToldEvent) => void } = {},
  ) {
    const { meddle, hear, ...settings } = more
    const events: ToldEvent[] = []
    const sent: Sent[] = []
    const result = refreshInstances(
      { cluster: 'c', group: 'asg', ...options },
      {
        transport: transport({ sent, ...(meddle && { meddle }) }),
        clock,
        program: 'ecs-task',
        listeners: [{ hear: (event) => (events.push(event), hear?.(event)) }],
        ...settings,
      },
    )
    return {
      ...(await result),
      events,
      sent,
      writes: sent.filter(({ operation }) => !/^(Describe|Get|List)/.test(operation)),
    }
  }

  function transport({ sent, meddle }: { sent: Sent[]; meddle?: Meddle }) {
    return transportInProcess((request) => {
      clock.touch()
      const one = callIn(request)
      sent.push(one)
      turn()
      const fate = meddle?.(one, sent.length - 1)
      const answer = aws.handle(request)
      if (fate === 'lost') throw connectionReset()
      return answer
    })
  }

  return {
    aws,
    clock,
    call,
    wait,
    region,
    refresh,
    group,
    inGroup,
    containers,
    /** Called after every look of the scheduler at a service. */
    watch: (watcher: (record: ServiceRecord) => void) => void watchers.push(watcher),
    /** From now on the group starts something else. */
    renew: (imageId = newImage): void => renew(call, kind, imageId),
    status: (named?: string) =>
      readInstances({ cluster: 'c', group: named }, { transport: transport({ sent: [] }), clock }),
    statusAsked: async () => {
      const sent: Sent[] = []
      const status = await readInstancesStatus(
        { aws: openAws({ transport: transport({ sent }), clock }), clock, tell: () => {} },
        { cluster: 'c' },
      )
      return { status, sent }
    },
    service: (name: string): Unchecked => region().services[`c/${name}`]!.service,
    /** Tasks that run, by the EC2 instance that they are on. */
    tasksOn: (id: string): Unchecked[] => {
      const arn = containers().get(id)?.containerInstanceArn
      return Object.values(region().tasks)
        .map(({ task }) => task)
        .filter((task) => task.containerInstanceArn === arn && task.lastStatus !== 'STOPPED')
    },
    /** What EC2 says of an instance. */
    ec2State: (id: string): string => {
      const found = call('ec2', 'DescribeInstances', { InstanceIds: [id] })
      return found.Reservations[0].Instances[0].State.Name
    },
    /** Every EC2 instance that runs, whatever group it is in. */
    running: (): string[] =>
      Object.values(region().instances)
        .map(({ instance }) => instance)
        .filter((instance) => instance['State'].Name === 'running' || instance['State'].Name === 'pending')
        .map((instance) => instance['InstanceId']),
  }
}

export type Staged = ReturnType<typeof resume>

/** What a group is made with, in its first version. */
function makeSource(
  call: (service: string, operation: string, input: Unchecked) => unknown,
  kind: GroupKind,
): Unchecked {
  const data = { ImageId: 'ami-1', InstanceType: 't3.medium', UserData: joins }
  if (kind === 'launch configuration') {
    call('autoscaling', 'CreateLaunchConfiguration', { LaunchConfigurationName: 'lc-ami-1', ...data })
    return { LaunchConfigurationName: 'lc-ami-1' }
  }
  call('ec2', 'CreateLaunchTemplate', { LaunchTemplateName: 'web-template', LaunchTemplateData: data })
  const specification = { LaunchTemplateName: 'web-template', Version: '$Latest' }
  if (kind === 'launch template') return { LaunchTemplate: specification }
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification: specification, Overrides: [{ InstanceType: 't3.medium' }] },
    },
  }
}

function renew(
  call: (service: string, operation: string, input: Unchecked) => unknown,
  kind: GroupKind,
  ImageId: string,
): void {
  const data = { ImageId, InstanceType: 't3.medium', UserData: joins }
  if (kind === 'launch configuration') {
    const LaunchConfigurationName = `lc-${ImageId}`
    call('autoscaling', 'CreateLaunchConfiguration', { LaunchConfigurationName, ...data })
    call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'asg', LaunchConfigurationName })
    return
  }
  call('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateName: 'web-template', LaunchTemplateData: data })
  if (kind === 'launch template') return
  const LaunchTemplateSpecification = { LaunchTemplateName: 'web-template', Version: '$Latest' }
  call('autoscaling', 'UpdateAutoScalingGroup', {
    AutoScalingGroupName: 'asg',
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification, Overrides: [{ InstanceType: 'm5.large' }] },
    },
  })
}
