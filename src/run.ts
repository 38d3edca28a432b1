import { setMaxListeners } from 'node:events'
import { calls } from './aws.ts'
import { EcsTaskError } from './errors.ts'
import type { Outcome, Problem } from './events.ts'
import { type StepResult, performStep } from './performStep.ts'
import type { Plan, Stage } from './plan.ts'
import { problemOf } from './problem.ts'
import { servicePoller } from './following/servicePoller.ts'
import { Reference, type Step, resolve } from './step.ts'
import type { StepContext } from './stepKind.ts'

/** What a run is given: AWS, time and a listener, and when to give up. */
export interface RunOptions extends Pick<StepContext, 'aws' | 'clock' | 'emit' | 'timeout'> {
  /** Aborted with an `Interrupted` error when the run is to end; what was done is then put back. */
  readonly signal: AbortSignal
}

export interface RunResult {
  readonly outcome: Outcome
  readonly summary: string
  readonly problem?: Problem | undefined
  /** What is still not as it was, or not as it should be, each with the command that mends it. */
  readonly left: readonly string[]
}

type Context = StepContext & { readonly values: Map<string, string> }

/**
 * Performs a plan stage by stage. A failure in a stage that says so puts everything back that was done: services and
 * targets first and side by side, revisions last.
 */
export async function run(plan: Plan, { aws, clock, emit, timeout, signal }: RunOptions): Promise<RunResult> {
  const runId = `${clock.now().toString(36)}-${Math.floor(clock.random() * 2 ** 40).toString(36)}`
  const context: Context = {
    aws,
    clock,
    emit,
    timeout,
    signal,
    runId,
    values: new Map(),
    look: servicePoller(aws, clock),
  }
  const done: Step[] = []
  const left: string[] = []
  for (const stage of plan.stages) {
    if (stage.steps.length === 0) continue
    emit({ type: 'stage.started', title: stage.title, steps: stage.steps.map((step) => step.id) })
    const results = await performStage(stage, context)
    done.push(...results.filter((result) => result.acted).map((result) => result.step))
    const failed =
      results.find((result) => result.error !== undefined && result.error !== signal.reason) ??
      results.find((result) => result.error)
    if (failed && stage.onFailure === 'undo') return afterFailure(plan, failed.error, done, context)
    if (signal.aborted)
      return { outcome: 'interrupted', summary: `${plan.done}, but it was interrupted during: ${stage.title}.`, left }
    for (const { step, skipped, error } of results) {
      const why = skipped ?? (error === undefined ? undefined : problemOf(error).what)
      if (!why) continue
      const text = `${step.title}: ${why}`
      if (stage.onFailure === 'report' && error) left.push(`${text} ${mend(step, context)}`)
      else emit({ type: 'warning.raised', text })
    }
  }
  if (left.length > 0) return { outcome: 'halfDone', summary: `${plan.done}, but not everything could be done.`, left }
  return { outcome: 'succeeded', summary: `${plan.done}.`, left }
}

async function performStage(stage: Stage, context: Context): Promise<StepResult[]> {
  const stop = new AbortController()
  const abort = (): void => stop.abort(context.signal.reason)
  const inside = { ...context, signal: stop.signal }
  setMaxListeners(0, stop.signal)
  if (context.signal.aborted) abort()
  context.signal.addEventListener('abort', abort)
  const perform = async (step: Step): Promise<StepResult> => {
    const result = await performStep(step, inside, false)
    if (result.error !== undefined && stage.onFailure === 'undo') stop.abort(result.error)
    return result
  }
  try {
    if (stage.together) {
      const results = await Promise.all(stage.steps.map(perform))
      // The failure that stopped the others comes first: theirs is only its echo.
      return results.toSorted(
        (one, other) => Number(other.error === stop.signal.reason) - Number(one.error === stop.signal.reason),
      )
    }
    const results: StepResult[] = []
    for (const step of stage.steps) {
      if (stop.signal.aborted) break
      results.push(await perform(step))
    }
    return results
  } finally {
    context.signal.removeEventListener('abort', abort)
  }
}

async function afterFailure(plan: Plan, error: unknown, done: readonly Step[], context: Context): Promise<RunResult> {
  const problem = problemOf(error)
  const interrupted = context.signal.aborted && error === context.signal.reason
  if (context.aws.writes === 0) {
    return {
      outcome: interrupted ? 'interrupted' : 'refused',
      summary: `${plan.title} changed nothing.`,
      problem,
      left: [],
    }
  }
  if (error instanceof EcsTaskError && error.code === 'DeploymentSuperseded') {
    return { outcome: 'superseded', summary: `${plan.title} was superseded.`, problem, left: [] }
  }
  const left = await undo(done, problem, context)
  const restored = left.length === 0
  const summary = `${plan.title} ${interrupted ? 'was interrupted' : 'failed'}; ${restored ? 'everything is as it was' : 'NOT everything was put back'}.`
  return { outcome: interrupted ? 'interrupted' : restored ? 'restored' : 'halfDone', summary, problem, left }
}

/** Puts back what was done, newest first; tells what could not be. */
async function undo(done: readonly Step[], because: Problem, context: Context): Promise<string[]> {
  context.emit({ type: 'undo.started', because })
  const left: string[] = []
  // The wait that failed is over; the way back has a wait of its own, and a second Ctrl-C ends the process.
  const signal = new AbortController().signal
  setMaxListeners(0, signal)
  const inside = { ...context, signal }
  const perform = async (step: Step): Promise<void> => {
    if (lacksValue(step, context)) {
      left.push(`${step.title}: AWS did not answer whether it was made. Look for it and deregister it.`)
      return
    }
    const { error, skipped } = await performStep(step, inside, true)
    if (error || skipped) left.push(`${step.title}: ${skipped ?? problemOf(error).what} ${mend(step, context)}`)
  }
  const newestFirst = done.toReversed()
  const isLast = (step: Step): boolean => step.call.method === 'deregisterTaskDefinition'
  await Promise.all(
    newestFirst.map(async ({ undo: steps = [] }) => {
      for (const step of steps) if (!isLast(step)) await perform(step)
    }),
  )
  for (const { undo: steps = [] } of newestFirst) for (const step of steps) if (isLast(step)) await perform(step)
  context.emit({ type: 'undo.finished', restored: left.length === 0, left })
  return left
}

function lacksValue(step: Step, { values }: Context): boolean {
  return Object.values(step.call.input).some((value) => value instanceof Reference && !values.has(value.step))
}

/** The AWS CLI's command for a step that a person must now perform. */
function mend({ call }: Step, { values }: Context): string {
  const kebab = call.method.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const input = JSON.stringify(resolve(call.input, values)).replaceAll("'", String.raw`'\''`)
  return `Mend it with: aws ${calls[call.method].client} ${kebab} --cli-input-json '${input}'`
}
