/** AttachInstances: detached instances go back into their group. */
import { EcsTaskError } from '../../ground/errors.ts'
import { isDetached } from '../fleet.ts'
import { readGroup } from '../readGroup.ts'
import { takeAway } from '../takeAway.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

export interface AttachInstances extends StepKind {
  readonly name: 'attachInstances'
  readonly method: 'attachInstances'
  readonly subject: 'instances'
  readonly params: {
    readonly cluster: string
    readonly group: string
    /** What the group wants, as far as the plan knows. */
    readonly desired: number
    /** The EC2 instances that are not to go for it, by id. */
    readonly keep: readonly string[]
    /** The step that it undoes. */
    readonly restores: string
  }
}

/** Milliseconds between two looks at instances that are being detached. */
const interval = 5_000

/** Puts detached instances back into their group, which then wants what it wanted before. */
export function attachInstances(of: {
  readonly cluster: string
  readonly group: string
  readonly batch: string
  readonly instances: readonly string[]
  readonly names: string
  /** What the group wants, as far as the plan knows. */
  readonly desired: number
  /** The EC2 instances that are not to go for it, by id. */
  readonly keep: readonly string[]
  /** The step that this undoes. */
  readonly restores: string
}): Step<AttachInstances> {
  const { cluster, group, batch, instances, names, desired, keep, restores } = of
  return {
    kind: 'attachInstances',
    id: `attachInstances ${group}/${batch}`,
    title: `Attach ${names} to ${group} again`,
    subject: { type: 'instances', group, instances: [...instances] },
    call: { method: 'attachInstances', input: { AutoScalingGroupName: group, InstanceIds: [...instances] } },
    params: { cluster, group, desired, keep, restores },
  }
}

export const attachInstancesHandler: StepHandler<AttachInstances> = {
  async perform(step, input, context) {
    const { params } = step
    const { aws, signal, values } = context
    const desired = Number(values.get(params.restores) ?? params.desired)
    await leftGroup(params.group, input.InstanceIds ?? [], context)
    const { Instances = [], DesiredCapacity = 0, MaxSize = 0, MinSize = 0 } = await readGroup(aws, params.group, signal)
    const outside = (input.InstanceIds ?? []).filter((id) => !Instances.some(({ InstanceId }) => InstanceId === id))
    const room = desired - outside.length
    if (outside.length > 0 && DesiredCapacity + outside.length > MaxSize) {
      if (room < MinSize) throw noRoom(params.group, outside)
      await takeAway({ ...params, step: step.id, desired: room }, context)
    }
    const answer = outside.length === 0 ? { $metadata: {} } : await attach(outside, context, params.group)
    await takeAway({ ...params, step: step.id, desired }, context)
    return { answer }
  },
  undoPhase: 'shrink',
}

/** Waits until instances that are on their way out of their group have left it: before that it does not take them back. */
async function leftGroup(group: string, ids: readonly string[], { aws, clock, signal, timeout }: StepContext) {
  for (const end = clock.now() + timeout; clock.now() < end; await clock.sleep(interval, signal)) {
    const { Instances = [] } = await readGroup(aws, group, signal)
    if (!Instances.some((one) => ids.includes(one.InstanceId ?? '') && isDetached(one))) return
  }
}

/** Attaching raises what the group wants by as many. */
async function attach(
  InstanceIds: string[],
  { aws, signal }: StepContext,
  name: string,
): Promise<{ $metadata: object }> {
  try {
    return await aws.call('attachInstances', { AutoScalingGroupName: name, InstanceIds }, signal)
  } catch (error) {
    // A call that is sent again because its answer was lost is refused: it has had its effect.
    const { Instances = [] } = await readGroup(aws, name, signal)
    const isThere = InstanceIds.every((id) => Instances.some(({ InstanceId }) => InstanceId === id))
    if (!isThere) throw error
    return { $metadata: {} }
  }
}

/** Where a group may be neither larger nor smaller, there is no way in for an instance that has a replacement. */
function noRoom(group: string, outside: readonly string[]): EcsTaskError {
  return new EcsTaskError('RefusedByAws', `Group ${group} may be neither larger nor smaller.`, {
    why: 'Attaching an instance makes it larger, and its replacement cannot go first.',
    evidence: {
      mend: `aws autoscaling attach-instances --auto-scaling-group-name ${group} --instance-ids ${outside.join(' ')}, once its maximum has been raised; or run ecs-task instances refresh again, which replaces it`,
    },
  })
}
