/** DetachInstances: instances leave a group that has no room, which starts others. */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import { followCapacity } from '../followCapacity.ts'
import type { Uncounted } from '../lacking.ts'
import { isDetached } from '../fleet.ts'
import { readGroup } from '../readGroup.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DetachInstances extends StepKind {
  readonly name: 'detachInstances'
  readonly method: 'detachInstances'
  readonly subject: 'instances'
  readonly params: { readonly cluster: string; readonly group: string } & Uncounted
  readonly undo: 'attachInstances'
}

/** Detaches instances, at most 10, for which the group then starts others; waits until those serve the cluster. */
export function detachInstances(
  of: Uncounted & {
    readonly cluster: string
    readonly group: string
    readonly batch: string
    readonly instances: readonly string[]
    readonly names: string
  },
  undo: UndoSteps<DetachInstances>,
): Step<DetachInstances> {
  const { cluster, group, batch, instances, names, without, absent } = of
  return {
    kind: 'detachInstances',
    id: `detachInstances ${group}/${batch}`,
    title: `Detach ${names} from ${group}, which then starts others`,
    subject: { type: 'instances', group, instances: [...instances] },
    call: {
      method: 'detachInstances',
      input: { AutoScalingGroupName: group, InstanceIds: [...instances], ShouldDecrementDesiredCapacity: false },
    },
    follow: 'capacity',
    params: { cluster, group, without, absent },
    undo,
  }
}

/** The answer, and with it what the group wanted, which detaching does not change. */
type Detached = { readonly $metadata: object; readonly desired?: number }

export const detachInstancesHandler: StepHandler<DetachInstances> = {
  async perform(_step, input, { aws, signal }) {
    const name = input.AutoScalingGroupName ?? ''
    const group = await readGroup(aws, name, signal)
    const desired = group.DesiredCapacity ?? 0
    // Who has left the group meanwhile would have AWS refuse them all.
    const InstanceIds = inside(group, input.InstanceIds)
    if (InstanceIds.length === 0) return { answer: { $metadata: {}, desired } as { $metadata: object } }
    try {
      const answer = await aws.call('detachInstances', { ...input, InstanceIds }, signal)
      return { answer: { ...answer, desired } as typeof answer }
    } catch (error) {
      // A call that is sent again because its answer was lost is refused: it has had its effect.
      if (signal.aborted || inside(await readGroup(aws, name, signal), InstanceIds).length > 0) throw error
      return { answer: { $metadata: {}, desired } as { $metadata: object } }
    }
  },
  follow: (step, _answer, context) => followCapacity({ step: step.id, ...step.params }, context),
  yields: (answer: Detached) => (answer.desired === undefined ? undefined : String(answer.desired)),
}

/** The instances that are in the group and not on their way out of it. */
function inside({ Instances = [] }: AutoScalingGroup, ids: readonly string[] = []): string[] {
  const mine = Instances.filter((instance) => !isDetached(instance))
  return ids.filter((id) => mine.some(({ InstanceId }) => InstanceId === id))
}
