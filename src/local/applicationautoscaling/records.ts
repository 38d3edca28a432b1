// The records of Application Auto Scaling in a region: scalable targets, their policies and their scheduled actions.

export interface ApplicationautoscalingRecords {
  /** By `namespace resource dimension`, as the two below. */
  readonly scalableTargets: Record<string, ScalableTargetRecord>
  /** By `namespace resource dimension name`. */
  readonly scalingPolicies: Record<string, ScalingPolicyRecord>
  /** By `namespace resource dimension name`. */
  readonly scheduledActions: Record<string, ScheduledActionRecord>
}

/** What a policy or a scheduled action says of the target that it belongs to. */
interface OfTarget {
  readonly ServiceNamespace: 'ecs'
  readonly ResourceId: string
  readonly ScalableDimension: 'ecs:service:DesiredCount'
  readonly CreationTime: number
}

export interface ScalableTargetRecord extends OfTarget {
  readonly ScalableTargetARN: string
  readonly RoleARN: string
  MinCapacity: number
  MaxCapacity: number
  SuspendedState: {
    DynamicScalingInSuspended?: boolean | undefined
    DynamicScalingOutSuspended?: boolean | undefined
    ScheduledScalingSuspended?: boolean | undefined
  }
}

export interface ScalingPolicyRecord extends OfTarget {
  readonly PolicyARN: string
  readonly PolicyName: string
  readonly PolicyType: 'StepScaling' | 'TargetTrackingScaling' | 'PredictiveScaling'
  readonly StepScalingPolicyConfiguration?: object | undefined
  readonly TargetTrackingScalingPolicyConfiguration?: object | undefined
  readonly PredictiveScalingPolicyConfiguration?: object | undefined
  readonly Alarms: { AlarmName: string; AlarmARN: string }[]
}

export interface ScheduledActionRecord extends OfTarget {
  readonly ScheduledActionARN: string
  readonly ScheduledActionName: string
  readonly Schedule: string
  readonly Timezone?: string | undefined
  readonly StartTime?: number | undefined
  readonly EndTime?: number | undefined
  readonly ScalableTargetAction?: { MinCapacity?: number | undefined; MaxCapacity?: number | undefined } | undefined
  /** When it is due next, in epoch milliseconds; absent: never again. */
  nextAt?: number
}
