/** The order in which things are put back, or taken away: nothing goes while something else needs it. */
import { type HandlerTable, type UndoPhase, undoPhases } from './stepHandler.ts'
import type { Step } from './step.ts'

/** The steps by phase: those of one phase may go side by side, and each phase after the one before. */
export function undoOrder<S extends Step>(steps: readonly S[], handlers: HandlerTable): S[][] {
  const phaseOf = ({ kind }: S): UndoPhase => handlers[kind]?.undoPhase ?? 'restore'
  return undoPhases.map((phase) => steps.filter((step) => phaseOf(step) === phase))
}
