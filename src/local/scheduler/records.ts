// The records of EventBridge Scheduler in a region: schedules and their groups.

export interface SchedulerRecords {
  /** By `group/name`. */
  readonly schedules: Record<string, ScheduleRecord>
  /** By name; the group `default` is always there, and not in it. */
  readonly scheduleGroups: Record<string, ScheduleGroupRecord>
}

export interface ScheduleRecord {
  readonly schedule: Schedule
  /** Epoch milliseconds of the next invocation; absent: there is none. */
  nextAt?: number
}

/** A schedule as GetSchedule shows it. */
export interface Schedule {
  readonly Arn: string
  readonly GroupName: string
  readonly Name: string
  readonly ScheduleExpression: string
  readonly ScheduleExpressionTimezone: string
  readonly StartDate?: number | undefined
  readonly EndDate?: number | undefined
  readonly Description?: string | undefined
  readonly State: 'ENABLED' | 'DISABLED'
  readonly KmsKeyArn?: string | undefined
  readonly Target: ScheduleTarget
  readonly FlexibleTimeWindow: {
    readonly Mode: 'OFF' | 'FLEXIBLE'
    readonly MaximumWindowInMinutes?: number | undefined
  }
  readonly ActionAfterCompletion: 'NONE' | 'DELETE'
  readonly CreationDate: number
  readonly LastModificationDate: number
}

export interface ScheduleTarget {
  readonly Arn: string
  readonly RoleArn: string
  readonly Input?: string | undefined
  readonly EcsParameters?: ScheduledTask | undefined
  readonly RetryPolicy: {
    readonly MaximumEventAgeInSeconds?: number | undefined
    readonly MaximumRetryAttempts?: number | undefined
  }
}

/** What a target of ECS runs. */
export interface ScheduledTask {
  readonly TaskDefinitionArn: string
  readonly TaskCount?: number | undefined
  readonly LaunchType?: string | undefined
  readonly NetworkConfiguration?:
    | {
        readonly awsvpcConfiguration?:
          | {
              readonly Subnets: readonly string[]
              readonly SecurityGroups?: readonly string[] | undefined
              readonly AssignPublicIp?: string | undefined
            }
          | undefined
      }
    | undefined
  readonly PlatformVersion?: string | undefined
  readonly Group?: string | undefined
  readonly CapacityProviderStrategy?: readonly object[] | undefined
  readonly EnableECSManagedTags?: boolean | undefined
  readonly EnableExecuteCommand?: boolean | undefined
  readonly PlacementConstraints?: readonly object[] | undefined
  readonly PlacementStrategy?: readonly object[] | undefined
  readonly PropagateTags?: string | undefined
  readonly ReferenceId?: string | undefined
  readonly Tags?: readonly Readonly<Record<string, string>>[] | undefined
}

export interface ScheduleGroupRecord {
  readonly Arn: string
  readonly Name: string
  readonly CreationDate: number
  readonly LastModificationDate: number
}
