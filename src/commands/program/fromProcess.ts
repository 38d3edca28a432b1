// This process, as a command sees it.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Context } from './command.ts'
import type { ProgramOptions } from './program.ts'
import { interruptions } from '../../ground/exitCode.ts'

const oldNode = `Node ${process.versions.node} is past its end of life: releases of the AWS SDK from January 2027 on need Node 22.`

/** Seconds. A terminal sends Ctrl-C to every process, and tsx passes on what it gets: one key press may come twice. */
const echo = 0.4

/** This process as a command's context. */
export function fromProcess(of: Pick<Context, 'declared' | 'program' | 'notify'>): Context {
  // On Node 20 the SDK prints eight lines about its own future with every client; one line of ours says as much.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const { stdin, stdout, stderr, env } = process
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe)
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
    exit: (code) => process.exit(code),
  }
}

/** Ends the process with this code once everything that was written has been taken. */
export async function endProcess(exitCode: number): Promise<never> {
  await Promise.all(
    [process.stdout, process.stderr].map(async (stream) => stream.writableLength > 0 && once(stream, 'drain')),
  )
  process.exit(exitCode)
}

/** How a program introduces itself in its help. */
export function programOptions(binaryName: string): ProgramOptions {
  const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
    .version
  return { binaryLabel: 'ecs-task', binaryName, binaryVersion: `${version} (Node ${process.versions.node})` }
}

/** Whoever reads us may stop early, as `head` does; the run goes on. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
