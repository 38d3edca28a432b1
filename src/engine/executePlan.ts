/** Has a plan made and run while listeners hear of it: the context of every command, once. */
import { setMaxListeners } from 'node:events'
import { type Aws, type Transport, calls, openAws } from '../aws/aws.ts'
import { type Clock, whenAborted } from '../ground/clock.ts'
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Emit, Listener, Outcome, Problem } from './events.ts'
import { exitCodeOf, signalOf } from '../ground/exitCode.ts'
import { type Plan, changing } from './plan.ts'
import { problemOf } from './problem.ts'
import { type OnFailure, type RunResult, run } from './run.ts'
import type { HandlerTable } from './stepHandler.ts'
import { redactor } from '../definition/secrets/redact.ts'

/** What any plan is carried out with, whatever it is about: AWS, time, listeners, and what a failure means. */
export interface ExecutionContext {
  readonly command: Plan['command']
  /** The image tag; only deploy has one. */
  readonly tag?: string | undefined
  /** What it is about: their names are shown and their secrets are not. */
  readonly definitions: readonly Definition[]
  /** What is shown in place of their names. */
  readonly about?: string | undefined
  /** Asked before anything is changed, where there is something to change; a no refuses the run. */
  readonly agree?: ((plan: Plan) => Promise<boolean>) | undefined
  /** What reading them found worth a warning. */
  readonly warnings: readonly string[]
  readonly transport: Transport
  readonly clock: Clock
  readonly listeners: readonly Listener[]
  /** Opens listeners that call AWS themselves, as notifications do; nothing is asked of them where nothing is written. */
  readonly connect?: ((aws: Aws, emit: Emit) => readonly Listener[]) | undefined
  /** How each kind of step in the plan is performed. */
  readonly handlers: HandlerTable
  /** Where it runs, for the first line of the output. */
  readonly region?: string | undefined
  /** With a local AWS: what it made because the definitions take it for granted. */
  readonly local?: readonly string[] | undefined
  /** Read and plan, and write nothing. */
  readonly dryRun: boolean
  /** Milliseconds that a rollout or a one-off task may take. */
  readonly timeout: number
  /** What becomes of what was done when something fails. */
  readonly onFailure: OnFailure
  /** How many tasks may stop for the same reason before a rollout counts as failed; undefined: only ECS decides. */
  readonly earlyFail: number | undefined
  /** Where a rollout has come far enough: `deployed`, `stable`, `draining` or a lifecycle stage; undefined: `deployed`. */
  readonly until?: string | undefined
  /** What a person types to run the file of the class: `tsx web_dev.ts`; undefined without one. */
  readonly program?: string | undefined
  /** Aborted with an `Interrupted` error when the run is to end. */
  readonly signal: AbortSignal
  /** Aborted with another one when it is to end at once, and to leave what is half done. */
  readonly atOnce?: AbortSignal | undefined
}

/** How it ended. `plan` is there as soon as there was one; with `dryRun` it is all there is. No secret is in any of it. */
export interface Result extends RunResult {
  readonly exitCode: number
  readonly plan?: Plan | undefined
}

/**
 * Has a plan made and then either leaves it at the plan (dry run) or runs it, while the listeners hear every event. It
 * never throws: a refusal is a result too.
 */
