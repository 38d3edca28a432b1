import { Option } from 'clipanion'
import { systemClock } from './clock.ts'
import { wantsColor, wantsLive } from './screen/color.ts'
import { BaseCommand, type Context, declaredIn } from './command.ts'
import type { Definition } from './definition.ts'
import { milliseconds } from './duration.ts'
import { EcsTaskError } from './errors.ts'
import type { Listener } from './events.ts'
import { exitCodeOf } from './exitCode.ts'
import { type LocalRun, startLocalRun } from './localAws.ts'
import { type Task, perform } from './perform.ts'
import { read } from './read.ts'
import { json } from './renderers/json.ts'
import { plain } from './renderers/plain.ts'
import { planText } from './renderers/planText.ts'
import { tty } from './renderers/tty.ts'
import { sdkTransport } from './aws/sdk.ts'
import { visibleJson } from './screen/visible.ts'

/** What the commands that change AWS have in common: they observe, plan, and run the plan or print it. */
export abstract class PerformCommand extends BaseCommand {
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
  wait = Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not' })
  timeout = Option.String('--timeout', '15m', { description: 'Limit of a rollout or a one-off task: 90s, 15m, 1h' })

  /** What is performed, beyond what all such commands have in common. */
  protected abstract task(): Pick<Task, 'command' | 'tag'>

  override async execute(): Promise<number> {
    const { context } = this
    const timeout = milliseconds(this.timeout, '--timeout')
    const reads = readAll(declaredIn(context))
    const definitions = reads.map(({ definition }) => definition)
    const local = this.local ? await startLocalRun(definitions, this.regionOf() ?? 'us-east-1', (line) => context.stderr.write(`${line}\n`)) : undefined
    const interruption = interruptible(context)
    try {
      const result = await perform({
        ...this.task(),
        definitions,
        warnings: [...reads.flatMap((one) => one.warnings), ...(local?.made ?? []).map((thing) => `Made in the local AWS: ${thing}.`)],
        transport: sdkTransport(local?.settings ?? { region: this.regionOf(), profile: this.profile }),
        clock: systemClock(local),
        listeners: this.listeners(local),
        region: local?.settings.region ?? this.regionOf(),
        local: local !== undefined,
        dryRun: this.dryRun,
        wait: this.wait,
        timeout,
        signal: interruption.signal,
      })
      if (this.dryRun && result.plan) this.print(result.plan)
      return result.exitCode
    } finally {
      interruption.end()
      await local?.close()
    }
  }

  /** The SDK for JavaScript does not know AWS_DEFAULT_REGION, which the AWS CLI and boto3 do. */
  private regionOf(): string | undefined {
    const { AWS_REGION, AWS_DEFAULT_REGION } = this.context.env
    return this.region ?? (this.profile === undefined ? (AWS_REGION ?? AWS_DEFAULT_REGION) : AWS_REGION)
  }

  private print(plan: Parameters<typeof planText>[0]): void {
    const { stdout, env } = this.context
    if (this.json) stdout.write(`${visibleJson(JSON.stringify(plan, undefined, 2))}\n`)
    else stdout.write(planText(plan, { color: wantsColor(env, stdout), columns: stdout.columns || 80 }))
  }

  private listeners(local: LocalRun | undefined): Listener[] {
    const { stdout, stderr, env } = this.context
    const color = wantsColor(env, stderr)
    const lines = plain((line) => stderr.write(`${line}\n`), { color })
    if (this.json && !this.dryRun) return [json((line) => stdout.write(`${line}\n`)), onlyProblems(lines)]
    if (this.dryRun || !wantsLive(env, stderr)) return [lines]
    return [tty(stderr, { color, ...(local && { now: local.now }) })]
  }
}

/** Reads every class; what is wrong with any of them is thrown as one error. */
function readAll(declared: Context['declared']): { definition: Definition; warnings: string[] }[] {
  const problems: string[] = []
  const reads = declared.flatMap(({ source, name }) => {
    try {
      return [read(source, name)]
    } catch (error) {
      if (!(error instanceof EcsTaskError)) throw error
      problems.push(...error.problems)
      return []
    }
  })
  if (problems.length > 0) throw new EcsTaskError('BadDefinition', 'The definition cannot be deployed as it is.', { problems })
  return reads
}

/** Beside JSON on the standard output only what went wrong is told to people. */
function onlyProblems(lines: Listener): Listener {
  const told = new Set(['step.failed', 'warning.raised', 'run.finished'])
  return { hear: (event) => told.has(event.type) && !(event.type === 'run.finished' && event.exitCode === 0) && lines.hear(event) }
}

/** The first SIGINT or SIGTERM ends the run, which then puts everything back; the second ends the process at once. */
function interruptible(context: Context): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController()
  const end = context.onSignal((signal) => {
    if (stop.signal.aborted) {
      context.stderr.write('Ended at once: what was done so far stays as it is, and is not followed any more.\n')
      context.exit(exitCodeOf('interrupted', undefined, signal))
    }
    stop.abort(new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } }))
  })
  return { signal: stop.signal, end }
}
