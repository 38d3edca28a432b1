/** The order in which things are put back, or taken away: nothing goes while something else needs it. */
import { type HandlerTable, type UndoPhase, undoPhases } from './stepHandler.ts'
import type { Step } from './step.ts'

/** The steps by phase: those of one phase may go side by side, and each phase after the one before. */
export function undoOrder<S extends Step>(steps: readonly S[], handlers: HandlerTable): S[][] {
  const phaseOf = ({ kind }: S): UndoPhase => handlers[kind]?.undoPhase ?? 'restore'
  return undoPhases.map((phase) => steps.filter((step) => phaseOf(step) === phase))
}

/** What of the way back of a step has its turn in one phase. */
export interface WayBack {
  readonly of: Step
  readonly steps: readonly Step[]
}

/** The ways back of steps by phase, and in each phase those of what was begun last first. */
export function waysBack(done: readonly Step[], handlers: HandlerTable): WayBack[][] {
  const newestFirst = done.toReversed().map((of) => ({ of, phases: undoOrder(of.undo ?? [], handlers) }))
  return undoPhases.map((_, phase) => newestFirst.map(({ of, phases }) => ({ of, steps: phases[phase] ?? [] })))
}