export async function executePlan(context: ExecutionContext, planned: (aws: Aws) => Promise<Plan>): Promise<Result> {
  const { command, tag, definitions, clock, signal, atOnce } = context
  const began = clock.now()
  setMaxListeners(0, signal)
  const names = [context.region, context.about, ...definitions.map(({ name }) => name)]
  const redact = redactor(
    definitions,
    names.flatMap((name) => name ?? []),
  )
  const listeners: Listener[] = [...context.listeners]
  let isOver = false
  const emit: Emit = (event) => {
    // What is ended at once may still come to hear of AWS's answers.
    if (!isOver) tell(listeners, redact({ ...event, at: new Date(clock.now()).toISOString() }))
  }
  const aws = openAws({ transport: context.transport, clock, listener: callEvents(emit) })
  if (!context.dryRun) listeners.push(...(context.connect?.(aws, emit) ?? []))

  emit({
    type: 'run.started',
    command,
    definitions: context.about === undefined ? definitions.map(({ name }) => name) : [context.about],
    tag,
    region: context.region,
    local: context.local !== undefined,
    dryRun: context.dryRun,
  })
  const heard = (): void => emit({ type: 'run.interrupted', because: problemOf(signal.reason) })
  signal.addEventListener('abort', heard, { once: true })
  let plan: Plan | undefined
  let result: RunResult
  try {
    if (context.local && context.local.length > 0) emit({ type: 'local.provisioned', made: context.local })
    for (const text of context.warnings) emit({ type: 'warning.raised', text })
    plan = await (atOnce ? Promise.race([planned(aws), rejected(atOnce)]) : planned(aws))
    emit({ type: 'plan.made', plan })
    for (const text of plan.warnings) emit({ type: 'warning.raised', text })
    if (!context.dryRun) await agreed(plan, context)
    result = context.dryRun
      ? notRun(plan)
      : await run(plan, { ...context, until: context.until, program: context.program, redact, aws, emit })
  } catch (error) {
    result = failed(problemOf(error), context, aws)
  }
  signal.removeEventListener('abort', heard)
  const exitCode = exitCodeOf(result.outcome, result.problem, signalOf((atOnce?.aborted ? atOnce : signal).reason))
  const { outcome, summary, problem, left } = result
  emit({ type: 'run.finished', outcome, exitCode, summary, problem, left, milliseconds: clock.now() - began })
  isOver = atOnce?.aborted === true
  const closed = Promise.all(listeners.map(async (listener) => listener.close?.()))
  await (atOnce ? Promise.race([closed, whenAborted(atOnce)]) : closed)
  return redact({ ...result, exitCode, plan })
}

/** A listener that fails must not fail the run, nor keep the others from hearing. */
function tell(listeners: readonly Listener[], event: Parameters<Listener['hear']>[0]): void {
  for (const listener of listeners) {
    try {
      listener.hear(event)
    } catch {
      // There is nobody left to tell.
    }
  }
}

function callEvents(emit: Emit): Parameters<typeof openAws>[0]['listener'] {
  const errorOf = (error: unknown): { name: string; message: string } =>
    error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) }
  return {
    finished: (method, input, result) =>
      emit({ type: 'call.finished', client: calls[method].client, method, input, result }),
    failed: (method, input, error) =>
      emit({ type: 'call.failed', client: calls[method].client, method, input, error: errorOf(error) }),
    retried: (method, error, milliseconds) =>
      emit({ type: 'call.retried', client: calls[method].client, method, error: errorOf(error), milliseconds }),
  }
}

function notRun(plan: Plan): RunResult {
  return { outcome: 'succeeded', summary: `${plan.title}: planned, nothing was written.`, left: [] }
}

/** What kept a run from its plan, or a bug in it: whether anything was written decides what can be said of AWS. */
function failed(problem: Problem, { command, signal }: ExecutionContext, aws: Aws): RunResult {
  const clean = aws.writes === 0
  const outcome: Outcome =
    signal.aborted && problem.code === 'Interrupted' ? 'interrupted' : clean ? 'refused' : 'halfDone'
  const summary = clean
    ? `The ${command} did not begin; nothing was changed.`
    : `The ${command} broke off in the middle.`
  return { outcome, summary, problem, left: [] }
}

/** Throws where somebody is to be asked and does not agree. A plan that changes nothing needs nobody's word. */
async function agreed(plan: Plan, { agree }: ExecutionContext): Promise<void> {
  if (changing(plan.stages).length === 0 || !agree || (await agree(plan))) return
  throw new EcsTaskError('BadArguments', 'It was not agreed to.', { fix: 'Look at it with --dry-run.' })
}

async function rejected(signal: AbortSignal): Promise<never> {
  throw await whenAborted(signal)
}
