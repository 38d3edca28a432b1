/** Performs the steps of a stage, each as soon as what it needs has ended. */
import { abortController } from '../ground/abortController.ts'
import { type Performing, type RunContext, type StepResult, performStep } from './performStep.ts'
import type { Stage } from './plan.ts'
import { isSuperseded } from './problem.ts'
import { sharedReads } from './sharedReads.ts'
import type { Step } from './step.ts'
import { takingTurns } from './turns.ts'
import type { Units } from './units.ts'

/** What came of a stage. */
interface StageResult {
  /** Of the steps that were begun, in the order in which they were. */
  readonly results: readonly StepResult[]
  /** The first that failed by itself, and not because the run was interrupted; none that ended only its class. */
  readonly failed: StepResult | undefined
}

/** What a failure ends: the whole stage or, where a run goes on without what fails, the steps of one class. */
interface Scope {
  readonly stop: AbortController
  /** Whether nothing more of it begins, while what has begun goes on. */
  isClosed: boolean
  readonly inside: RunContext
  readonly begun: Promise<StepResult>[]
}

/**
 * Performs the steps of a stage. Once one fails in a stage whose failures are undone, or the run is
 * interrupted, no other begins, and those that have begun are followed no longer; but where one is superseded they are followed to their
 * end whatever becomes of the others, because nobody else knows of them. With `units`, a failure ends the steps of its class and of those after it alone.
 */
export async function performStage(stage: Stage, context: RunContext, units?: Units): Promise<StageResult> {
  const [scopeOf, close] = scopes(stage, context, units)
  const begun: Promise<StepResult>[] = []
  let failed: StepResult | undefined
  const perform = async (step: Step, answered?: Performing['answered']): Promise<void> => {
    const scope = scopeOf(step)
    const { stop, inside, begun: ofScope } = scope
    if (scope.isClosed || stop.signal.aborted || isLeftOut(step)) return
    const performed = performStep(step, inside, { undoing: false, ...(answered && { answered }) })
    begun.push(performed)
    ofScope.push(performed)
    const result = await performed
    const { error } = result
    if (error === undefined) return
    const isOwn = error !== context.signal.reason && error !== stop.signal.reason
    const isOfUnit = stage.onFailure === 'undo' && step.units !== undefined && !context.signal.aborted
    if (isOwn && units && isOfUnit) units.fail(result, ofScope)
    else if (isOwn) failed ??= result
    if (stage.onFailure !== 'undo') return
    if (isSuperseded(error)) scope.isClosed = true
    else if (!scope.isClosed) stop.abort(error)
  }
  const isLeftOut = (step: Step): boolean => {
    const reason = units?.whyNot(step)
    if (reason === undefined) return false
    const { id, kind, subject, title } = step
    context.emit({ type: 'step.skipped', id, kind, subject, title, undoing: false, reason })
    return true
  }
  const inTurn = takingTurns(context)
  const needed = needsOf(stage)
  const ends = new Map<Step, Promise<void>>()
  const endOf = (step: Step): Promise<void> => {
    const end = ends.get(step) ?? begin(step)
    ends.set(step, end)
    return end
  }
  const begin = async (step: Step): Promise<void> => {
    await Promise.all(needed(step).map(endOf))
    const leave = await context.gate(step, { undoing: false })
    const performed = context.handlers[step.kind]?.headway
      ? inTurn(step, scopeOf(step).stop.signal, (answered) => perform(step, answered))
      : perform(step)
    await performed.finally(leave)
  }
  try {
    await Promise.all(stage.steps.map(endOf))
    return { results: await Promise.all(begun), failed }
  } finally {
    close()
  }
}

/** The scope of each step, and what ends them all: a class's own, so that its end cuts off no read of another. */
function scopes(stage: Stage, context: RunContext, units: Units | undefined): [(step: Step) => Scope, () => void] {
  const known = new Map<string | undefined, Scope>()
  const abort = (): void => known.forEach(({ stop }) => stop.abort(context.signal.reason))
  const scopeOf = ({ units: [unit] = [] }: Step): Scope => {
    const key = units && stage.onFailure === 'undo' ? unit : undefined
    const before = known.get(key)
    if (before) return before
    const stop = abortController()
    const inside = { ...context, signal: stop.signal, once: sharedReads(context.clock) }
    const scope = { stop, inside, begun: [], isClosed: false }
    if (context.signal.aborted) stop.abort(context.signal.reason)
    known.set(key, scope)
    return scope
  }
  context.signal.addEventListener('abort', abort)
  return [scopeOf, () => context.signal.removeEventListener('abort', abort)]
}
/** The steps that have to end before a step begins; where they do not go side by side, the one before. */
function needsOf({ steps, together }: Stage): (step: Step) => readonly Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const before = new Map(steps.map((step, index) => [step, steps.slice(Math.max(index - 1, 0), index)]))
  return (step) => (together ? (step.needs ?? []).flatMap((id) => byId.get(id) ?? []) : (before.get(step) ?? []))
}
