/** Performs a plan stage by stage, and decides what a failure means. */
import { whenAborted } from '../ground/clock.ts'
import { afterFailure, endedAtOnce, giveUp } from './afterFailure.ts'
import { endedInPart, partlyDone } from './fleetEnding.ts'
import { gate } from './gate.ts'
import { performStage } from './performStage.ts'
import { type RunContext, aboutStep } from './performStep.ts'
import type { Plan, Stage } from './plan.ts'
import { problemOf } from './problem.ts'
import type { OnFailure, RunResult } from './result.ts'
import type { Step } from './step.ts'
import type { HandlerTable, StepContext } from './stepHandler.ts'
import { sharedReads } from './sharedReads.ts'
import { summaryOf } from './summary.ts'
import { mend } from './undo.ts'
import { type Units, unitsOf } from './units.ts'

/** What a run is given: AWS, time and a listener, how to perform steps, and when to give up. */
interface RunOptions extends Omit<StepContext, 'values' | 'began' | 'once' | 'noteLeftover' | 'remarks'> {
  readonly handlers: HandlerTable
  readonly onFailure: OnFailure
  /** How many steps that follow a deployment may go on at one time; absent: any number. */
  readonly maxInFlight?: number | undefined
  /** Takes the secrets out of what is shown. */
  readonly redact: <T>(value: T) => T
  /** The names of all classes of the program, also of those that the run leaves alone. */
  readonly classes?: readonly string[]
  /** Aborted when the run is to end at once: nothing more is put back, and what is half done is named. */
  readonly atOnce?: AbortSignal
}

/**
 * Performs a plan stage by stage. A failure in a stage that says so ends it, and then `onFailure` decides; `atOnce` ends
 * it whatever it does.
 */
export async function run(plan: Plan, { onFailure, atOnce, maxInFlight, ...options }: RunOptions): Promise<RunResult> {
  const { clock } = options
  const leftovers: string[] = []
  const context: RunContext = {
    classes: [],
    ...options,
    values: new Map(),
    begun: new Map(),
    gate: gate(maxInFlight),
    began: clock.now(),
    once: sharedReads(clock),
    remarks: [],
    noteLeftover: (what) => void (leftovers.includes(what) || leftovers.push(what)),
  }
  const units = unitsOf(plan, context, (failure) => giveUp(failure, context, onFailure))
  const performed = performPlan(plan, context, { onFailure, leftovers, units })
  if (!atOnce) return performed
  const cutOff = whenAborted(atOnce).then((reason) => endedAtOnce(plan, context, { reason, leftovers, units }))
  return Promise.race([performed, cutOff])
}

/** What is done on failure, what is left over in any case, and what has become of the classes. */
interface Afterwards {
  readonly onFailure: OnFailure
  readonly leftovers: readonly string[]
  readonly units: Units | undefined
}

async function performPlan(plan: Plan, context: RunContext, afterwards: Afterwards): Promise<RunResult> {
  const { emit, signal } = context
  const { leftovers, units } = afterwards
  const left: string[] = []
  const settled = new Set<string>()
  let done: Step[] = []
  const stages = plan.stages.filter(({ steps }) => steps.length > 0)
  // Where the first stage is only reported, nothing was done before it.
  const isMain = (stage: Stage | undefined): boolean => stage === stages[0]
  for (const stage of stages) {
    // From here on nothing is put back any more.
    if (stage.onFailure !== 'undo') context.begun.clear()
    const begins = stage.steps.filter((step) => units?.whyNot(step) === undefined)
    if (begins.length > 0) emit({ type: 'stage.started', title: stage.title, steps: stage.steps.map(({ id }) => id) })
    const { results, failed } = await performStage(stage, context, units)
    units?.note(results)
    await units?.settled(signal)
    done.push(...results.filter((result) => result.acted).map((result) => result.step))
    const isComplete = results.length === stage.steps.length && results.every(({ error }) => error === undefined)
    if (isComplete) for (const id of stage.settles ?? []) settled.add(id)
    done = done.filter((step) => !settled.has(step.id) && units?.whyNot(step) === undefined)
    for (const step of context.begun.keys()) if (settled.has(step.id)) context.begun.delete(step)
    // A signal that comes while AWS has yet to answer the last call of a stage lets no step fail.
    if (stage.onFailure === 'undo' && (failed || signal.aborted)) {
      const of = { ...afterwards, done, isPartial: settled.size > 0 }
      return afterFailure(plan, failed ?? { error: signal.reason }, context, of)
    }
    for (const { step, skipped, error } of results.filter((one) => !units?.whyNot(one.step))) {
      const why = skipped ?? (error === undefined || error === signal.reason ? undefined : problemOf(error).what)
      if (!why) continue
      const text = `${step.title}: ${why}`
      if (stage.onFailure === 'report' && error) left.push(`${text} ${mend(step, aboutStep(step, context))}`)
      else emit({ type: 'warning.raised', text })
    }
    if (signal.aborted) {
      const begun = new Set(
        results.filter(({ acted, error }) => acted || error !== signal.reason).map(({ step }) => step),
      )
      const open = stage.onFailure === 'report' ? begins.filter((step) => !begun.has(step)) : []
      left.push(
        ...open.map((step) => `${step.title}: it was not started. ${mend(step, aboutStep(step, context))}`),
        ...leftovers,
      )
      const ending = isMain(stage) && left.length > 0 ? 'unfinished' : 'interruptedDuring'
      const { plan: told, seen, left: ofUnits } = partlyDone(plan, context, units)
      const ended = summaryOf(told, ending, { ...seen, during: stage.title, interrupted: true })
      return { ...ended, left: [...ofUnits, ...left] }
    }
  }
  if (units && units.givenUp.length > 0) return endedInPart(plan, context, { left, leftovers, units })
  for (const text of leftovers) emit({ type: 'warning.raised', text })
  const unfinished = isMain(stages.at(-1)) ? 'unfinished' : 'notEverything'
  return { ...summaryOf(plan, left.length > 0 ? unfinished : 'succeeded', context), left }
}
