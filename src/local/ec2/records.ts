import type { Wire } from '../world/wire.ts'

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
