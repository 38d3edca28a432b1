import { type Surplus, takeAway } from '../takeAway.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

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
export function restoreDesiredCapacity(of: Restoration): Step<'setDesiredCapacity'> {
  const { cluster, group, batch, desired, keep, restores, onlyAfter } = of
  return {
    id: `restoreDesiredCapacity ${group}/${batch}`,
    title: `Bring ${group} back to ${desired}`,
    call: { method: 'setDesiredCapacity', input: { AutoScalingGroupName: group, DesiredCapacity: desired } },
    kind: 'restoreDesiredCapacity',
    // SetDesiredCapacity alone would leave it to the group who goes, with all its tasks.
    mend: `ecs-task instances refresh --cluster ${cluster} --asg ${group}, which goes on from there and drains who goes`,
    facts: { cluster, group, keep, ...(restores !== undefined && { restores }), ...(onlyAfter && { onlyAfter }) },
  }
}

export const restoreDesiredCapacityKind: StepKind<'setDesiredCapacity'> = {
  async perform(step, input, context) {
    const { restores, onlyAfter, ...facts } = step.facts as unknown as Omit<Surplus, 'step' | 'desired'> & Restoration
    const before = restores === undefined ? undefined : context.values.get(restores)
    const desired = before === undefined ? (input.DesiredCapacity ?? 0) : Number(before)
    if (onlyAfter && !onlyAfter.some((id) => context.values.has(id))) return { answer: { $metadata: {} } }
    await takeAway({ ...facts, step: step.id, desired }, context)
    return { answer: { $metadata: {} } }
  },
}
