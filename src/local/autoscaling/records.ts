// The records of Auto Scaling in a region: launch configurations, and groups with their activities.
import type {
  LifecycleState,
  AutoScalingGroup as ShownGroup,
  LaunchConfiguration as ShownLaunchConfiguration,
} from '@aws-sdk/client-auto-scaling'
import type { Wire } from '../world/wire.ts'

export interface AutoScalingRecords {
  /** By name. */
  readonly launchConfigurations: Record<string, LaunchConfiguration>
  /** By name. */
  readonly autoScalingGroups: Record<string, AutoScalingGroupRecord>
}

/** A launch configuration as DescribeLaunchConfigurations shows it. */
export interface LaunchConfiguration extends Wire<ShownLaunchConfiguration> {
  readonly LaunchConfigurationARN: string
  readonly SecurityGroups: string[]
}

export interface AutoScalingGroupRecord {
  group: AutoScalingGroup
  /** Oldest first. */
  readonly activities: ActivityRecord[]
  /** By instance id: what becomes of an instance at an epoch millisecond; `Detached` is no state that is shown. */
  readonly transitions: Record<string, { to: 'InService' | 'Standby' | 'Detached'; at: number }>
  /** Why it wants other instances than it has, in AWS's words, until it has them. */
  because?: string
  /** Epoch milliseconds before which it does not try to launch again, after a launch that failed. */
  retryAt?: number
  /** Epoch milliseconds of its next look at its instances; absent: there is nothing to see before one of them changes. */
  nextAt?: number
}

/** A group as DescribeAutoScalingGroups shows it: what it was made with, and what is always there. */
export interface AutoScalingGroup extends Omit<Wire<ShownGroup>, 'Instances' | 'Tags'> {
  readonly AutoScalingGroupARN: string
  TerminationPolicies: string[]
  NewInstancesProtectedFromScaleIn: boolean
  SuspendedProcesses: { readonly ProcessName: string; readonly SuspensionReason: string }[]
  Instances: AutoScalingInstance[]
  Tags: AutoScalingTag[]
}

/** An instance as its group shows it. */
export interface AutoScalingInstance {
  readonly InstanceId: string
  readonly InstanceType: string
  readonly AvailabilityZone: string
  readonly AvailabilityZoneId: string
  LifecycleState: LifecycleState
  HealthStatus: 'Healthy' | 'Unhealthy'
  readonly LaunchConfigurationName?: string
  readonly LaunchTemplate?: {
    readonly LaunchTemplateId: string
    readonly LaunchTemplateName: string
    readonly Version: string
  }
  ProtectedFromScaleIn: boolean
  readonly WeightedCapacity?: string
}

export interface AutoScalingTag {
  readonly ResourceId: string
  readonly ResourceType: 'auto-scaling-group'
  readonly Key: string
  readonly Value: string
  readonly PropagateAtLaunch: boolean
}

export interface ActivityRecord {
  readonly activity: ScalingActivity
  /** The instance that it is about; absent where none could be launched. */
  readonly instanceId?: string
}

/** An activity as DescribeScalingActivities shows it. */
export interface ScalingActivity {
  readonly ActivityId: string
  readonly AutoScalingGroupName: string
  readonly AutoScalingGroupARN: string
  readonly Description: string
  readonly Cause: string
  readonly StartTime: number
  EndTime?: number
  StatusCode: 'InProgress' | 'Successful' | 'Failed' | 'Cancelled'
  StatusMessage?: string
  Progress: number
  readonly Details: string
}
