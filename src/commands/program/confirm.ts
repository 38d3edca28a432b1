// Asks a person before something is changed, and keeps the run's output from being drawn over the question.
import { abortController } from '../../ground/abortController.ts'
import type { Interface } from 'node:readline'
import type { Listener, ToldEvent } from '../../engine/events.ts'
import type { Plan } from '../../engine/plan.ts'
import type { Settings } from '../../engine/settings.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { lazy } from '../../ground/lazy.ts'
import { visible } from '../../ground/visible.ts'
import { wantsColor } from '../../output/color.ts'
import { planText } from '../../output/planText.ts'
import { type Picture, emptyPicture, reduce } from '../../output/picture.ts'
import type { Context } from './command.ts'
import { tellPlace } from './tellPlace.ts'

/** Has a run show its plan and ask before anything is changed. Throws `BadArguments` where there is nobody to ask. */
export function askBeforeRun(
  context: Context,
  listeners: readonly Listener[],
  signal: AbortSignal,
): Required<Pick<Settings, 'listeners' | 'agree'>> {
  requireTerminal(context)
  const buffered = bufferUntilConfirmed(listeners)
  const { stderr, env } = context
  const agree = async (plan: Plan): Promise<boolean> => {
    const { run, warnings } = buffered.picture()
    // The plan shows its own. The others are told again with all that was kept: who agrees must have seen them.
    tellPlace(context, run && { ...run, warnings: warnings.filter((one) => !plan.warnings.includes(one)) })
    stderr.write(planText(plan, { color: wantsColor(env, stderr), columns: stderr.columns || 80, asks: true }))
    return confirm(context, `${plan.title}?`, signal).finally(buffered.release)
  }
  return { listeners: [buffered], agree }
}

/** Keeps what happens from the listeners until it is released, so that no live view is drawn over a question. */
function bufferUntilConfirmed(
  listeners: readonly Listener[],
): Listener & { release: () => void; picture: () => Picture } {
  let kept: ToldEvent[] | undefined = []
  const tell = (event: ToldEvent): void => listeners.forEach((listener) => listener.hear(event))
  const release = (): void => {
    const events = kept ?? []
    kept = undefined
    events.forEach(tell)
  }
  return {
    hear(event) {
      if (kept === undefined) return tell(event)
      kept.push(event)
      if (event.type === 'run.finished') release()
    },
    close: async () => void (await Promise.all(listeners.map(async (listener) => listener.close?.()))),
    release,
    picture: () => (kept ?? []).reduce(reduce, emptyPicture),
  }
}

/** Whether a person agrees. Throws `BadArguments` where there is nobody to ask. */
export async function agreedTo(context: Context, question: string): Promise<boolean> {
  if (!isTerminal(context.stdin)) {
    throw new EcsTaskError('BadArguments', nobodyToAsk, { fix: 'Pass --yes.' })
  }
  const interrupted = abortController()
  const off = context.onSignal((signal) =>
    interrupted.abort(new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } })),
  )
  return confirm(context, question, interrupted.signal).finally(off)
}

const nobodyToAsk = 'Confirmation needed, but stdin is not a terminal.'

const loadReadline = (): typeof import('node:readline') => lazy('node:readline')

/** What counts as yes, in whatever case. */
const yes = /^\s*y(es)?\s*$/i

/**
 * Asks on the standard error and reads one line of the standard input: whether it says `y` or `yes`. Rejects with the
 * signal's reason when it is aborted first.
 */
async function confirm({ stdin, stderr }: Context, question: string, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted()
  return yes.test(await ask({ stdin, stderr }, `${question} [y/N]`, signal))
}

/** Asks on the standard error and answers with one line of the standard input, or nothing where it ends without one. */
export async function ask(
  { stdin, stderr }: Pick<Context, 'stdin' | 'stderr'>,
  question: string,
  signal?: AbortSignal,
): Promise<string> {
  stderr.write(`${visible(question)} `)
  const lines = loadReadline().createInterface({ input: stdin })
  try {
    return await answerOf(lines, signal)
  } finally {
    lines.close()
  }
}

/** Whether there is somebody to ask. */
export function isTerminal(stdin: Context['stdin']): boolean {
  return 'isTTY' in stdin && stdin.isTTY === true
}

/** Throws `BadArguments` where there is nobody to ask. */
function requireTerminal({ stdin }: Pick<Context, 'stdin'>): void {
  if (isTerminal(stdin)) return
  throw new EcsTaskError('BadArguments', nobodyToAsk, {
    fix: 'Preview it with --dry-run, then pass --yes.',
  })
}

/** The first line; nothing where the input ends without one. */
function answerOf(lines: Interface, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
    // A terminal that is gone agrees to nothing.
    lines.once('error', () => resolve(''))
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
