/** Has a plan made and run while listeners hear of it: the context of every command, once. */
import { setMaxListeners } from 'node:events'
import { abortController } from '../ground/abortController.ts'
import { type Aws, type CallListener, calls, openAws } from '../aws/aws.ts'
import { whenAborted } from '../ground/clock.ts'
import { onlyOf } from '../ground/command.ts'
import type { Definition } from '../definition/definition.ts'
import { defined } from '../ground/defined.ts'
import { EcsTaskError, UncaughtError } from '../ground/errors.ts'
import { guarded } from './guard.ts'
import type { Emit, Listener, Outcome, Problem, ToldEvent } from './events.ts'
import { exitCodeOf, signalOf } from '../ground/exitCode.ts'
import { frozen } from '../ground/frozen.ts'
import { type Plan, changing } from './plan.ts'
import { problemOf } from './problem.ts'
import type { Result, RunResult } from './result.ts'
import { run } from './run.ts'
import { interruptedAfter } from './summary.ts'
import type { CompleteSettings } from './settings.ts'
import type { HandlerTable } from './stepHandler.ts'
import { redactor } from '../definition/secrets/redact.ts'

/** @internal What any plan is executed with, whatever it is about: the settings of the run, and how to perform its steps. */
export interface ExecutionContext extends CompleteSettings {
  readonly command: Plan['command']
  /** The image tag; only deploy has one. */
  readonly tag?: string
  /** What it is about: their names are shown and their secrets are not. */
  readonly definitions: readonly Definition[]
  /** What is shown in place of their names. */
  readonly about?: string
  /** How each kind of step in the plan is performed. */
  readonly handlers: HandlerTable
}

export type { Result }

/** Tells what a run is about that was not known when it began: their secrets are not shown, either. */
export type Know = (definitions: readonly Definition[]) => void

/**
 * @internal
 * Has a plan made and then either leaves it at the plan (dry run) or runs it, while the listeners hear every event. It
 * never throws: a refusal is a result too. What is begun beside the run is ended by `over`.
 */
export async function executePlan(
  context: ExecutionContext,
  planned: (aws: Aws, emit: Emit, over: AbortSignal, know: Know) => Promise<Plan>,
): Promise<Result> {
  const { command, tag, definitions, clock, signal, atOnce, transport, guard } = context
  const began = clock.now()
  setMaxListeners(0, signal)
  // A local AWS of one command is told by its name: it has no account, and nobody else finds its port.
  const { destination: whereTo, account } = context.local ? {} : transport
  const destination = whereTo && (await whereTo())
  const { region = context.region, profile, endpoint } = destination ?? {}
  const names = [region, profile, context.about, tag, ...definitions.map(({ name }) => name)]
  const { program, secrets, sameAws } = context
  const hidden = (all: readonly Definition[]): ReturnType<typeof redactor> =>
    redactor(all, { names: names.flatMap((name) => name ?? []), program, secrets, sameAws })
  let redact = hidden(definitions)
  const know: Know = (more) => (redact = hidden([...definitions, ...more]))
  const listeners: Listener[] = [...context.listeners]
  let isOver = false
  const emit: Emit = (event) => {
    // What is ended at once may still come to hear of AWS's answers.
    if (!isOver) tell(listeners, () => Object.assign(redact(event), { at: new Date(clock.now()).toISOString() }))
  }
  const door = guard && !context.dryRun ? guarded(guard, { transport, clock, atOnce }) : undefined
  const aws = openAws({ transport: door?.transport ?? transport, clock, listener: callEvents(emit) })
  if (!context.dryRun) listeners.push(...(context.connect?.(aws, emit) ?? []))

  emit(
    defined({
      type: 'run.started',
      command,
      definitions: context.about === undefined ? definitions.map(({ name }) => name) : [context.about],
      tag,
      region,
      profile,
      endpoint,
      local: context.local !== undefined,
      dryRun: context.dryRun,
    }),
  )
  const heard = (): void => emit({ type: 'run.interrupted', because: problemOf(signal.reason) })
  signal.addEventListener('abort', heard, { once: true })
  const over = abortController()
  void account?.(over.signal).then(
    (known) => over.signal.aborted || emit({ type: 'account.identified', account: known }),
  )
  const interrupts = [signal, ...(atOnce ? [atOnce] : [])]
  const hooks = context.dryRun ? undefined : context.hooks
  let isPlanned = false
  let plan: Plan | undefined
  let result: RunResult
  try {
    if (context.local && context.local.length > 0) emit({ type: 'local.provisioned', made: context.local })
    const warnings = [...(destination?.warnings ?? []), ...context.warnings]
    for (const text of warnings) emit({ type: 'warning.raised', text })
    const entered = door && guard?.enter({ aws, clock, emit, signal, region })
    const begin = (): Promise<Plan> => planned(aws, emit, over.signal, know)
    const checked = context.verify ? (): Promise<Plan> => verified(context, emit).then(begin) : begin
    const planning = entered ? entered.then(checked) : checked()
    plan = await (atOnce ? Promise.race([planning, rejected(atOnce)]) : planning)
    await context.approval?.({ plan, definitions })
    emit({ type: 'plan.made', plan })
    for (const text of plan.warnings) emit({ type: 'warning.raised', text })
    if (!context.dryRun) await agreed(plan, context)
    isPlanned = true
    await hooks?.before(interrupts)
    result = context.dryRun ? notRun(plan) : await run(plan, { ...context, ...classesOf(context), redact, aws, emit })
  } catch (error) {
    result = failed(problemOf(error), context, aws)
  }
  for (const text of (await door?.leave()) ?? []) emit({ type: 'warning.raised', text })
  over.abort()
  const milliseconds = clock.now() - began
  const { lost = [], ...ran } = result
  let ended: RunResult = ran
  const endedNow = (): Result => {
    const { reason } = atOnce?.aborted ? atOnce : signal
    // One that came so late that it changed nothing is told all the same.
    const { problem = reason instanceof UncaughtError ? problemOf(reason) : undefined } = ended
    const exitCode = exitCodeOf(ended.outcome, problem, signalOf(reason))
    return { ...ended, ...(problem && { problem }), exitCode, ...(plan && { plan }) }
  }
  if (hooks && isPlanned && !atOnce?.aborted) {
    // What was interrupted already is waited for, until it is to end at once.
    const later = interrupts.filter((interrupt) => !interrupt.aborted)
    const warn = (text: string): void => emit({ type: 'warning.raised', text })
    const end = { result: frozen(redact(endedNow())), hasWritten: aws.writes > 0, lost }
    const during = await hooks.after(end, later, warn)
    if (during !== undefined && ran.outcome === 'succeeded')
      ended = { ...ran, ...interruptedAfter(ran.summary, during) }
  }
  signal.removeEventListener('abort', heard)
  const final = endedNow()
  const { outcome, exitCode, summary, problem, left } = final
  emit(defined({ type: 'run.finished', outcome, exitCode, summary, problem, left, milliseconds }))
  isOver = atOnce?.aborted === true
  const closed = Promise.allSettled(listeners.map(async (listener) => listener.close?.()))
  await (atOnce ? Promise.race([closed, whenAborted(atOnce)]) : closed)
  return redact(final)
}

