/** PutTargets: the targets of a rule, and their way back. */
import type { Target } from '@aws-sdk/client-eventbridge'
import type { EventTarget, RuleTarget } from '../../definition/definition.ts'
import type { Planned, Reference, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import type { SubjectOf } from '../../engine/subject.ts'
import { startsOf } from '../starters/starts.ts'
import { untilAllTaken } from '../starters/targets.ts'

export interface PutTargets extends StepKind {
  readonly name: 'putTargets'
  readonly method: 'putTargets'
  readonly subject: 'rule'
  readonly undo: 'putTargets' | 'removeTargets'
}

/** What EventBridge takes in one request. */
export const mostTargets = 10

/**
 * Points a rule's targets at a revision: every target with `EcsParameters` gets it, every other goes as it is given.
 */
export function putTargets(
  id: string,
  { Targets: given, ...rule }: EventTarget,
  { revision, undo }: { readonly revision: string | Reference; readonly undo: UndoSteps<PutTargets> },
): Step<PutTargets> {
  const Targets = given.map((target) => pointed(target, revision))
  return {
    kind: 'putTargets',
    id,
    title: `Set the targets of rule ${rule.Rule}: ${given.map((target) => target.Id).join(', ')}`,
    subject: subjectOf(rule, given),
    call: { method: 'putTargets', input: { ...rule, Targets } },
    starts: given.flatMap((target) => startsOf(target) ?? []),
    undo,
  }
}

/** Puts targets back exactly as they were observed. */
export function restoreTargets(
  id: string,
  rule: Omit<EventTarget, 'Targets'>,
  targets: readonly Target[],
): Step<PutTargets> {
  return {
    kind: 'putTargets',
    id: `restore ${id}`,
    title: `Put the targets of rule ${rule.Rule} back: ${targets.map((target) => target.Id).join(', ')}`,
    subject: subjectOf(rule, targets),
    call: { method: 'putTargets', input: { ...rule, Targets: [...targets] } },
  }
}

export const putTargetsHandler: StepHandler<PutTargets> = {
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

function subjectOf(
  { Rule, EventBusName = 'default' }: Omit<EventTarget, 'Targets'>,
  targets: readonly { readonly Id?: string | undefined }[],
): SubjectOf<'rule'> {
  return { type: 'rule', bus: EventBusName, rule: Rule, targets: targets.map(({ Id = '' }) => Id) }
}

function pointed(target: RuleTarget, revision: string | Reference): Planned<Target> {
  const { EcsParameters } = target
  return {
    ...target,
    ...(EcsParameters && { EcsParameters: { ...EcsParameters, TaskDefinitionArn: revision } }),
  } as Planned<Target>
}
