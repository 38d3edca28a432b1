/** Performs a plan stage by stage, and decides what a failure means. */
import { whenAborted } from '../ground/clock.ts'
import { ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Outcome, Problem } from './events.ts'
import { performStage } from './performStage.ts'
import type { RunContext } from './performStep.ts'
import type { Plan, Stage } from './plan.ts'
import { problemOf } from './problem.ts'
import type { Step } from './step.ts'
import type { HandlerTable, StepContext } from './stepHandler.ts'
import { sharedReads } from './sharedReads.ts'
import { type Ending, asWatched, summaryOf } from './summary.ts'
import { halfDone, leaveAll, mend, takeBack, undo } from './undo.ts'

/**
 * What to do on failure. `rollback`: put back everything that the run changed, and follow that to its end. `leave`: leave
 * everything as it is, and list the commands that would put it back. `stop`: like `leave`, but have ECS stop the rollouts in
 * progress, which rolls them back.
 */
export type OnFailure = 'rollback' | 'leave' | 'stop'

/** What a run is given: AWS, time and a listener, how to perform steps, and when to give up. */
interface RunOptions extends Omit<StepContext, 'values' | 'began' | 'once' | 'noteLeftover' | 'remarks'> {
  readonly handlers: HandlerTable
  readonly onFailure: OnFailure
  /** Takes the secrets out of what is shown. */
  readonly redact: <T>(value: T) => T
  /** Aborted when the run is to end at once: nothing more is put back, and what is half done is named. */
  readonly atOnce?: AbortSignal
}

/** How a run ended. Secrets in it are replaced by `•••`. */
export interface Result {
  readonly outcome: Outcome
  /** One sentence: `Deployed v1.2.3 of WebTask.` */
  readonly summary: string
  /** What went wrong; absent when it succeeded. */
  readonly problem?: Problem
  /** What was not put back or is not as it should be, each with the command that fixes it. */
  readonly left: readonly string[]
  /**
   * The exit code of the program: 0 succeeded, 1 restored, 2 refused, 3 halfDone, 4 stillGoing, 5 superseded, 130 or 143
   * interrupted, 70 for a bug in ecs-task.
   */
  readonly exitCode: number
  /** Absent if the run was refused before it was planned. With `dryRun`, none of it was carried out. */
  readonly plan?: Plan
}

/** How performing a plan ended. */
export type RunResult = Omit<Result, 'exitCode' | 'plan'>

/**
 * Performs a plan stage by stage. A failure in a stage that says so ends it, and then `onFailure` decides; `atOnce` ends
 * it whatever it does.
 */
export async function run(plan: Plan, { onFailure, atOnce, ...options }: RunOptions): Promise<RunResult> {
  const { clock } = options
  const leftovers: string[] = []
  const context: RunContext = {
    ...options,
    values: new Map(),
    begun: new Map(),
    began: clock.now(),
    once: sharedReads(clock),
    remarks: [],
    noteLeftover: (what) => void (leftovers.includes(what) || leftovers.push(what)),
  }
  const performed = performPlan(plan, context, { onFailure, leftovers })
  if (!atOnce) return performed
  const cutOff = whenAborted(atOnce).then((reason) => endedAtOnce(plan, context, { reason, leftovers }))
  return Promise.race([performed, cutOff])
}

/** What becomes of what was done, what is left over in any case, and whether parts of the run are complete. */
interface Afterwards {
  readonly onFailure: OnFailure
  readonly leftovers: readonly string[]
  readonly isPartial?: boolean
}

