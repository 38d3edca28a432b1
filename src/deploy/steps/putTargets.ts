import type { Target } from '@aws-sdk/client-eventbridge'
import type { EventTarget, RuleTarget } from '../../definition/definition.ts'
import type { Planned, Reference, Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'
import { untilAllTaken } from '../targets.ts'

/** What EventBridge takes in one request. */
export const mostTargets = 10

/** Points a rule's targets at a revision: every target with `EcsParameters` gets it, every other goes as declared. */
export function putTargets(
  id: string,
  eventTarget: EventTarget,
  revision: string | Reference,
  undo: readonly Step[],
): Step<'putTargets'> {
  const { Targets, ...rule } = eventTarget
  return {
    id,
    title: `Set the targets of rule ${rule.Rule}: ${Targets.map((target) => target.Id).join(', ')}`,
    call: { method: 'putTargets', input: { ...rule, Targets: Targets.map((target) => pointed(target, revision)) } },
    undo,
  }
}

/** Puts targets back exactly as they were observed. */
export function restoreTargets(
  id: string,
  rule: Omit<EventTarget, 'Targets'>,
  targets: readonly Target[],
): Step<'putTargets'> {
  return {
    id: `restore ${id}`,
    title: `Put the targets of rule ${rule.Rule} back: ${targets.map((target) => target.Id).join(', ')}`,
    call: { method: 'putTargets', input: { ...rule, Targets: [...targets] } },
  }
}

export const putTargetsKind: StepKind<'putTargets'> = {
  async perform(_step, input, context) {
    const { aws, signal } = context
    const of = { rule: input.Rule, entries: input.Targets ?? [], idOf: (target: Target) => target.Id }
    return {
      answer: await untilAllTaken(
        of,
        (Targets) => aws.call('putTargets', { ...input, Targets: [...Targets] }, signal),
        context,
      ),
    }
  },
}

function pointed(target: RuleTarget, revision: string | Reference): Planned<Target> {
  const { EcsParameters } = target
  return {
    ...target,
    ...(EcsParameters && { EcsParameters: { ...EcsParameters, TaskDefinitionArn: revision } }),
  } as Planned<Target>
}
