// The records of EC2 in a region: its network, instances and launch templates.
import type { Wire } from '../world/wire.ts'

export interface Ec2Records extends Network {
  /** By id. Terminated instances stay for an hour. */
  readonly instances: Record<string, InstanceRecord>
  /** By id. */
  readonly launchTemplates: Record<string, LaunchTemplateRecord>
}

/** The networks of a region by id, in the shapes of DescribeVpcs, DescribeSubnets and DescribeSecurityGroups, without tags. */
export interface Network {
  readonly vpcs: Record<string, Wire>
  readonly subnets: Record<string, Wire>
  readonly securityGroups: Record<string, Wire>
}

export interface InstanceRecord {
  /** As DescribeInstances shows it, without tags. */
  readonly instance: Wire
  readonly reservationId: string
  /** In base64. */
  readonly userData?: string
  /** The Auto Scaling group that it is in. */
  autoScalingGroup?: string
  /** What is left to happen, in order; the scheduler takes the first when `nextAt` has come. */
  steps: InstanceStep[]
  /** Epoch milliseconds of the next thing that happens to it; absent: nothing more by itself. */
  nextAt?: number
}

/** One thing that happens to an instance, so many milliseconds after the thing before it. */
export interface InstanceStep {
  readonly after: number
  readonly do: 'running' | 'registered' | 'terminated' | 'forgotten'
}

export interface LaunchTemplateRecord {
  /** As DescribeLaunchTemplates shows it, without tags. */
  readonly launchTemplate: Wire
  /** As DescribeLaunchTemplateVersions shows them, but for which one is the default; oldest first. Numbers are never used again. */
  readonly versions: Wire[]
  /** By client token: the input that came with it and the version that was made of it. */
  readonly tokens: Record<string, { input: string; version: number }>
}
