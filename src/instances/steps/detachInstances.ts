/** DetachInstances: detaches instances, at most 10, and waits until their replacements serve the cluster. */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Output } from '../../aws/aws.ts'
import { activityIds } from '../failedLaunches.ts'
import { type Uncounted, followCapacity } from '../followCapacity.ts'
import { isDetached } from '../fleet.ts'
import { gone } from '../gone.ts'
import { checkOurs } from '../heartbeat.ts'
import { readGroup } from '../observeInstances.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DetachInstances extends StepKind {
  readonly name: 'detachInstances'
  readonly method: 'detachInstances'
  readonly subject: 'instances'
  readonly params: { readonly cluster: string; readonly group: string } & Uncounted
  readonly undo: 'attachInstances'
}

/** `undo` is given the step's id, under which it finds the group's desired capacity. */
export function detachInstances(
  of: Uncounted & {
    readonly cluster: string
    readonly group: string
    readonly batch: string
    readonly instances: readonly string[]
    readonly names: string
  },
  undo: (id: string) => UndoSteps<DetachInstances>,
): Step<DetachInstances> {
  const { cluster, group, batch, instances, names, without, absent } = of
  const id = `detachInstances ${group}/${batch}`
  return {
    kind: 'detachInstances',
    id,
    title: `Detach ${names} from ${group}, which then starts others`,
    subject: { type: 'instances', group, instances: [...instances] },
    call: {
      method: 'detachInstances',
      input: { AutoScalingGroupName: group, InstanceIds: [...instances], ShouldDecrementDesiredCapacity: false },
    },
    follow: 'capacity',
    params: { cluster, group, without, absent },
    undo: undo(id),
  }
}

/**
 * The answer with the group's desired capacity, which detaching does not change, what the group had tried before, and how many of the
 * instances were gone already.
 */
type Detached = Output<'detachInstances'> & {
  readonly desired?: number
  readonly known?: readonly string[]
  readonly missing?: number
}

export const detachInstancesHandler: StepHandler<DetachInstances> = {
  async perform(_step, input, { aws, signal, values }) {
    const name = input.AutoScalingGroupName ?? ''
    const group = await readGroup(aws, name, signal)
    checkOurs(group, values)
    const desired = group.DesiredCapacity ?? 0
    // AWS refuses the whole call if one of them has left the group meanwhile.
    const InstanceIds = inside(group, input.InstanceIds)
    const missing = (input.InstanceIds ?? []).length - InstanceIds.length
    if (InstanceIds.length === 0) return { answer: { $metadata: {}, missing } satisfies Detached, notNeeded: gone }
    const known = await activityIds(aws, name, signal)
    const nothing: Detached = { $metadata: {}, desired, known, missing }
    try {
      const sent = await aws.call('detachInstances', { ...input, InstanceIds }, signal)
      return { answer: { ...nothing, ...sent } }
    } catch (error) {
      // AWS refuses a call that is sent again because its answer was lost: the first one had its effect.
      if (signal.aborted || inside(await readGroup(aws, name, signal), InstanceIds).length > 0) throw error
      return { answer: nothing }
    }
  },
  follow: (step, { known = [] }: Detached, context) =>
    followCapacity({ step: step.id, ...step.params, known }, context),
  yields: ({ desired, missing = 0 }: Detached) => ({
    missing: String(missing),
    ...(desired !== undefined && { desired: String(desired) }),
  }),
}

/** The instances that are in the group, and neither on their way out of it nor being terminated. */
function inside({ Instances = [] }: AutoScalingGroup, ids: readonly string[] = []): string[] {
  const mine = Instances.filter((instance) => !isDetached(instance) && !instance.LifecycleState?.startsWith('Terminat'))
  return ids.filter((id) => mine.some(({ InstanceId }) => InstanceId === id))
}
