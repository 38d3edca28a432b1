/** Scales a group in without cutting a task off: instances are drained before they are terminated. */
import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import type { Aws, Input, Output } from '../aws/aws.ts'
import { refusalOf } from '../aws/retry.ts'
import { awsCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { followDrain } from './followDrain.ts'
import { explain } from '../engine/problem.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { inCalls, instancesOf, tasksOn, weightOf, weightOfAll } from './fleet.ts'
import { readContainers, readGroup } from './observeInstances.ts'
import { replacedInAttribute, replacedInValue } from './refreshNotes.ts'

/** The desired capacity that a group is brought down to, and which of its instances stay. */
interface ScaleIn {
  /** The step's id. */
  readonly step: string
  readonly cluster: string
  readonly group: string
  /** The desired capacity in the end. */
  readonly desired: number
  /** The EC2 instances that stay, by id. */
  readonly keep: readonly string[]
}

/**
 * Starts with the instances that run the fewest tasks. Lowering the desired capacity alone would leave the choice to the
 * group, which terminates the oldest. Does nothing if the group wants no more than that. Answers what the group wanted before
 * and wants now. Throws as AWS and the draining do, with the commands that do the rest by hand.
 */
export async function scaleIn(of: ScaleIn, context: StepContext): Promise<{ before: number; after: number }> {
  const { cluster, group: name, desired } = of
  const { aws, signal } = context
  const group = await readGroup(aws, name, signal)
  const before = group.DesiredCapacity ?? 0
  const surplus = before - desired
  if (surplus <= 0) return { before, after: before }
  const containers = await readContainers(aws, cluster, signal)
  const leaving = chooseLeaving(group, containers, of, surplus)
  try {
    await drain(
      of,
      leaving.flatMap(({ InstanceId = '' }) => containers.get(InstanceId)?.containerInstanceArn ?? []),
      context,
    )
    for (const { InstanceId } of leaving) {
      const input = { InstanceId, ShouldDecrementDesiredCapacity: true }
      await terminateInGroup(aws, { group: name, input }, signal)
    }
  } catch (error) {
    throw leaving.length > 0 ? withCommands(error, leaving) : error
  }
  return { before, after: await lowerDesiredCapacity(before, of, context) }
}

/** Drains container instances, and marks them first: a run after one that was cut off here must know who drains them. */
async function drain({ step, cluster, group }: ScaleIn, arns: readonly string[], context: StepContext): Promise<void> {
  const { aws, signal } = context
  if (arns.length === 0) return
  for (const containerInstances of inCalls(arns)) {
    const attributes = containerInstances.map((targetId) => ({
      name: replacedInAttribute,
      value: replacedInValue(group),
      targetId,
    }))
    await aws.call('putAttributes', { cluster, attributes }, signal)
    await aws.call('updateContainerInstancesState', { cluster, containerInstances, status: 'DRAINING' }, signal)
  }
  await followDrain({ step, cluster, group, arns, onlyServices: false }, context)
}

/**
 * Gives up capacity for which no instance ever came; if somebody has raised the desired capacity since, it stays. Answers the
 * desired capacity.
 */
async function lowerDesiredCapacity(
  before: number,
  { group: name, desired }: ScaleIn,
  { aws, signal }: StepContext,
): Promise<number> {
  const group = await readGroup(aws, name, signal)
  const { DesiredCapacity = 0 } = group
  const least = Math.max(desired, weightOfAll(instancesOf(group)))
  if (DesiredCapacity <= least || DesiredCapacity > before) return DesiredCapacity
  const input = { AutoScalingGroupName: name, DesiredCapacity: least }
  await aws.call('setDesiredCapacity', input, signal)
  return least
}

/** The instances beyond the desired capacity, without those that stay. */
function chooseLeaving(
  group: AutoScalingGroup,
  containers: ReadonlyMap<string, ContainerInstance>,
  { desired, keep }: ScaleIn,
  surplus: number,
): Instance[] {
  const mine = instancesOf(group)
  const tasks = ({ InstanceId = '' }: Instance): number => {
    const container = containers.get(InstanceId)
    return container ? 1 + tasksOn(container) : 0
  }
  const candidates = mine
    .filter(({ InstanceId = '' }) => !keep.includes(InstanceId))
    .toSorted((one, other) => tasks(one) - tasks(other))
  const leaving: Instance[] = []
  let tooMany = Math.min(surplus, weightOfAll(mine) - desired)
  for (const instance of candidates) {
    if (weightOf(instance) > tooMany) continue
    leaving.push(instance)
    tooMany -= weightOf(instance)
  }
  return leaving
}

/** The error, with the commands that terminate the instances by hand. */
function withCommands(error: unknown, leaving: readonly Instance[]): unknown {
  const seen = explain(error)
  if (!(seen instanceof EcsTaskError)) return error
  const { code, message, why, fix, problems, evidence } = seen
  const terminate = ({ InstanceId }: (typeof leaving)[number]): string =>
    awsCommand('autoscaling terminate-instance-in-auto-scaling-group', {
      'should-decrement-desired-capacity': true,
      'instance-id': InstanceId,
    })
  const mend = leaving.map(terminate).join(' && ')
  return new EcsTaskError(code, message, { why, fix, problems, evidence: { ...evidence, mend }, cause: error })
}

/** The answer, and whether somebody else had terminated the instance. */
export type Terminated = Output<'terminateInstanceInAutoScalingGroup'> & { readonly isGone?: boolean }

/** Terminates an instance in its group, unless it is gone or on its way: also by a call of ours whose answer was lost. */
export async function terminateInGroup(
  aws: Aws,
  { group, input }: { readonly group: string; readonly input: Input<'terminateInstanceInAutoScalingGroup'> },
  signal: AbortSignal,
): Promise<Terminated> {
  try {
    return await aws.call('terminateInstanceInAutoScalingGroup', input, signal)
  } catch (error) {
    if (signal.aborted) throw error
    const { Instances = [] } = await readGroup(aws, group, signal)
    const there = Instances.find(({ InstanceId }) => InstanceId === input.InstanceId)
    if (there && !there.LifecycleState?.startsWith('Terminating')) throw error
    return { $metadata: {}, isGone: error === refusalOf(error) }
  }
}
