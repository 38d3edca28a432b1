/** SetDesiredCapacity: raises a group's desired capacity and waits until that many more instances serve the cluster. */
import type { Output } from '../../aws/aws.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { activityIds } from '../failedLaunches.ts'
import { type Uncounted, followCapacity } from '../followCapacity.ts'
import { instancesOf, weightOfAll } from '../fleet.ts'
import { gone } from '../gone.ts'
import { checkOurs } from '../heartbeat.ts'
import { readGroup } from '../observeInstances.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface SetDesiredCapacity extends StepKind {
  readonly name: 'setDesiredCapacity'
  readonly method: 'setDesiredCapacity'
  readonly subject: 'group'
  readonly params: { readonly cluster: string; readonly group: string; readonly by: number } & Uncounted
  readonly undo: 'restoreDesiredCapacity'
}

/** `undo` is given the step's id, under which it finds the desired capacity that was raised. */
export function raiseDesiredCapacity(
  of: Uncounted & {
    readonly cluster: string
    readonly group: string
    readonly batch: string
    /** The desired capacity by then, as far as the plan knows. */
    readonly from: number
    readonly by: number
  },
  undo: (id: string) => UndoSteps<SetDesiredCapacity>,
): Step<SetDesiredCapacity> {
  const { cluster, group, batch, from, by, without, absent } = of
  const id = `setDesiredCapacity ${group}/${batch}`
  return {
    kind: 'setDesiredCapacity',
    id,
    title: `Raise ${group} by ${by} to ${from + by}`,
    subject: { type: 'group', group },
    call: { method: 'setDesiredCapacity', input: { AutoScalingGroupName: group, DesiredCapacity: from + by } },
    follow: 'capacity',
    params: { cluster, group, by, without, absent },
    undo: undo(id),
  }
}

/** SetDesiredCapacity answers nothing: its handler adds the desired capacity before, which the rollback needs, and after, what
 * the group had tried before, and how many of the leaving instances were gone already. */
type Raised = Output<'setDesiredCapacity'> & {
  readonly before?: number
  readonly after?: number
  readonly known?: readonly string[]
  readonly missing?: number
}

export const setDesiredCapacityHandler: StepHandler<SetDesiredCapacity> = {
  async perform(step, input, { aws, signal, values }) {
    const { group: name, without } = step.params
    const group = await readGroup(aws, name, signal)
    checkOurs(group, values)
    const leaving = instancesOf(group).filter(({ InstanceId = '' }) => without.includes(InstanceId))
    const by = without.length > 0 ? Math.min(step.params.by, weightOfAll(leaving)) : step.params.by
    const missing = without.length - leaving.length
    if (by === 0) return { answer: { $metadata: {}, missing } satisfies Raised, notNeeded: gone }
    // Scaling policies may have changed the desired capacity since the plan was made: their value is raised.
    const { DesiredCapacity: before = 0, MaxSize = 0 } = group
    const after = before + by
    if (after > MaxSize) {
      throw new EcsTaskError('InProgressElsewhere', `Group ${name} no longer has room for ${by} more.`, {
        why: `It wants ${before} by now, of at most ${MaxSize}.`,
        fix: 'Run this again to plan anew.',
      })
    }
    const known = await activityIds(aws, name, signal)
    const sent = await aws.call('setDesiredCapacity', { ...input, DesiredCapacity: after }, signal)
    const answer: Raised = { ...sent, before, after, known, missing }
    return { answer }
  },
  follow: (step, { known = [] }: Raised, context) => followCapacity({ step: step.id, ...step.params, known }, context),
  yields: ({ before, after, missing = 0 }: Raised) => ({
    missing: String(missing),
    ...(before !== undefined && { before: String(before), after: String(after) }),
  }),
  result: (answer: Raised) => (answer.after === undefined ? undefined : `${answer.after} instances`),
  undoPhase: 'shrink',
}
