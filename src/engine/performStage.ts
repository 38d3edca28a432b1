/** Performs the steps of a stage, each as soon as what it needs has ended. */
import { setMaxListeners } from 'node:events'
import { type Performing, type RunContext, type StepResult, performStep } from './performStep.ts'
import type { Stage } from './plan.ts'
import { sharedReads } from './sharedReads.ts'
import type { Step } from './step.ts'
import { shownSubject } from './subject.ts'

/** What came of a stage. */
interface StageResult {
  /** Of the steps that were begun, in the order in which they were. */
  readonly results: readonly StepResult[]
  /** The first that failed by itself, and not because the run was interrupted. */
  readonly failed: StepResult | undefined
}

/**
 * Performs the steps of a stage. Once one fails in a stage whose failures are undone, or the run is
 * interrupted, no other begins, and those that have begun are followed no longer.
 */
export async function performStage(stage: Stage, context: RunContext): Promise<StageResult> {
  const stop = new AbortController()
  const abort = (): void => stop.abort(context.signal.reason)
  const inside = { ...context, signal: stop.signal, once: sharedReads(context.clock) }
  setMaxListeners(0, stop.signal)
  if (context.signal.aborted) abort()
  context.signal.addEventListener('abort', abort)
  const begun: Promise<StepResult>[] = []
  let failed: StepResult | undefined
  const perform = async (step: Step, answered?: Performing['answered']): Promise<void> => {
    if (stop.signal.aborted) return
    const performed = performStep(step, inside, { undoing: false, ...(answered && { answered }) })
    begun.push(performed)
    const result = await performed
    const { error } = result
    if (error === undefined) return
    if (error !== context.signal.reason) failed ??= result
    if (stage.onFailure === 'undo') stop.abort(error)
  }
  const inTurn = takingTurns(inside)
  const needed = needsOf(stage)
  const ends = new Map<Step, Promise<void>>()
  const endOf = (step: Step): Promise<void> => {
    const end = ends.get(step) ?? begin(step)
    ends.set(step, end)
    return end
  }
  const begin = async (step: Step): Promise<void> => {
    await Promise.all(needed(step).map(endOf))
    if (context.handlers[step.kind]?.headway) await inTurn(step, (answered) => perform(step, answered))
    else await perform(step)
  }
  try {
    await Promise.all(stage.steps.map(endOf))
    return { results: await Promise.all(begun), failed }
  } finally {
    context.signal.removeEventListener('abort', abort)
  }
}

/** The steps that have to end before a step begins; where they do not go side by side, the one before. */
function needsOf({ steps, together }: Stage): (step: Step) => readonly Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const before = new Map(steps.map((step, index) => [step, steps.slice(Math.max(index - 1, 0), index)]))
  return (step) => (together ? (step.needs ?? []).flatMap((id) => byId.get(id) ?? []) : (before.get(step) ?? []))
}

/**
 * Has steps that want headway begin one after another; of those that are ready, in the order of what they are about. Two
 * runs over the same things then meet at the first of them, and whoever came last there comes last everywhere.
 */
function takingTurns({ clock, signal }: RunContext) {
  let ready: { readonly name: string; readonly begin: () => void }[] = []
  let isTaken = false
  const next = (): void => {
    const [first, ...later] = ready.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    if (isTaken || !first) return
    ready = later
    isTaken = true
    first.begin()
  }
  const pass = (): void => {
    isTaken = false
    next()
  }
  return async (step: Step, perform: (answered: Performing['answered']) => Promise<void>): Promise<void> => {
    await new Promise<void>((begin) => {
      ready.push({ name: shownSubject(step.subject), begin })
      // What became ready at the same moment stands in line by then.
      queueMicrotask(next)
    })
    let isAnswered = false
    try {
      await perform((headway) => {
        isAnswered = true
        if (headway === 0) pass()
        else clock.sleep(headway, signal).then(pass, pass)
      })
    } finally {
      if (!isAnswered) pass()
    }
  }
}
