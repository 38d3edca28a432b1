/** RegisterScalableTarget: between how many tasks a service scales. */
import type { Input } from '../../aws/aws.ts'
import { type TargetName, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface RegisterScalableTarget extends StepKind {
  readonly name: 'registerScalableTarget'
  readonly method: 'registerScalableTarget'
  readonly subject: 'scalableTarget'
  readonly undo: 'registerScalableTarget' | 'deregisterScalableTarget'
}

/** The fewest and the most tasks, and what is suspended; what is left out stays as it is. */
export type Range = Pick<Input<'registerScalableTarget'>, 'MinCapacity' | 'MaxCapacity' | 'SuspendedState'>

/** Undone by the range `before`, or, where there was no target, by `undo`. */
export function registerScalableTarget(
  of: TargetName,
  range: { readonly before: Range | undefined; readonly after: Range },
  { changes, undo }: { readonly changes: readonly string[]; readonly undo: UndoSteps<RegisterScalableTarget> },
): Step<RegisterScalableTarget> {
  const { before, after } = range
  const service = serviceIn(of)
  const stepOf = (id: string, title: string, to: Range): Step<RegisterScalableTarget> => ({
    kind: 'registerScalableTarget',
    id,
    title,
    subject: { type: 'scalableTarget', name: service },
    call: { method: 'registerScalableTarget', input: { ...of, ...to } },
  })
  const id = `registerScalableTarget ${service}`
  const title = before ? `Change how far ${service} scales` : `Register ${service} for auto scaling`
  return {
    ...stepOf(id, title, after),
    changes,
    undo: before ? [stepOf(`${id} back`, `${title} back`, before)] : undo,
  }
}

export const registerScalableTargetHandler: StepHandler<RegisterScalableTarget> = {
  perform: sends('registerScalableTarget'),
  undoPhase: 'reroute',
}
