/** SetDesiredCapacity: a group wants more, and that many more serve the cluster. */
import { EcsTaskError } from '../../ground/errors.ts'
import { followCapacity } from '../followCapacity.ts'
import type { Uncounted } from '../lacking.ts'
import { readGroup } from '../readGroup.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface SetDesiredCapacity extends StepKind {
  readonly name: 'setDesiredCapacity'
  readonly method: 'setDesiredCapacity'
  readonly subject: 'group'
  readonly params: { readonly cluster: string; readonly group: string; readonly by: number } & Uncounted
  readonly undo: 'restoreDesiredCapacity'
}

/** Raises what a group wants, and waits until so many more of its instances serve the cluster. */
export function raiseDesiredCapacity(
  of: Uncounted & {
    readonly cluster: string
    readonly group: string
    readonly batch: string
    /** What the group wants by then, as far as the plan knows. */
    readonly from: number
    readonly by: number
  },
  undo: UndoSteps<SetDesiredCapacity>,
): Step<SetDesiredCapacity> {
  const { cluster, group, batch, from, by, without, absent } = of
  return {
    kind: 'setDesiredCapacity',
    id: `setDesiredCapacity ${group}/${batch}`,
    title: `Raise ${group} by ${by} to ${from + by}`,
    subject: { type: 'group', group },
    call: { method: 'setDesiredCapacity', input: { AutoScalingGroupName: group, DesiredCapacity: from + by } },
    follow: 'capacity',
    params: { cluster, group, by, without, absent },
    undo,
  }
}

/** SetDesiredCapacity answers nothing: what the group wanted before goes with the answer, for the way back. */
type Raised = { readonly $metadata: object; readonly before?: number; readonly after?: number }

export const setDesiredCapacityHandler: StepHandler<SetDesiredCapacity> = {
  async perform(step, input, { aws, signal }) {
    const { group: name, by } = step.params
    // Scaling policies may have changed what the group wants since the plan was made: that is kept, and raised.
    const { DesiredCapacity: before = 0, MaxSize = 0 } = await readGroup(aws, name, signal)
    const after = before + by
    if (after > MaxSize) {
      throw new EcsTaskError('InProgressElsewhere', `Group ${name} has no room for ${by} more any longer.`, {
        why: `It wants ${before} by now, of at most ${MaxSize}.`,
        fix: 'Run this again: it plans with what it finds then.',
      })
    }
    const answer = await aws.call('setDesiredCapacity', { ...input, DesiredCapacity: after }, signal)
    return { answer: { ...answer, before, after } as typeof answer }
  },
  follow: (step, _answer, context) => followCapacity({ step: step.id, ...step.params }, context),
  yields: (answer: Raised) => (answer.before === undefined ? undefined : String(answer.before)),
  result: (answer: Raised) => (answer.after === undefined ? undefined : `${answer.after} instances`),
  undoPhase: 'shrink',
}
