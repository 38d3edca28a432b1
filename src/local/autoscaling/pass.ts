// One look of a group at its instances, which the scheduler asks for.
import { beginActivity, finishActivities, secondOf } from './activity.ts'
import { isBeingDeleted, isSuspended } from './group.ts'
import { launchFor } from './scaleOut.ts'
import { capacityOf, giveUp, terminateFor } from './scaleIn.ts'
import { isGoing } from '../ec2/instance.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { AutoScalingGroupRecord, AutoScalingInstance } from '../world/world.ts'

/** The instances of a group that make up its capacity. */
const activeStates = ['Pending', 'InService']

/** One look of a group at its instances: it takes note of what has become of them, and launches or terminates some. */
export function passGroup(context: Context, record: AutoScalingGroupRecord): void {
  const { region, now } = context
  const { group } = record
  delete record.nextAt
  for (const instance of group.Instances) settle(context, record, instance)
  if (isBeingDeleted(record)) {
    const cause = `At ${secondOf(now)} an instance was taken out of service in response to a user request.`
    for (const instance of group.Instances) giveUp(context, record, instance, cause)
    if (group.Instances.length === 0) delete region.autoScalingGroups[group.AutoScalingGroupName]
    return
  }
  const active = group.Instances.filter(({ LifecycleState }) => activeStates.includes(LifecycleState))
  const capacity = capacityOf(active)
  if (capacity < group.DesiredCapacity) {
    if (!isSuspended(record, 'Launch') && now >= (record.retryAt ?? 0)) launchFor(context, record, active, capacity)
  } else {
    delete record.retryAt
    if (capacity > group.DesiredCapacity && !isSuspended(record, 'Terminate')) terminateFor(context, record, active)
    if (capacity === group.DesiredCapacity) delete record.because
  }
  planNextLook(record, now)
}

function planNextLook(record: AutoScalingGroupRecord, now: number): void {
  const moments = [...Object.values(record.transitions).map(({ at }) => at), record.retryAt ?? Infinity]
  const next = Math.min(...moments.filter((at) => at > now))
  if (next < Infinity) record.nextAt = next
}

/** Takes note of what has become of one instance. */
function settle(context: Context, record: AutoScalingGroupRecord, instance: AutoScalingInstance): void {
  const { region, now } = context
  const { InstanceId } = instance
  const transition = own(record.transitions, InstanceId)
  if (transition && transition.at > now) return
  if (transition) move(context, record, instance, transition.to)
  if (transition?.to === 'Detached') return
  const { LifecycleState } = instance
  const ec2 = own(region.instances, InstanceId)
  const state = ec2?.instance.State.Name
  if (LifecycleState === 'Terminating') {
    if (state === undefined || state === 'terminated') remove(context, record, instance)
  } else if (LifecycleState !== 'Standby' && (!ec2 || isGoing(ec2))) {
    replace(context, record, instance)
  } else if (LifecycleState === 'Pending' && state === 'running') {
    move(context, record, instance, 'InService')
  }
}

function move(
  context: Context,
  record: AutoScalingGroupRecord,
  instance: AutoScalingInstance,
  to: 'InService' | 'Standby' | 'Detached',
): void {
  delete record.transitions[instance.InstanceId]
  if (to === 'Detached') return remove(context, record, instance)
  instance.LifecycleState = to
  finishActivities(context, record, instance.InstanceId)
}

/** An instance is out of the group; EC2 may go on having it. */
function remove(context: Context, record: AutoScalingGroupRecord, { InstanceId }: AutoScalingInstance): void {
  const { group } = record
  const { region } = context
  group.Instances = group.Instances.filter((each) => each.InstanceId !== InstanceId)
  finishActivities(context, record, InstanceId)
  const ec2 = own(region.instances, InstanceId)
  if (!ec2) return
  delete ec2.autoScalingGroup
  const tags = (region.tags[InstanceId] ?? []).filter(({ Key }) => Key !== 'aws:autoscaling:groupName')
  if (tags.length > 0) region.tags[InstanceId] = tags
  else delete region.tags[InstanceId]
}

/** Somebody has terminated an instance in EC2: it counts no more, unless the processes that see to that are suspended. */
function replace(context: Context, record: AutoScalingGroupRecord, instance: AutoScalingInstance): void {
  if (isSuspended(record, 'HealthCheck')) return
  instance.HealthStatus = 'Unhealthy'
  if (isSuspended(record, 'ReplaceUnhealthy') || isSuspended(record, 'Terminate')) return
  finishActivities(context, record, instance.InstanceId)
  instance.LifecycleState = 'Terminating'
  beginActivity(context, record, {
    Description: `Terminating EC2 instance: ${instance.InstanceId}`,
    Cause:
      `At ${secondOf(context.now)} an instance was taken out of service in response to an EC2 health check ` +
      'indicating it has been terminated or stopped.',
    instance,
  })
  const state = own(context.region.instances, instance.InstanceId)?.instance.State.Name
  if (state === undefined || state === 'terminated') remove(context, record, instance)
}
