import type { AutoScalingGroupRecord } from '../autoscaling/records.ts'
import type { InstanceRecord, LaunchTemplateRecord } from './records.ts'
import { defaultNetwork } from './network.ts'
import type { Network, Place } from './network.ts'
import type { Wire } from '../world/wire.ts'

/** What a region has of EC2 and Auto Scaling. */
export interface Ec2Region extends Network {
  /** By id. Terminated instances stay for an hour. */
  readonly instances: Record<string, InstanceRecord>
  /** By id. */
  readonly launchTemplates: Record<string, LaunchTemplateRecord>
  /** By name, as DescribeLaunchConfigurations shows them. */
  readonly launchConfigurations: Record<string, Wire>
  /** By name. */
  readonly autoScalingGroups: Record<string, AutoScalingGroupRecord>
}

/** A region in which nobody has made anything yet: it has its default VPC. */
export const newEc2Region = (place: Place): Ec2Region => ({
  ...defaultNetwork(place),
  instances: Object.create(null),
  launchTemplates: Object.create(null),
  launchConfigurations: Object.create(null),
  autoScalingGroups: Object.create(null),
})
