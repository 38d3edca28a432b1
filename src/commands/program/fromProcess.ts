// This process, as a command sees it.
import { readFileSync } from 'node:fs'
import type { ProcessContext } from './command.ts'
import { type ProgramOptions, errorText } from './program.ts'
import type { UncaughtError } from '../../ground/errors.ts'
import { quoted } from '../../ground/command.ts'
import { exitCodeOf, interruptions } from '../../ground/exitCode.ts'
import { problemOf } from '../../engine/problem.ts'
import { wantsColor } from '../../output/color.ts'
import { flushed, outliveOutput } from './lostOutput.ts'
import { withoutSecrets } from './withoutSecrets.ts'
import { onUncaught } from './uncaught.ts'
import { exitNow } from './unfinished.ts'

const oldNode = `Node ${process.versions.node} has reached its end of life; AWS SDK releases from January 2027 on need Node 22.`

/** Seconds. A terminal sends Ctrl-C to every process, and tsx passes on what it gets: one key press may come twice. */
const echo = 0.4

/** This process as a command's context. */
export function fromProcess(of: Pick<ProcessContext, 'declared' | 'program' | 'file' | 'notify'>): ProcessContext {
  // On Node 20 the SDK prints eight lines about its own future with every client; one line of ours says as much.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const { stdin, stdout, stderr, env } = process
  outliveOutput(process)
  return {
    stdin,
    stdout,
    stderr,
    env,
    colorDepth: 1,
    ...of,
    notes: Number(process.versions.node.split('.')[0]) < 22 ? [oldNode] : [],
    onSignal(call) {
      const signals = Object.keys(interruptions) as (keyof typeof interruptions)[]
      let last = Number.NEGATIVE_INFINITY
      const heard = (signal: keyof typeof interruptions): void => {
        if (process.uptime() - last < echo) return
        last = process.uptime()
        call(signal)
      }
      for (const signal of signals) process.on(signal, heard)
      return () => signals.forEach((signal) => process.off(signal, heard))
    },
    onUncaught,
    exit: exitNow,
  }
}

/** What a person types to run a file as this process runs it: `tsx _ecs/web_dev.ts`, or `node` where Node alone does. */
export function runningFile(file: string): string {
  const isByTsx = process.execArgv.some((word) => /\btsx\b/.test(word))
  const isForNode = /\.[cm]?js$/.test(file) || ('typescript' in process.features && process.features.typescript)
  return `${!isByTsx && isForNode ? 'node' : 'tsx'} ${quoted(file)}`
}

/** Ends the process with this code once everything that was written has been taken. */
export async function endProcess(exitCode: number): Promise<never> {
  await flushed(process.stdout, process.stderr)
  exitNow(exitCode)
}

/** Ends the process for an error that nothing has caught while no run goes on. */
export function endUncaught(error: UncaughtError): void {
  outliveOutput(process)
  const problem = withoutSecrets(problemOf(error), process.env, process.argv.slice(2))
  process.stderr.write(errorText(problem, wantsColor(process.env, process.stderr)))
  void endProcess(exitCodeOf('refused', problem))
}

/** How a program introduces itself in its help. */
export function programOptions(binaryName: string): ProgramOptions {
  const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
    .version
  return { binaryLabel: 'ecs-task', binaryName, binaryVersion: `${version} (Node ${process.versions.node})` }
}
