/** Undoes SetDesiredCapacity: drains and terminates the instances that are too many. */
import { goOn } from '../goOn.ts'
import { readGroup } from '../observeInstances.ts'
import { scaleIn } from '../scaleIn.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

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
  /** The id of the step that this undoes: the desired capacities that it yields count more than `desired`. */
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
    mend: goOn(cluster, group),
    params: { cluster, group, keep, ...(restores !== undefined && { restores }), ...(onlyAfter && { onlyAfter }) },
  }
}

export const restoreDesiredCapacityHandler: StepHandler<RestoreDesiredCapacity> = {
  async perform(step, input, context) {
    const { restores, onlyAfter, ...surplus } = step.params
    const { group } = surplus
    const answer = { $metadata: {} }
    if (onlyAfter && !onlyAfter.some((id) => context.values.has(id))) {
      return { answer, notNeeded: 'nobody else has terminated an instance' }
    }
    const raised = restores === undefined ? undefined : context.values.get(restores)
    const { before, after } = typeof raised === 'object' ? raised : {}
    const least = Number(before ?? input.DesiredCapacity)
    // What somebody else has added since is theirs.
    const added = after === undefined ? 0 : await addedTo(Number(after), group, context)
    const capacity = await scaleIn({ ...surplus, step: step.id, desired: least + added }, context)
    if (capacity.after > least) return { skipped: `${group} wants ${capacity.after} by now, or still has as many` }
    return { answer, notNeeded: capacity.before > least ? undefined : `${group} wants ${capacity.before}` }
  },
  undoPhase: 'shrink',
}

/** By how much a group wants more than it was told to. */
async function addedTo(desired: number, group: string, { aws, signal }: StepContext): Promise<number> {
  const { DesiredCapacity = 0 } = await readGroup(aws, group, signal)
  return Math.max(0, DesiredCapacity - desired)
}
