/** The order in which things are put back, or taken away: nothing goes while something else needs it. */
import type { HandlerTable } from './stepHandler.ts'
import type { Step } from './step.ts'

/** When a step has its turn on the way back; each handler says which phase is its own. */
export const undoPhases = [
  /** What leads traffic is led back first: a service is refused a target group that no listener leads to. */
  'reroute',
  /** Whatever is not named here. */
  'restore',
  /** What was deleted is made again once what took its name and its place is gone. */
  'recreate',
  /** What leads traffic to something goes before it. */
  'unroute',
  /** What services need goes after them. */
  'dismantle',
  /** What the former stand in. */
  'vacate',
  /** A revision goes once nothing runs it. */
  'deregister',
  /** A replacement goes once the instance that it was for takes tasks again. */
  'shrink',
  /** What a second run would find its way by goes last. */
  'forget',
] as const

export type UndoPhase = (typeof undoPhases)[number]

/** The steps by phase: those of one phase may go side by side, and each phase after the one before. */
export function undoOrder<S extends Step>(steps: readonly S[], handlers: HandlerTable): S[][] {
  const phaseOf = ({ kind }: S): UndoPhase => handlers[kind]?.undoPhase ?? 'restore'
  return undoPhases.map((phase) => steps.filter((step) => phaseOf(step) === phase))
}
