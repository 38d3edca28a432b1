import { Option } from 'clipanion'
import { BaseCommand, type Context, declaredIn } from './command.ts'
import { milliseconds } from '../../ground/duration.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Listener } from '../../engine/events.ts'
import { exitCodeOf } from '../../ground/exitCode.ts'
import { confirm, requireTerminal } from './confirm.ts'
import { checkMilestone } from '../../rollout/milestone.ts'
import { type Result, type Task, perform } from '../../deploy/definitionCommand.ts'
import { defaults } from '../../engine/settings.ts'
import { notifiers } from '../../notify.ts'
import { type TakenForGranted, takenForGranted } from './localAws.ts'
import { holding } from './bufferUntilConfirmed.ts'
import type { Plan } from '../../engine/plan.ts'
import { readAll } from '../../definition/read.ts'
import { json } from '../../output/listeners/json.ts'
import { plain } from '../../output/listeners/plain.ts'
import { planText } from '../../output/planText.ts'
import { tty } from '../../output/listeners/tty.ts'
import { wantsColor, wantsLive } from '../../output/color.ts'
import { visibleJson } from '../../ground/visible.ts'
import { type Session, openSession } from './session.ts'

/** What every run of a command is given, whatever it does. */
type Shared = Pick<
  Task,
  | 'transport'
  | 'clock'
  | 'listeners'
  | 'region'
  | 'local'
  | 'timeout'
  | 'earlyFail'
  | 'until'
  | 'program'
  | 'signal'
  | 'atOnce'
>

/** What the commands have in common that run a plan: they observe, plan, and run the plan or print it. */
export abstract class RunningCommand extends BaseCommand {
  timeout = Option.String('--timeout', '15m', { description: 'Limit of a rollout or a one-off task: 90s, 15m, 1h' })

  /** Opens AWS, runs, lets Ctrl-C end it, and prints the plan of a dry run; answers the exit code. */
  protected async follow(
    taken: TakenForGranted,
    dryRun: boolean,
    act: (shared: Shared) => Promise<Result>,
  ): Promise<number> {
    const { context } = this
    const timeout = milliseconds(this.timeout, '--timeout')
    const limits = this.limits()
    const session = await openSession(this, taken)
    const interruption = interruptible(context)
    const { transport, clock, region } = session
    try {
      const result = await act({
        transport,
        clock,
        region,
        listeners: this.listeners(session, dryRun),
        local: session.local?.made,
        timeout,
        ...limits,
        program: context.declared.length > 0 ? context.program : undefined,
        signal: interruption.signal,
        atOnce: interruption.atOnce,
      })
      if (dryRun && result.plan) this.print(result.plan)
      return result.exitCode
    } catch (error) {
      // Where there is no class, a running service is read before there is a run.
      throw error === interruption.signal.reason ? interruptedBeforeRun(error as EcsTaskError) : error
    } finally {
      interruption.end()
      await session.close()
    }
  }

  /** When to give up early, and where a rollout has come far enough. */
  protected limits(): Pick<Shared, 'earlyFail' | 'until'> {
    return { earlyFail: defaults.earlyFail, until: undefined }
  }

  /** What has the plan shown and agreed to before anything is changed; nothing is drawn over the question. */
  protected asking({ listeners, signal }: Shared): Pick<Task, 'listeners' | 'agree'> {
    const { context } = this
    requireTerminal(context)
    const held = holding(listeners)
    const agree = async (plan: Plan): Promise<boolean> => {
      const { stderr, env } = context
      stderr.write(planText(plan, { color: wantsColor(env, stderr), columns: stderr.columns || 80, asks: true }))
      return confirm(context, `${plan.title}?`, signal).finally(held.release)
    }
    return { listeners: [held], agree }
  }

  private print(plan: Plan): void {
    const { stdout, env } = this.context
    if (this.json) stdout.write(`${visibleJson(JSON.stringify(plan, undefined, 2))}\n`)
    else stdout.write(planText(plan, { color: wantsColor(env, stdout), columns: stdout.columns || 80 }))
  }

