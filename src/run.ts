import { setMaxListeners } from 'node:events'
import { EcsTaskError } from './errors.ts'
import type { Outcome, Problem } from './events.ts'
import { servicePoller } from './following/servicePoller.ts'
import { stopDeployments } from './following/stopDeployments.ts'
import { type StepResult, performStep } from './performStep.ts'
import type { Plan, Stage } from './plan.ts'
import { problemOf } from './problem.ts'
import type { Step } from './step.ts'
import type { StepContext } from './stepKind.ts'
import { mend, undo, undoByHand } from './undo.ts'

/** What becomes of what was done when something fails: it is put back, it is left, or what still goes on is stopped. */
export type OnFailure = 'rollback' | 'leave' | 'stop'

/** What a run is given: AWS, time and a listener, and when to give up. */
export interface RunOptions extends Omit<StepContext, 'values' | 'look' | 'began' | 'leave'> {
  readonly onFailure: OnFailure
}

export interface RunResult {
  readonly outcome: Outcome
  readonly summary: string
  readonly problem?: Problem | undefined
  /** What is still not as it was, or not as it should be, each with the command that mends it. */
  readonly left: readonly string[]
}

type Context = StepContext & { readonly values: Map<string, string> }

/** Performs a plan stage by stage. A failure in a stage that says so ends it, and then `onFailure` decides. */
export async function run(plan: Plan, { onFailure, ...options }: RunOptions): Promise<RunResult> {
  const { aws, clock, emit, signal } = options
  const left: string[] = []
  const behind: string[] = []
  const context: Context = {
    ...options,
    values: new Map(),
    look: servicePoller(aws, clock),
    began: clock.now(),
    leave: (what) => void (behind.includes(what) || behind.push(what)),
  }
  const done: Step[] = []
  for (const stage of plan.stages) {
    if (stage.steps.length === 0) continue
    emit({ type: 'stage.started', title: stage.title, steps: stage.steps.map((step) => step.id) })
    const results = await performStage(stage, context)
    done.push(...results.filter((result) => result.acted).map((result) => result.step))
    const failed =
      results.find((result) => result.error !== undefined && result.error !== signal.reason) ??
      results.find((result) => result.error)
    if (stage.onFailure === 'undo' && (failed || signal.aborted)) {
      // A signal that comes while AWS has yet to answer the last call of a stage lets no step fail.
      return afterFailure(plan, failed ?? { error: signal.reason }, done, context, { onFailure, behind })
    }
    for (const { step, skipped, error } of results) {
      const why = skipped ?? (error === undefined || error === signal.reason ? undefined : problemOf(error).what)
      if (!why) continue
      const text = `${step.title}: ${why}`
      if (stage.onFailure === 'report' && error) left.push(`${text} ${mend(step, context)}`)
      else emit({ type: 'warning.raised', text })
    }
    if (signal.aborted) {
      const begun = new Set(
        results.filter(({ acted, error }) => acted || error !== signal.reason).map(({ step }) => step),
      )
      const open = stage.onFailure === 'report' ? stage.steps.filter((step) => !begun.has(step)) : []
      left.push(...open.map((step) => `${step.title}: it was not begun. ${mend(step, context)}`), ...behind)
      return { outcome: 'interrupted', summary: `${plan.done}, but it was interrupted during: ${stage.title}.`, left }
    }
  }
  for (const text of behind) emit({ type: 'warning.raised', text })
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

async function afterFailure(
  plan: Plan,
  { error, step }: { readonly error?: unknown; readonly step?: Step },
  done: readonly Step[],
  context: Context,
  { onFailure, behind }: { onFailure: OnFailure; behind: readonly string[] },
): Promise<RunResult> {
  const problem = problemOf(error)
  const interrupted = context.signal.aborted && error === context.signal.reason
  const ended = (outcome: Outcome, what: string, left: readonly string[] = []): RunResult => ({
    outcome: interrupted ? 'interrupted' : outcome,
    summary: `${plan.title} ${interrupted ? 'was interrupted; ' : ''}${what}.`,
    problem,
    left,
  })
  const code = error instanceof EcsTaskError ? error.code : undefined
  if (plan.command === 'wait') return interrupted ? ended('interrupted', 'changed nothing') : ended(...asWatched(error))
  if (context.aws.writes === 0) return ended('refused', 'changed nothing')
  if (code === 'DeploymentSuperseded') return ended('superseded', 'was superseded')
  if (onFailure === 'rollback') {
    const left = await undo(done, problem, context, behind)
    const restored = left.length === 0
    const then = restored ? 'everything is as it was' : 'NOT everything was put back'
    return ended(restored ? 'restored' : 'halfDone', interrupted ? then : `failed; ${then}`, left)
  }
  if (onFailure === 'stop') await stopDeployments(done, context)
  const left = [...undoByHand(done, context), ...behind]
  const then =
    onFailure === 'stop' ? 'what went on was stopped and the rest left as it is' : 'everything is left as it is'
  // A one-off task that has timed out was stopped; a rollout goes on.
  const goesOn = code === 'TimedOut' && step?.follow === 'deployment'
  return ended(goesOn ? 'stillGoing' : 'halfDone', interrupted ? then : `failed; ${then}`, left)
}

/** How a rollout ended that was only watched: what counts is what it came to, not who did it. */
function asWatched(error: unknown): [Outcome, string] {
  const { code, evidence } = error instanceof EcsTaskError ? error : {}
  if (code === 'DeploymentSuperseded') return ['superseded', 'ended: another deployment has taken over']
  if (code === 'TimedOut') return ['stillGoing', 'ended: it is still going']
  if (code !== 'DeploymentFailed') return ['refused', 'could not be followed']
  if (evidence && 'rolledBackTo' in evidence) return ['restored', 'ended: it failed, and ECS has put it back']
  return ['halfDone', 'ended: it failed, and nobody has put it back']
}
