/** Undoes SetDesiredCapacity: drains and terminates the instances that are too many. */
import { scaleIn } from '../scaleIn.ts'
import { ownCommand } from '../../ground/command.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface RestoreDesiredCapacity extends StepKind {
  readonly name: 'restoreDesiredCapacity'
  readonly method: 'setDesiredCapacity'
  readonly subject: 'group'
  readonly params: Omit<Restoration, 'batch' | 'desired'>
}

/** The desired capacity to restore, and of what. */
interface Restoration {
  readonly cluster: string
  readonly group: string
  readonly batch: string
  readonly desired: number
  /** The EC2 instances that are not terminated, by id. */
  readonly keep: readonly string[]
  /** The id of the step that this undoes: the desired capacity that it yields counts more than `desired`. */
  readonly restores?: string
  /** Terminations, by step id: there is something to do only if somebody else has terminated one of the instances. */
  readonly onlyAfter?: readonly string[]
}

export function restoreDesiredCapacity(of: Restoration): Step<RestoreDesiredCapacity> {
  const { cluster, group, batch, desired, keep, restores, onlyAfter } = of
  return {
    kind: 'restoreDesiredCapacity',
    id: `restoreDesiredCapacity ${group}/${batch}`,
    title: `Bring ${group} back to ${desired}`,
    subject: { type: 'group', group },
    call: { method: 'setDesiredCapacity', input: { AutoScalingGroupName: group, DesiredCapacity: desired } },
    // With SetDesiredCapacity alone the group would choose which instances it terminates, with all their tasks.
    mend: ownCommand('ecs-task', 'instances refresh', { cluster, asg: group }),
    params: { cluster, group, keep, ...(restores !== undefined && { restores }), ...(onlyAfter && { onlyAfter }) },
  }
}

export const restoreDesiredCapacityHandler: StepHandler<RestoreDesiredCapacity> = {
  async perform(step, input, context) {
    const { restores, onlyAfter, ...surplus } = step.params
    const before = restores === undefined ? undefined : context.values.get(restores)
    const desired = before === undefined ? (input.DesiredCapacity ?? 0) : Number(before)
    if (onlyAfter && !onlyAfter.some((id) => context.values.has(id))) return { answer: { $metadata: {} } }
    await scaleIn({ ...surplus, step: step.id, desired }, context)
    return { answer: { $metadata: {} } }
  },
  undoPhase: 'shrink',
}
