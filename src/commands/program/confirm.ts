import { createInterface } from 'node:readline'
import type { Context } from './command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { visible } from '../../ground/visible.ts'

/** What counts as yes, in whatever case. */
const yes = /^\s*y(es)?\s*$/i

/**
 * Asks on the standard error and reads one line of the standard input: whether it says `y` or `yes`. Where nobody can
 * answer, because the input is no terminal, it throws `BadArguments`: what was not agreed to is not done. Rejects with
 * the signal's reason when it is aborted first.
 */
export async function confirm(
  { stdin, stderr }: Pick<Context, 'stdin' | 'stderr'>,
  question: string,
  signal?: AbortSignal,
): Promise<boolean> {
  signal?.throwIfAborted()
  requireTerminal({ stdin })
  stderr.write(`${visible(question)} [y/N] `)
  const lines = createInterface({ input: stdin })
  try {
    return yes.test(await answerOf(lines, signal))
  } finally {
    lines.close()
  }
}

/** Throws `BadArguments` where there is nobody to ask. */
export function requireTerminal({ stdin }: Pick<Context, 'stdin'>): void {
  if ('isTTY' in stdin && stdin.isTTY) return
  throw new EcsTaskError('BadArguments', 'There is nobody to ask: the standard input is no terminal.', {
    fix: 'Look at it with --dry-run, and agree to it with --yes.',
  })
}

/** The first line; nothing where the input ends without one. */
function answerOf(lines: ReturnType<typeof createInterface>, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