async function performPlan(plan: Plan, context: RunContext, afterwards: Afterwards): Promise<RunResult> {
  const { emit, signal } = context
  const { leftovers } = afterwards
  const left: string[] = []
  const settled = new Set<string>()
  let done: Step[] = []
  const stages = plan.stages.filter(({ steps }) => steps.length > 0)
  // Where the first stage is only reported, nothing was done before it.
  const isMain = (stage: Stage | undefined): boolean => stage === stages[0]
  for (const stage of stages) {
    // From here on nothing is put back any more.
    if (stage.onFailure !== 'undo') context.begun.clear()
    emit({ type: 'stage.started', title: stage.title, steps: stage.steps.map((step) => step.id) })
    const { results, failed } = await performStage(stage, context)
    done.push(...results.filter((result) => result.acted).map((result) => result.step))
    const isComplete = results.length === stage.steps.length && results.every(({ error }) => error === undefined)
    if (isComplete) for (const id of stage.settles ?? []) settled.add(id)
    done = done.filter(({ id }) => !settled.has(id))
    for (const step of context.begun.keys()) if (settled.has(step.id)) context.begun.delete(step)
    // A signal that comes while AWS has yet to answer the last call of a stage lets no step fail.
    if (stage.onFailure === 'undo' && (failed || signal.aborted)) {
      const isPartial = settled.size > 0
      return afterFailure(plan, failed ?? { error: signal.reason }, done, context, { ...afterwards, isPartial })
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
      left.push(...open.map((step) => `${step.title}: it was not started. ${mend(step, context)}`), ...leftovers)
      const ending = isMain(stage) && left.length > 0 ? 'unfinished' : 'interruptedDuring'
      return { ...summaryOf(plan, ending, { ...context, during: stage.title, interrupted: true }), left }
    }
  }
  for (const text of leftovers) emit({ type: 'warning.raised', text })
  const unfinished = isMain(stages.at(-1)) ? 'unfinished' : 'notEverything'
  return { ...summaryOf(plan, left.length > 0 ? unfinished : 'succeeded', context), left }
}

async function afterFailure(
  plan: Plan,
  { error, step }: { readonly error?: unknown; readonly step?: Step },
  done: readonly Step[],
  context: RunContext,
  of: Afterwards,
): Promise<RunResult> {
  const { onFailure, leftovers, isPartial } = of
  const problem = problemOf(error)
  const interrupted = context.signal.aborted && error === context.signal.reason
  const ended = (ending: Ending, left: readonly string[] = []): RunResult => ({
    ...summaryOf(plan, ending, { interrupted }),
    problem,
    left,
  })
  const code = error instanceof EcsTaskError ? error.code : undefined
  if (plan.command === 'wait') {
    const ending = interrupted ? 'changedNothing' : asWatched(error)
    const back = context.program === undefined ? '' : ` Roll back with: ${ownCommand(context.program, 'rollback')}`
    return ended(ending, ending === 'watchedFailed' ? [`${problem.what} ECS did not roll it back.${back}`] : [])
  }
  if (code === 'DeploymentSuperseded') {
    const harmless = done.map((one) => ({
      ...one,
      undo: one.undo?.filter(({ evenSuperseded }) => evenSuperseded) ?? [],
    }))
    await takeBack(harmless, context)
    return ended('superseded')
  }
  if (context.aws.writes === 0) return ended('changedNothing')
  if (onFailure === 'rollback') {
    const left = await undo(done, problem, context, leftovers)
    if (left.length > 0) return ended('notRestored', left)
    return ended(isPartial ? 'restoredInPart' : 'restored')
  }
  const left = [...(await leaveAll(done, context, onFailure === 'stop')), ...leftovers]
  // Whatever the policy: a run that has only run a one-off task, or registered nothing, has nothing to put back.
  if (left.length === 0) return ended('nothingLeft')
  // A one-off task that has timed out was stopped; a rollout or a scaling goes on.
  const goesOn = code === 'TimedOut' && (step?.follow === 'deployment' || step?.follow === 'count')
  if (onFailure === 'stop') return ended(goesOn ? 'stoppedGoing' : 'stopped', left)
  return ended(goesOn ? 'leftGoing' : 'left', left)
}

/** Says what is half done, and asks AWS no more. */
function endedAtOnce(
  plan: Plan,
  context: RunContext,
  { reason, leftovers }: { readonly reason: unknown; readonly leftovers: readonly string[] },
): RunResult {
  const left = [...halfDone(context), ...leftovers]
  const tidyingUp = plan.stages.find(
    ({ onFailure, steps }) => onFailure !== 'undo' && steps.some((step) => context.begun.has(step)),
  )
  const unchanged = context.aws.writes === 0 ? 'cutOffUnchanged' : 'cutOffClean'
  const ended = tidyingUp
    ? summaryOf(plan, 'cutOffDuring', { ...context, during: tidyingUp.title })
    : summaryOf(plan, left.length > 0 ? 'cutOffUndone' : unchanged)
  return { ...ended, problem: problemOf(reason), left }
}
