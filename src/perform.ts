import { setMaxListeners } from 'node:events'
import { type Aws, type Transport, calls, openAws } from './aws.ts'
import type { Clock } from './clock.ts'
import type { Definition } from './definition.ts'
import { EcsTaskError } from './errors.ts'
import type { Emit, Listener, Outcome, Problem } from './events.ts'
import { exitCodeOf, interruptions } from './exitCode.ts'
import { notify } from './notify.ts'
import { type Wanted, observe } from './observe.ts'
import { checkImageTag } from './reading/placeholder.ts'
import type { Plan, World } from './plan.ts'
import { planDeploy } from './plans/deploy.ts'
import { planContinue, planWait } from './plans/follow.ts'
import { planRollback } from './plans/rollback.ts'
import { planRun } from './plans/run.ts'
import { type UpdateOptions, planUpdate } from './plans/update.ts'
import { problemOf } from './problem.ts'
import { redactor } from './secrets/redact.ts'
import { type OnFailure, type RunResult, run } from './run.ts'

/** What is to be done, to what, and with which AWS, time and listeners. */
export interface Task {
  readonly command: Plan['command']
  /** The image tag; only deploy has one. */
  readonly tag?: string | undefined
  readonly definitions: readonly Definition[]
  /** What reading the definitions found worth a warning. */
  readonly warnings: readonly string[]
  readonly transport: Transport
  readonly clock: Clock
  readonly listeners: readonly Listener[]
  /** Where it runs, for the first line of the output. */
  readonly region?: string | undefined
  /** With a local AWS: what it made because the definitions take it for granted. */
  readonly local?: readonly string[] | undefined
  /** Read and plan, and write nothing. */
  readonly dryRun: boolean
  /** Follow the services until their deployments have completed. */
  readonly wait: boolean
  /** Milliseconds that a rollout or a one-off task may take. */
  readonly timeout: number
  /** What becomes of what was done when something fails. */
  readonly onFailure: OnFailure
  /** How many tasks may stop for the same reason before a rollout counts as failed; undefined: only ECS decides. */
  readonly earlyFail: number | undefined
  /** Where a rollout has come far enough: `deployed`, `stable`, `draining` or a lifecycle stage; undefined: `deployed`. */
  readonly until?: string | undefined
  /** Where a rollback goes: a revision's number or an image tag; undefined: the last that was deployed successfully. */
  readonly to?: string | undefined
  /** Register nothing that is registered already, and leave alone what runs it. */
  readonly skipUnchanged: boolean
  /** With the command `update`: how the running services, which are the one definition, are updated. */
  readonly update?: Omit<UpdateOptions, 'wait'> | undefined
  /** What a person types to run this program: `tsx web_dev.ts`. */
  readonly program: string
  /** Aborted with an `Interrupted` error when the run is to end. */
  readonly signal: AbortSignal
}

/** How it ended. `plan` is there as soon as there was one; with `dryRun` it is all there is. No secret is in any of it. */
export interface Result extends RunResult {
  readonly exitCode: number
  readonly plan?: Plan | undefined
}

/** What is done where nobody has asked for anything else. */
export const defaults = {
  dryRun: false,
  wait: true,
  timeout: 15 * 60_000,
  onFailure: 'rollback',
  earlyFail: 3,
  skipUnchanged: false,
  program: 'ecs-task',
} satisfies Partial<Task>

/**
 * Observes, plans and then either leaves it at the plan (dry run) or runs it, while the listeners hear every event. It
 * never throws: a refusal is a result too.
 */
