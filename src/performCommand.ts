import { Option } from 'clipanion'
import { BaseCommand, type Context, declaredIn } from './command.ts'
import type { Definition } from './definition.ts'
import { milliseconds } from './duration.ts'
import { EcsTaskError } from './errors.ts'
import type { Listener } from './events.ts'
import { exitCodeOf } from './exitCode.ts'
import { checkMilestone } from './following/milestone.ts'
import { type Result, type Task, defaults, perform } from './perform.ts'
import { readAll } from './readAll.ts'
import { json } from './renderers/json.ts'
import { plain } from './renderers/plain.ts'
import { planText } from './renderers/planText.ts'
import { tty } from './renderers/tty.ts'
import { wantsColor, wantsLive } from './screen/color.ts'
import { visibleJson } from './screen/visible.ts'
import { type Session, openSession } from './session.ts'

/** What every run of a command is given, whatever it does. */
type Shared = Pick<
  Task,
  'transport' | 'clock' | 'listeners' | 'region' | 'local' | 'timeout' | 'earlyFail' | 'until' | 'program' | 'signal'
>

/** What the commands have in common that follow rollouts: they observe, plan, and run the plan or print it. */
export abstract class FollowCommand extends BaseCommand {
  timeout = Option.String('--timeout', '15m', { description: 'Limit of a rollout or a one-off task: 90s, 15m, 1h' })
  earlyFail = Option.String('--early-fail', '3', { description: 'Give up when so many tasks stop for the same reason' })
  noEarlyFail = Option.Boolean('--no-early-fail', false, { description: 'Leave it to ECS when a rollout has failed' })
  until = Option.String('--until', { description: 'deployed, stable, draining, or a lifecycle stage' })

  /** Opens AWS, runs, lets Ctrl-C end it, and prints the plan of a dry run; answers the exit code. */
  protected async follow(
    definitions: readonly Definition[],
    dryRun: boolean,
    act: (shared: Shared) => Promise<Result>,
  ): Promise<number> {
    const { context, until } = this
    const timeout = milliseconds(this.timeout, '--timeout')
    const earlyFail = this.noEarlyFail ? undefined : tasksOf(this.earlyFail, '--early-fail')
    if (until !== undefined) checkMilestone(until)
    const session = await openSession(this, definitions)
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
        earlyFail,
        until,
        program: context.program,
        signal: interruption.signal,
      })
      if (dryRun && result.plan) this.print(result.plan)
      return result.exitCode
    } finally {
      interruption.end()
      await session.close()
    }
  }

  private print(plan: Parameters<typeof planText>[0]): void {
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

/** A command that works on the classes of a file. */
export abstract class PerformCommand extends FollowCommand {
  /** What is performed, beyond what all such commands have in common. */
  protected abstract task(): Pick<Task, 'command'> & Partial<Task>

  override async execute(): Promise<number> {
    const asked = this.task()
    const reads = readAll(declaredIn(this.context))
    const definitions = reads.map(({ definition }) => definition)
    const warnings = [...this.context.notes, ...reads.flatMap((one) => one.warnings)]
    return this.follow(definitions, asked.dryRun ?? false, (shared) =>
      perform({ ...defaults, ...shared, ...asked, definitions, warnings }),
    )
  }
}

/** A whole number above 0; throws `BadArguments` for anything else. */
export function tasksOf(text: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new EcsTaskError('BadArguments', `${option} ${text} is not a number of tasks.`, { fix: 'Write it as 3.' })
}

/** Beside JSON on the standard output only what went wrong is told to people. */
function onlyProblems(lines: Listener): Listener {
  const told = new Set(['step.failed', 'warning.raised', 'deployment.paused', 'run.finished'])
  return {
    hear: (event) =>
      told.has(event.type) && !(event.type === 'run.finished' && event.exitCode === 0) && lines.hear(event),
  }
}

/** The first SIGINT or SIGTERM ends the run, and --on-failure decides; the second ends the process at once. */
function interruptible(context: Context): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController()
  const end = context.onSignal((signal) => {
    if (stop.signal.aborted) {
      context.stderr.write(
        `Ended at once: what was done so far stays as it is. See what is under way with: ${context.program} status\n`,
      )
      context.exit(exitCodeOf('interrupted', undefined, signal))
    }
    stop.abort(new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } }))
  })
  return { signal: stop.signal, end }
}
