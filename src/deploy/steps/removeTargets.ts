import type { EventTarget } from '../../definition/definition.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'
import { untilAllTaken } from '../targets.ts'

/** Takes targets off a rule that were not there before. */
export function removeTargets(
  id: string,
  rule: Omit<EventTarget, 'Targets'>,
  ids: readonly string[],
): Step<'removeTargets'> {
  const { Rule, EventBusName } = rule
  return {
    id: `remove ${id}`,
    title: `Remove the targets of rule ${Rule} that were not there: ${ids.join(', ')}`,
    call: { method: 'removeTargets', input: { Rule, ...(EventBusName && { EventBusName }), Ids: [...ids] } },
  }
}

export const removeTargetsKind: StepKind<'removeTargets'> = {
  async perform(_step, input, context) {
    const { aws, signal } = context
    const of = { rule: input.Rule, entries: input.Ids ?? [], idOf: (id: string) => id }
    return {
      answer: await untilAllTaken(of, (Ids) => aws.call('removeTargets', { ...input, Ids: [...Ids] }, signal), context),
    }
  },
}
