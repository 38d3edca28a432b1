import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../ground/errors.ts'
import { followDrain } from './followDrain.ts'
import { explain } from '../engine/problem.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { instancesOf, weightOf, weightOfAll } from './fleet.ts'
import { markName, markValue, mostAtOnce } from './marks.ts'
import { readContainers, readGroup } from './readGroup.ts'
import { terminateInGroup } from './terminateInGroup.ts'

/** What a group has too many of, and who of it is to stay. */
export interface Surplus {
  /** The step's id. */
  readonly step: string
  readonly cluster: string
  readonly group: string
  /** What the group is to want in the end. */
  readonly desired: number
  /** The EC2 instances that are not to go, by id. */
  readonly keep: readonly string[]
}

/**
 * Brings a group down to what it is to want, without a task being cut off: whoever goes is drained first, those first that
 * run least. Lowering the desired capacity alone would leave the choice to the group, which takes the oldest. Nothing is
 * done where the group wants no more than that. Throws as AWS and the draining do, with the commands that end it by hand.
 */
export async function takeAway(of: Surplus, context: StepContext): Promise<void> {
  const { cluster, group: name, desired } = of
  const { aws, signal } = context
  const group = await readGroup(aws, name, signal)
  const surplus = (group.DesiredCapacity ?? 0) - desired
  if (surplus <= 0) return
  const containers = await readContainers(aws, cluster, signal)
  const going = chosen(group, containers, of, surplus)
  try {
    await drain(
      of,
      going.flatMap(({ InstanceId = '' }) => containers.get(InstanceId)?.containerInstanceArn ?? []),
      context,
    )
    for (const { InstanceId } of going) {
      const input = { InstanceId, ShouldDecrementDesiredCapacity: true }
      await terminateInGroup(aws, { group: name, input }, signal)
    }
  } catch (error) {
    throw going.length > 0 ? byHand(error, going) : error
  }
  await lower(group, of, context)
}

/** Drains container instances; whoever comes after a run that was cut off here must know whose word that was. */
async function drain({ step, cluster, group }: Surplus, arns: readonly string[], context: StepContext): Promise<void> {
  const { aws, signal } = context
  if (arns.length === 0) return
  for (let at = 0; at < arns.length; at += mostAtOnce) {
    const containerInstances = arns.slice(at, at + mostAtOnce)
    const attributes = containerInstances.map((targetId) => ({
      name: markName,
      value: markValue(group),
      targetId,
    }))
    await aws.call('putAttributes', { cluster, attributes }, signal)
    await aws.call('updateContainerInstancesState', { cluster, containerInstances, status: 'DRAINING' }, signal)
  }
  await followDrain({ step, cluster, group, arns, onlyServices: false }, context)
}

/** What was wanted and never came needs no instance to go; but where somebody has raised it since, that is left alone. */
async function lower(
  before: AutoScalingGroup,
  { group: name, desired }: Surplus,
  { aws, signal }: StepContext,
): Promise<void> {
  const group = await readGroup(aws, name, signal)
  const { DesiredCapacity = 0 } = group
  const least = Math.max(desired, weightOfAll(instancesOf(group)))
  if (DesiredCapacity <= least || DesiredCapacity > (before.DesiredCapacity ?? 0)) return
  const input = { AutoScalingGroupName: name, DesiredCapacity: least }
  await aws.call('setDesiredCapacity', input, signal)
}

/** Who goes: those that are there beyond what is wanted, of those that may. */
function chosen(
  group: AutoScalingGroup,
  containers: ReadonlyMap<string, ContainerInstance>,
  { desired, keep }: Surplus,
  surplus: number,
): Instance[] {
  const mine = instancesOf(group)
  const tasks = ({ InstanceId = '' }: Instance): number => {
    const { runningTasksCount = 0, pendingTasksCount = 0 } = containers.get(InstanceId) ?? {}
    return containers.has(InstanceId) ? 1 + runningTasksCount + pendingTasksCount : 0
  }
  const candidates = mine
    .filter(({ InstanceId = '' }) => !keep.includes(InstanceId))
    .toSorted((one, other) => tasks(one) - tasks(other))
  const going: Instance[] = []
  let tooMany = Math.min(surplus, weightOfAll(mine) - desired)
  for (const instance of candidates) {
    if (weightOf(instance) > tooMany) continue
    going.push(instance)
    tooMany -= weightOf(instance)
  }
  return going
}

function byHand(error: unknown, going: readonly Instance[]): unknown {
  const seen = explain(error)
  if (!(seen instanceof EcsTaskError)) return error
  const { code, message, why, fix, problems, evidence } = seen
  const terminate = 'aws autoscaling terminate-instance-in-auto-scaling-group --should-decrement-desired-capacity'
  const mend = going.map(({ InstanceId }) => `${terminate} --instance-id ${InstanceId}`).join(' && ')
  return new EcsTaskError(code, message, { why, fix, problems, evidence: { ...evidence, mend }, cause: error })
}
