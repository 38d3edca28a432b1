// The state of a local AWS: what every service room keeps, by region, and what belongs to no region.
import type { AutoScalingRecords } from '../autoscaling/records.ts'
import type { Ec2Records } from '../ec2/records.ts'
import type { EcrRecords } from '../ecr/records.ts'
import type { EcsRecords } from '../ecs/records.ts'
import type { Elbv2Records } from '../elbv2/records.ts'
import type { EventbridgeRecords } from '../eventbridge/records.ts'
import type { LogsRecords } from '../logs/records.ts'
import type { Route53Records } from '../route53/records.ts'
import type { ServicediscoveryRecords } from '../servicediscovery/records.ts'
import type { SnsRecords } from '../sns/records.ts'
import type { ApplicationautoscalingRecords } from '../applicationautoscaling/records.ts'
import type { IamRecords } from '../iam/records.ts'
import type { S3Records } from '../s3/records.ts'
import type { SchedulerRecords } from '../scheduler/records.ts'
import type { SecretsmanagerRecords } from '../secretsmanager/records.ts'
import type { SsmRecords } from '../ssm/records.ts'
import { byName } from './own.ts'
import type { Tag } from './tags.ts'

export type * from '../autoscaling/records.ts'
export type * from '../ec2/records.ts'
export type * from '../ecr/records.ts'
export type * from '../ecs/records.ts'
export type * from '../elbv2/records.ts'
export type * from '../eventbridge/records.ts'
export type * from '../logs/records.ts'
export type * from '../route53/records.ts'
export type * from '../servicediscovery/records.ts'
export type * from '../sns/records.ts'
export type * from '../ssm/records.ts'
export type * from '../secretsmanager/records.ts'
export type * from '../s3/records.ts'
export type * from '../scheduler/records.ts'
export type * from '../iam/records.ts'
export type * from '../applicationautoscaling/records.ts'

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

/** The last moment that a clock here can show: dates have four digits for the year. */
export const latest = Date.UTC(9999, 11, 31)

export interface Region
  extends
    ApplicationautoscalingRecords,
    AutoScalingRecords,
    Ec2Records,
    EcrRecords,
    EcsRecords,
    Elbv2Records,
    EventbridgeRecords,
    LogsRecords,
    SchedulerRecords,
    SecretsmanagerRecords,
    ServicediscoveryRecords,
    SnsRecords,
    SsmRecords {
  readonly name: string
  readonly account: string
  /** Tags by ARN, of EC2 by id, for whatever has tags. */
  readonly tags: Record<string, Tag[]>
  readonly buckets: Buckets
}

export interface Global extends IamRecords, Route53Records, S3Records {
  /** Tags by id of the hosted zone, or by ARN. */
  readonly tags: Record<string, Tag[]>
  readonly buckets: Buckets
}

/** By name of the throttle bucket: tokens left, and when that was. */
type Buckets = Record<string, { tokens: number; at: number }>

export function emptyWorld(now: number, account = '123456789012'): World {
  return { version: 1, now, ids: 0, account, regions: byName(), global: emptyGlobal() }
}

/** A region without anything, even without the default VPC that an account finds in it. */
export function emptyRegion(name: string, account: string): Region {
  return {
    name,
    account,
    vpcs: byName(),
    subnets: byName(),
    securityGroups: byName(),
    instances: byName(),
    launchTemplates: byName(),
    launchConfigurations: byName(),
    autoScalingGroups: byName(),
    repositories: byName(),
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
    scalableTargets: byName(),
    scalingPolicies: byName(),
    scheduledActions: byName(),
    schedules: byName(),
    scheduleGroups: byName(),
    secrets: byName(),
    parameters: byName(),
    eventBuses: byName(),
    capacityProviders: byName(),
    alarms: byName(),
    hookAnswers: byName(),
    buckets: byName(),
  }
}

const emptyGlobal = (): Global => ({
  hostedZones: byName(),
  hostedZoneChanges: byName(),
  roles: byName(),
  userPolicies: byName(),
  sessions: byName(),
  s3Buckets: byName(),
  tags: byName(),
  buckets: byName(),
})

/**
 * Takes the prototypes off the records of a world that was read from JSON, in place. One that was saved before there
 * were some of them gets those of a new region.
 */
export function withoutPrototypes(world: World, newRegion: (name: string, account: string) => Region): World {
  for (const region of Object.values(world.regions)) {
    Object.assign(region, { ...newRegion(region.name, region.account), ...region })
  }
  world.global = { ...emptyGlobal(), ...world.global }
  const places = [...Object.values(world.regions), world.global]
  for (const records of [world.regions, ...places.flatMap((place): unknown[] => Object.values(place))]) {
    if (typeof records === 'object') Object.setPrototypeOf(records, null)
  }
  return world
}
