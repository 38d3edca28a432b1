// Scaling in: which instance a group gives up, as its termination policies have it, and how.
import { beginActivity, finishActivities, recordFailure, secondOf } from './activity.ts'
import { terminateInstance } from '../ec2/instance.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type {
  AutoScalingGroup,
  AutoScalingGroupRecord,
  AutoScalingInstance,
  Region,
  ScalingActivity,
} from '../world/world.ts'

/** How much capacity an instance is: one, but where an override says how much it weighs. */
const weightOf = ({ WeightedCapacity = '1' }: AutoScalingInstance): number => Number(WeightedCapacity)

/** How much capacity instances are together. */
export const capacityOf = (instances: readonly AutoScalingInstance[]): number =>
  instances.reduce((sum, instance) => sum + weightOf(instance), 0)

/** Terminates instances until a group has no more than its desired capacity, as far as they are not protected. */
export function terminateFor(
  context: Context,
  record: AutoScalingGroupRecord,
  active: readonly AutoScalingInstance[],
): void {
  const { group } = record
  const capacity = capacityOf(active)
  const at = secondOf(context.now)
  let present = active
  for (;;) {
    const over = capacityOf(present) - group.DesiredCapacity
    const next = over > 0 ? nextToTerminate(context, group, present) : undefined
    // One that weighs more than what is too much is kept: the group would have to launch another in its place.
    if (!next || weightOf(next) > over) break
    present = present.filter((instance) => instance !== next)
    const why =
      `At ${at} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${capacity} to ` +
      `${group.DesiredCapacity}. At ${at} instance ${next.InstanceId} was selected for termination.`
    giveUp(context, record, next, [record.because, why].filter(Boolean).join(' '))
  }
  const isProtected = present.length > 0 && present.every(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)
  if (capacityOf(present) <= group.DesiredCapacity || !isProtected || record.because === undefined) return
  recordFailure(context, record, {
    Description: 'Terminating EC2 instance.',
    Cause: record.because,
    StatusCode: 'Cancelled',
    StatusMessage: 'Could not scale to desired capacity because all remaining instances are protected from scale-in.',
  })
  delete record.because
}

/** Takes an instance out of service and terminates it; one that is on its way out already is left as it is. */
export function giveUp(
  context: Context,
  record: AutoScalingGroupRecord,
  instance: AutoScalingInstance,
  Cause: string,
): ScalingActivity | undefined {
  const { InstanceId } = instance
  if (instance.LifecycleState === 'Terminating') return undefined
  finishActivities(context, record, InstanceId)
  delete record.transitions[InstanceId]
  instance.LifecycleState = 'Terminating'
  const ec2 = own(context.region.instances, InstanceId)
  if (ec2) terminateInstance(context, ec2)
  return beginActivity(context, record, {
    Description: `Terminating EC2 instance: ${InstanceId}`,
    Cause,
    instance: { ...instance, SubnetId: ec2?.instance.SubnetId },
  })
}

const hour = 3_600_000

/** What a policy prefers to terminate: the least of these numbers, or Infinity for what it does not look at. */
type Rank = (context: Context, instance: AutoScalingInstance) => number

const ranks: Readonly<Record<string, readonly Rank[]>> = {
  OldestInstance: [({ region }, { InstanceId }) => launchTime(region, InstanceId)],
  NewestInstance: [({ region }, { InstanceId }) => -launchTime(region, InstanceId)],
  OldestLaunchConfiguration: [({ region }, instance) => configurationTime(region, instance)],
  OldestLaunchTemplate: [({ region }, instance) => templateTime(region, instance)],
  ClosestToNextInstanceHour: [closestToHour],
  AllocationStrategy: [],
  // Those of a launch configuration come before those of a launch template: one does not look at what is the other's.
  Default: [
    ({ region }, instance) => configurationTime(region, instance),
    ({ region }, instance) => templateTime(region, instance),
    closestToHour,
  ],
}

/** The termination policies that there are. */
export const terminationPolicies: readonly string[] = Object.keys(ranks)

/**
 * The instance that a group gives up next: out of the zones that have most of `instances`, as its termination policies
 * have it, never one that is protected from scale-in; undefined where all are. Where policies leave several, AWS takes any,
 * and this the one that was launched first.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
function nextToTerminate(
  context: Context,
  group: AutoScalingGroup,
  instances: readonly AutoScalingInstance[],
): AutoScalingInstance | undefined {
  const sizeOf = (zone: string): number => instances.filter((each) => each.AvailabilityZone === zone).length
  const free = instances.filter(({ ProtectedFromScaleIn }) => !ProtectedFromScaleIn)
  const most = Math.max(...free.map(({ AvailabilityZone }) => sizeOf(AvailabilityZone)))
  const inFullestZones = free.filter(({ AvailabilityZone }) => sizeOf(AvailabilityZone) === most)
  const chosen = group.TerminationPolicies.flatMap((policy) => own(ranks, policy) ?? []).reduce(
    (left, rank) => least(left, (instance) => rank(context, instance)),
    inFullestZones,
  )
  const [first] = least(chosen, ({ InstanceId }) => launchTime(context.region, InstanceId))
  return first
}

function least(
  instances: readonly AutoScalingInstance[],
  rank: (instance: AutoScalingInstance) => number,
): AutoScalingInstance[] {
  const lowest = Math.min(...instances.map(rank))
  return instances.filter((instance) => rank(instance) === lowest)
}

const launchTime = (region: Region, instanceId: string): number =>
  own(region.instances, instanceId)?.instance.LaunchTime ?? 0

function configurationTime(region: Region, { LaunchConfigurationName: name }: AutoScalingInstance): number {
  return name === undefined ? Infinity : (own(region.launchConfigurations, name)?.CreatedTime ?? 0)
}

/** When the version was made; a deleted one is older than any other. */
function templateTime(region: Region, { LaunchTemplate, LaunchConfigurationName }: AutoScalingInstance): number {
  if (LaunchConfigurationName !== undefined) return Infinity
  const { LaunchTemplateId = '', Version } = LaunchTemplate ?? {}
  const versions = own(region.launchTemplates, LaunchTemplateId)?.versions ?? []
  const version = versions.find(({ VersionNumber }) => `${VersionNumber}` === Version)
  // Versions made in the same second are told apart by their numbers.
  return version ? version.CreateTime + version.VersionNumber / 1e6 : 0
}

function closestToHour({ region, now }: Context, { InstanceId }: AutoScalingInstance): number {
  return hour - ((now - launchTime(region, InstanceId) * 1000) % hour)
}
