import { byName } from './byName.ts'
import { emptyGlobal } from '../route53/records.ts'
import type { Global } from '../route53/records.ts'
import type { CloudMapOperationRecord, CloudMapServiceRecord, NamespaceRecord } from '../servicediscovery/records.ts'
import { newEc2Region } from '../ec2/region.ts'
import type { Ec2Region } from '../ec2/region.ts'
import type { ServiceDeploymentRecord, ServiceRecord } from '../ecs/services/records.ts'
import type { TaskRecord } from '../ecs/tasks/records.ts'
import type { Wire } from './wire.ts'

export type { Reservation, TaskLife, TaskRecord, TaskStep, TaskTarget } from '../ecs/tasks/records.ts'
export type { CloudMapOperationRecord, CloudMapServiceRecord, NamespaceRecord } from '../servicediscovery/records.ts'
export type { Global, HostedZoneRecord } from '../route53/records.ts'
export type { AutoScalingGroupRecord } from '../autoscaling/records.ts'
export type { InstanceRecord, InstanceStep, LaunchTemplateRecord } from '../ec2/records.ts'
export type { Rollout, ServiceDeploymentRecord, ServiceRecord, Walk } from '../ecs/services/records.ts'

/**
 * Everything the local AWS knows, as plain JSON that can be saved at any moment. Records are kept in AWS's own shapes,
 * times in epoch seconds; what AWS does not show stands beside the shown record, never in it.
 */
export interface World {
  readonly version: 1
  /** Epoch milliseconds up to which the world has been brought. */
  now: number
  /** How many ids have been given out; the next one is derived from it. */
  ids: number
  readonly account: string
  readonly regions: Record<string, Region>
  /** What belongs to no region. */
  global: Global
}

export interface Region extends Ec2Region {
  readonly name: string
  readonly account: string
  /** By name. Deleted clusters stay, INACTIVE. */
  readonly clusters: Record<string, Cluster>
  /** By family: every revision there ever was, oldest first; numbers are never used again. */
  readonly taskDefinitions: Record<string, TaskDefinitionRecord[]>
  /** By `cluster/name`. Deleted services stay a while, INACTIVE. */
  readonly services: Record<string, ServiceRecord>
  /** By ARN. Those that were deregistered stay, INACTIVE, as long as their cluster. */
  readonly containerInstances: Record<string, ContainerInstanceRecord>
  /** By ARN. Stopped tasks stay for an hour. */
  readonly tasks: Record<string, TaskRecord>
  /** By ARN. */
  readonly serviceDeployments: Record<string, ServiceDeploymentRecord>
  /** By ARN. */
  readonly serviceRevisions: Record<string, Wire>
  /** By `cluster/clientToken`: what RunTask answered to it, and to which input. */
  readonly runTaskTokens: Record<string, { input: string; taskArns: string[] }>
  /** Tags by ARN, of EC2 by id, for whatever has tags. */
  readonly tags: Record<string, Wire[]>
  /** By `bus/name`. */
  readonly rules: Record<string, { rule: Wire; targets: Wire[] }>
  /** By ARN, with what was published (oldest first, `at` in epoch seconds) and the attributes it was made with. */
  readonly topics: Record<string, { published: Wire[]; attributes?: Record<string, string> }>
  /** By log group, then stream; events oldest first, times in milliseconds. */
  readonly logs: Record<string, Record<string, LogEvent[]>>
  /** Epoch milliseconds at which a log group (`group`) or a stream (`group:stream`) was made. */
  readonly logCreationTimes: Record<string, number>
  /** By ARN. */
  readonly loadBalancers: Record<string, LoadBalancerRecord>
  /** By ARN. */
  readonly targetGroups: Record<string, TargetGroupRecord>
  /** By ARN. */
  readonly listeners: Record<string, ListenerRecord>
  /** By id: Cloud Map's. */
  readonly namespaces: Record<string, NamespaceRecord>
  /** By id. */
  readonly cloudMapServices: Record<string, CloudMapServiceRecord>
  /** By id. Those that are done stay for an hour. */
  readonly cloudMapOperations: Record<string, CloudMapOperationRecord>
  /** By name: the CloudWatch alarms that somebody has brought into a state. */
  readonly alarms: Record<string, 'ALARM' | 'OK'>
  /** By `cluster/service:STAGE`: what the Lambda hooks of a service answer there, where that is not SUCCEEDED. */
  readonly hookAnswers: Record<string, string>
  /** By name of the throttle bucket: tokens left, and when that was. */
  readonly buckets: Record<string, { tokens: number; at: number }>
}

export interface LogEvent {
  readonly timestamp: number
  readonly ingestionTime: number
  readonly message: string
  readonly eventId: string
}

export interface Cluster {
  readonly cluster: Wire
}

export interface ContainerInstanceRecord {
  /** As DescribeContainerInstances shows it, but for its counts and `remainingResources`, which follow from its tasks. */
  readonly containerInstance: Wire
  /** The cluster's name. */
  readonly cluster: string
}

export interface TaskDefinitionRecord {
  readonly taskDefinition: Wire
}

export interface LoadBalancerRecord {
  /** As DescribeLoadBalancers shows it, but for its state, which is a matter of time. */
  readonly loadBalancer: Wire
  readonly attributes: Record<string, string>
}

export interface TargetGroupRecord {
  /** As DescribeTargetGroups shows it, but for its load balancers, which follow from the listeners. */
  readonly targetGroup: Wire
  readonly attributes: Record<string, string>
  targets: TargetRecord[]
}

export interface TargetRecord {
  readonly id: string
  readonly port: number
  /** Whether what listens there answers the health checks with another code than they want. */
  readonly fails: boolean
  /** Epoch milliseconds at which enough health checks have been made to tell. */
  knownAt: number
  /** Epoch milliseconds at which it is drained and gone; absent: it is registered. */
  goneAt?: number
}

export interface ListenerRecord {
  /** As DescribeListeners shows it. */
  readonly listener: Wire
  /** As DescribeRules shows them, the default one last. */
  rules: Wire[]
  /** ARNs of the certificates beside the default one. */
  certificates: string[]
}

export function emptyWorld(now: number, account = '123456789012'): World {
  return { version: 1, now, ids: 0, account, regions: byName(), global: emptyGlobal() }
}

export function emptyRegion(name: string, account: string): Region {
  return {
    name,
    account,
    ...newEc2Region({ name, account }),
    clusters: byName(),
    taskDefinitions: byName(),
    services: byName(),
    containerInstances: byName(),
    tasks: byName(),
    serviceDeployments: byName(),
    serviceRevisions: byName(),
    runTaskTokens: byName(),
    tags: byName(),
    rules: byName(),
    topics: byName(),
    logs: byName(),
    logCreationTimes: byName(),
    loadBalancers: byName(),
    targetGroups: byName(),
    listeners: byName(),
    namespaces: byName(),
    cloudMapServices: byName(),
    cloudMapOperations: byName(),
    alarms: byName(),
    hookAnswers: byName(),
    buckets: byName(),
  }
}

/**
 * Takes the prototypes off the records of a world that was read from JSON, in place. One that was saved before there
 * were some of them gets them empty.
 */
export function withoutPrototypes(world: World): World {
  for (const region of Object.values(world.regions)) {
    Object.assign(region, { ...emptyRegion(region.name, region.account), ...region })
  }
  world.global = { ...emptyGlobal(), ...world.global }
  const places = [...Object.values(world.regions), world.global]
  for (const records of [world.regions, ...places.flatMap((place): unknown[] => Object.values(place))]) {
    if (typeof records === 'object') Object.setPrototypeOf(records, null)
  }
  return world
}
