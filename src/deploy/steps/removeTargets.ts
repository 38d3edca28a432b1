/** RemoveTargets: takes targets off a rule. */
import type { EventTarget } from '../../definition/definition.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { untilAllTaken } from '../starters/targets.ts'

export interface RemoveTargets extends StepKind {
  readonly name: 'removeTargets'
  readonly method: 'removeTargets'
  readonly subject: 'rule'
}

/** Takes targets off a rule that were not there before. */
export function removeTargets(
  id: string,
  rule: Omit<EventTarget, 'Targets'>,
  ids: readonly string[],
): Step<RemoveTargets> {
  const { Rule, EventBusName } = rule
  return {
    kind: 'removeTargets',
    id: `remove ${id}`,
    title: `Remove the targets of rule ${Rule} that did not exist before: ${ids.join(', ')}`,
    subject: { type: 'rule', bus: EventBusName ?? 'default', rule: Rule, targets: ids },
    call: { method: 'removeTargets', input: { Rule, ...(EventBusName && { EventBusName }), Ids: [...ids] } },
  }
}

export const removeTargetsHandler: StepHandler<RemoveTargets> = {
  async perform(_step, input, context) {
    const { aws, signal } = context
    const of = { rule: input.Rule, entries: input.Ids ?? [], idOf: (id: string) => id }
    return {
      answer: await untilAllTaken(of, (Ids) => aws.call('removeTargets', { ...input, Ids: [...Ids] }, signal), context),
    }
  },
}