/**
 * @internal
 * Refuses a run for what was found before there was anything to plan, such as a service that does not exist; `about` is
 * what was asked for. The listeners hear of it as of any other refusal.
 */
export function refuse(
  { about, verify: _, ...context }: Omit<ExecutionContext, 'definitions'> & { readonly about: string },
  error: unknown,
): Promise<Result> {
  return executePlan({ ...context, about, definitions: [] }, () => Promise.reject(error))
}

/** Tells what is amiss before anything is planned, and throws what the run is refused for. */
async function verified(context: ExecutionContext, emit: Emit): Promise<void> {
  const { verify, definitions, tag, transport, clock, signal } = context
  const warnings = (await verify?.({ definitions, tag, transport, clock, signal })) ?? []
  for (const text of warnings) emit({ type: 'warning.raised', text })
}

/** What fails here must not fail the run: an event that cannot be redacted is not told, and a listener fails alone. */
function tell(listeners: readonly Listener[], redacted: () => ToldEvent): void {
  let event: ToldEvent
  try {
    event = redacted()
  } catch {
    return
  }
  for (const listener of listeners) {
    try {
      listener.hear(event)
    } catch {
      // There is nobody left to tell.
    }
  }
}

function callEvents(emit: Emit): CallListener {
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
  return { outcome: 'succeeded', summary: `${plan.title}: planned; nothing was written.`, left: [] }
}

/** What kept a run from its plan, or a bug in it: whether anything was written decides what can be said of AWS. */
function failed(problem: Problem, { command, signal }: ExecutionContext, aws: Aws): RunResult {
  const clean = aws.writes === 0
  const outcome: Outcome =
    signal.aborted && problem.code === 'Interrupted' ? 'interrupted' : clean ? 'refused' : 'halfDone'
  const summary = clean ? `The ${command} did not start; nothing was changed.` : `The ${command} stopped in the middle.`
  return { outcome, summary, problem, left: [] }
}

/** The classes that commands to type may be about, and how they name those of the run. */
function classesOf({ definitions, leftOut = [] }: Pick<ExecutionContext, 'definitions' | 'leftOut'>): {
  readonly classes: readonly string[]
  readonly only: string | undefined
} {
  const names = definitions.map(({ name }) => name)
  const classes = [...names, ...leftOut]
  return { classes, only: onlyOf(names, classes) }
}

/** Throws where somebody is to be asked and does not agree. A plan that changes nothing needs nobody's word. */
async function agreed(plan: Plan, { agree }: ExecutionContext): Promise<void> {
  if (changing(plan.stages).length === 0 || !agree || (await agree(plan))) return
  throw new EcsTaskError('BadArguments', 'It was not confirmed.', { fix: 'Preview it with --dry-run.' })
}

async function rejected(signal: AbortSignal): Promise<never> {
  throw await whenAborted(signal)
}
