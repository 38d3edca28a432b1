import { EcsTaskError } from '../../ground/errors.ts'
import { followCapacity } from '../followCapacity.ts'
import type { Uncounted } from '../lacking.ts'
import { readGroup } from '../readGroup.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

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
  undo: readonly Step[],
): Step<'setDesiredCapacity'> {
  const { cluster, group, batch, from, by, without, absent } = of
  return {
    id: `setDesiredCapacity ${group}/${batch}`,
    title: `Raise ${group} by ${by} to ${from + by}`,
    call: { method: 'setDesiredCapacity', input: { AutoScalingGroupName: group, DesiredCapacity: from + by } },
    follow: 'capacity',
    facts: { cluster, group, by, without, absent },
    undo,
  }
}

/** SetDesiredCapacity answers nothing: what the group wanted before goes with the answer, for the way back. */
type Raised = { readonly $metadata: object; readonly before?: number; readonly after?: number }

export const setDesiredCapacityKind: StepKind<'setDesiredCapacity'> = {
  async perform(step, input, { aws, signal }) {
    const { group: name, by } = step.facts as { group: string; by: number }
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
  follow: (step, _answer, context) =>
    followCapacity(
      { step: step.id, ...(step.facts as unknown as Uncounted & { cluster: string; group: string }) },
      context,
    ),
  yields: (answer: Raised) => (answer.before === undefined ? undefined : String(answer.before)),
  result: (answer: Raised) => (answer.after === undefined ? undefined : `${answer.after} instances`),
}
