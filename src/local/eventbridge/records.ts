// The records of EventBridge in a region: event buses, and rules with their targets.
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Wire } from '../world/wire.ts'

export interface EventbridgeRecords {
  /** By `bus/name`. */
  readonly rules: Record<string, RuleRecord>
  /** By name; the bus `default` is always there, and not in it. */
  readonly eventBuses: Record<string, EventBusRecord>
}

export interface RuleRecord {
  readonly rule: Rule
  /** As they were put, in that order. */
  readonly targets: RuleTarget[]
}

/** A rule as DescribeRule shows it. */
export interface Rule {
  readonly Name: string
  readonly Arn: string
  readonly EventBusName: string
  readonly CreatedBy: string
  readonly ScheduleExpression?: string | undefined
  readonly EventPattern?: string | undefined
  readonly Description?: string | undefined
  readonly RoleArn?: string | undefined
  State: 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
}

/** A target as PutTargets takes it and ListTargetsByRule shows it. */
export type RuleTarget = Wire<Target>

export interface EventBusRecord {
  readonly Name: string
  readonly Arn: string
  readonly Description?: string | undefined
  readonly KmsKeyIdentifier?: string | undefined
  readonly CreationTime: number
  readonly LastModifiedTime: number
}