  private listeners({ local }: Session, dryRun: boolean): Listener[] {
    const { stdout, stderr, env } = this.context
    const color = wantsColor(env, stderr)
    const lines = plain((line) => stderr.write(`${line}\n`), { color })
    if (this.json && !dryRun) return [json((line) => stdout.write(`${line}\n`)), onlyProblems(lines)]
    if (dryRun || !wantsLive(env, stderr)) return [lines]
    return [tty(stderr, { color, ...(local && { now: local.now }) })]
  }
}

/** What the commands have in common that follow rollouts. */
export abstract class FollowCommand extends RunningCommand {
  earlyFail = Option.String('--early-fail', '3', { description: 'Give up when so many tasks stop for the same reason' })
  noEarlyFail = Option.Boolean('--no-early-fail', false, { description: 'Leave it to ECS when a rollout has failed' })
  until = Option.String('--until', { description: 'deployed, stable, draining, or a lifecycle stage' })

  protected override limits(): Pick<Shared, 'earlyFail' | 'until'> {
    const { until } = this
    const earlyFail = this.noEarlyFail ? undefined : tasksOf(this.earlyFail, '--early-fail')
    if (until !== undefined) checkMilestone(until)
    return { earlyFail, until }
  }
}

/** A command that works on the classes of a file. */
export abstract class PerformCommand extends FollowCommand {
  /** What is performed, beyond what all such commands have in common. */
  protected abstract task(): Pick<Task, 'command'> & Partial<Task>

  override async execute(): Promise<number> {
    const asked = this.task()
    const reads = readAll(declaredIn(this.context))
    const definitions = reads.map(({ definition }) => definition)
    const warnings = [...this.context.notes, ...reads.flatMap((one) => one.warnings)]
    return this.follow(takenForGranted(definitions), asked.dryRun ?? false, (shared) =>
      perform({
        ...defaults,
        skipUnchanged: false,
        connect: notifiers(definitions),
        ...shared,
        ...asked,
        definitions,
        warnings,
      }),
    )
  }
}

/** A whole number above 0; throws `BadArguments` for anything else. */
export function tasksOf(text: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new EcsTaskError('BadArguments', `${option} ${text} is not a number of tasks.`, { fix: 'Write it as 3.' })
}

function interruptedBeforeRun({ message, evidence }: EcsTaskError): EcsTaskError {
  return new EcsTaskError('Interrupted', message, { why: 'Nothing was changed.', evidence })
}

/** Beside JSON on the standard output only what went wrong is told to people. */
function onlyProblems(lines: Listener): Listener {
  const told = new Set(['step.failed', 'warning.raised', 'deployment.paused', 'run.finished'])
  return {
    hear: (event) =>
      told.has(event.type) && !(event.type === 'run.finished' && event.exitCode === 0) && lines.hear(event),
  }
}

/**
 * The first SIGINT or SIGTERM ends the run, and --on-failure decides; the second ends it at once. The third ends the
 * process, whatever the run does.
 */
function interruptible(context: Context): { signal: AbortSignal; atOnce: AbortSignal; end: () => unknown } {
  const [stop, atOnce] = [new AbortController(), new AbortController()]
  const isItself = context.program === 'ecs-task'
  const end = context.onSignal((signal) => {
    if (atOnce.signal.aborted) context.exit(exitCodeOf('interrupted', undefined, signal))
    const [next, what] = stop.signal.aborted
      ? [atOnce, `Interrupted by ${signal} again.`]
      : [stop, `Interrupted by ${signal}.`]
    // Without a class there is no status to look at.
    const fix = next === atOnce && !isItself ? `See what is under way with: ${context.program} status` : undefined
    next.abort(new EcsTaskError('Interrupted', what, { fix, evidence: { signal } }))
  })
  // Who presses on should not kill the process while it says what is half done.
  return { signal: stop.signal, atOnce: atOnce.signal, end: () => atOnce.signal.aborted || end() }
}
