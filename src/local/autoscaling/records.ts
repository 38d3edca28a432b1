// The records of Auto Scaling in a region: launch configurations, and groups with their activities.
import type { Wire } from '../world/wire.ts'

export interface AutoScalingRecords {
  /** By name, as DescribeLaunchConfigurations shows them. */
  readonly launchConfigurations: Record<string, Wire>
  /** By name. */
  readonly autoScalingGroups: Record<string, AutoScalingGroupRecord>
}

export interface AutoScalingGroupRecord {
  /** As DescribeAutoScalingGroups shows it, with its instances and its tags. */
  readonly group: Wire
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

export interface ActivityRecord {
  /** As DescribeScalingActivities shows it. */
  readonly activity: Wire
  /** The instance that it is about; absent where none could be launched. */
  readonly instanceId?: string
}