export async function perform(task: Task): Promise<Result> {
  const { command, tag, definitions, clock, signal } = task
  const began = clock.now()
  setMaxListeners(0, signal)
  const redact = redactor(definitions)
  const listeners: Listener[] = [...task.listeners]
  const emit: Emit = (event) => tell(listeners, redact({ ...event, at: new Date(clock.now()).toISOString() }))
  const aws = openAws({ transport: task.transport, clock, listener: callEvents(emit) })
  if (!task.dryRun) listeners.push(...notifiers(definitions, aws, emit))

  emit({
    type: 'run.started',
    command,
    definitions: definitions.map(({ name }) => name),
    tag,
    region: task.region,
    local: task.local !== undefined,
    dryRun: task.dryRun,
  })
  let plan: Plan | undefined
  let result: RunResult
  try {
    if (task.local && task.local.length > 0) emit({ type: 'local.provisioned', made: task.local })
    for (const text of task.warnings) emit({ type: 'warning.raised', text })
    plan = await planned(aws)
    emit({ type: 'plan.made', plan })
    for (const text of plan.warnings) emit({ type: 'warning.raised', text })
    result = task.dryRun ? notRun(plan) : await run(plan, { ...task, until: task.until, aws, emit })
  } catch (error) {
    result = failed(problemOf(error), task, aws)
  }
  const exitCode = exitCodeOf(result.outcome, result.problem, interruptedBy(signal))
  const { outcome, summary, problem, left } = result
  emit({ type: 'run.finished', outcome, exitCode, summary, problem, left, milliseconds: clock.now() - began })
  await Promise.all(listeners.map(async (listener) => listener.close?.()))
  return redact({ ...result, exitCode, plan })

  async function planned(through: Aws): Promise<Plan> {
    const look = (wanted: Wanted): Promise<World> => observe(through, definitions, { ...wanted, signal })
    switch (command) {
      case 'deploy':
        if (tag === undefined)
          throw new EcsTaskError('BadArguments', 'There is no image tag to deploy.', {
            fix: 'Name one, as in deploy v1.2.3.',
          })
        checkImageTag(tag)
        return planDeploy(definitions, tag, await look({ prune: true, registered: task.skipUnchanged }), task)
      case 'rollback':
        return planRollback(
          definitions,
          await look({ history: task.to === undefined, registered: task.to !== undefined }),
          task,
        )
      case 'wait':
        await look({})
        return planWait(definitions)
      case 'continue':
        return planContinue(definitions, await look({ paused: true }), task)
      case 'update': {
        const [definition] = definitions
        if (!definition || !task.update) throw new Error('an update needs one definition and what to do with it')
        return planUpdate(definition, await look({ prune: true }), { ...task.update, wait: task.wait })
      }
      case 'run':
        return planRun(definitions, await look({}), { unchanged: task.update?.unchanged })
    }
  }
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

/** One notifier for each topic and expression, so that a unit of several classes tells each of its topics once. */
function notifiers(definitions: readonly Definition[], aws: Aws, emit: Emit): Listener[] {
  const distinct = new Map<string, Listener>()
  for (const { snsNotificationTopicArn: topicArn, notificationMethodBlacklistRegex: blacklist } of definitions) {
    if (topicArn === undefined) continue
    const warn = (text: string): void => emit({ type: 'warning.raised', text })
    distinct.set(`${topicArn} ${blacklist}`, notify({ aws, topicArn, blacklist, warn }))
  }
  return [...distinct.values()]
}

function notRun(plan: Plan): RunResult {
  return { outcome: 'succeeded', summary: `${plan.title}: planned, nothing was written.`, left: [] }
}

/** What kept a run from its plan, or a bug in it: whether anything was written decides what can be said of AWS. */
function failed(problem: Problem, { command, signal }: Task, aws: Aws): RunResult {
  const clean = aws.writes === 0
  const outcome: Outcome =
    signal.aborted && problem.code === 'Interrupted' ? 'interrupted' : clean ? 'refused' : 'halfDone'
  const summary = clean
    ? `The ${command} did not begin; nothing was changed.`
    : `The ${command} broke off in the middle.`
  return { outcome, summary, problem, left: [] }
}

function interruptedBy(signal: AbortSignal): keyof typeof interruptions {
  const reason: unknown = signal.aborted ? signal.reason : undefined
  const evidence = reason instanceof EcsTaskError ? reason.evidence : undefined
  return evidence && 'signal' in evidence && evidence.signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT'
}
