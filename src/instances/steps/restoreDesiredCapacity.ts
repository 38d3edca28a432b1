/** The way back of SetDesiredCapacity: what is too many goes, drained. */
import { takeAway } from '../takeAway.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface RestoreDesiredCapacity extends StepKind {
  readonly name: 'restoreDesiredCapacity'
  readonly method: 'setDesiredCapacity'
  readonly subject: 'group'
  readonly params: Omit<Restoration, 'batch' | 'desired'>
}

/** What a group is brought back to, and whose way back it is. */
export interface Restoration {
  readonly cluster: string
  readonly group: string
  readonly batch: string
  readonly desired: number
  /** The EC2 instances that are not to go, by id. */
  readonly keep: readonly string[]
  /** The step that this undoes: what the group wanted before it counts, should that be another number by then. */
  readonly restores?: string
  /** Terminations, by step id: there is something to do only where somebody else came before one of them. */
  readonly onlyAfter?: readonly string[]
}

/** Takes away, drained, what a group has beyond what it is to want. */
export function restoreDesiredCapacity(of: Restoration): Step<RestoreDesiredCapacity> {
  const { cluster, group, batch, desired, keep, restores, onlyAfter } = of
  return {
    kind: 'restoreDesiredCapacity',
    id: `restoreDesiredCapacity ${group}/${batch}`,
    title: `Bring ${group} back to ${desired}`,
    subject: { type: 'group', group },
    call: { method: 'setDesiredCapacity', input: { AutoScalingGroupName: group, DesiredCapacity: desired } },
    // SetDesiredCapacity alone would leave it to the group who goes, with all its tasks.
    mend: `ecs-task instances refresh --cluster ${cluster} --asg ${group}, which goes on from there and drains who goes`,
    params: { cluster, group, keep, ...(restores !== undefined && { restores }), ...(onlyAfter && { onlyAfter }) },
  }
}

export const restoreDesiredCapacityHandler: StepHandler<RestoreDesiredCapacity> = {
  async perform(step, input, context) {
    const { restores, onlyAfter, ...surplus } = step.params
    const before = restores === undefined ? undefined : context.values.get(restores)
    const desired = before === undefined ? (input.DesiredCapacity ?? 0) : Number(before)
    if (onlyAfter && !onlyAfter.some((id) => context.values.has(id))) return { answer: { $metadata: {} } }
    await takeAway({ ...surplus, step: step.id, desired }, context)
    return { answer: { $metadata: {} } }
  },
  undoPhase: 'shrink',
}
