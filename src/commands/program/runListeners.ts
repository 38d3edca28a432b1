// Chooses who tells people and programs of a run: lines, a live view, or JSON.
import type { Listener } from '../../engine/events.ts'
import { wantsColor, wantsLive } from '../../output/color.ts'
import { json } from '../../output/listeners/json.ts'
import { plain } from '../../output/listeners/plain.ts'
import { tty } from '../../output/listeners/tty.ts'
import { isToldBesideJson } from '../../output/telling.ts'
import type { Context } from './command.ts'

/** What a command writes to, and whether it answers in JSON. */
interface Written {
  readonly json: boolean
  readonly context: Pick<Context, 'stdout' | 'stderr' | 'env'>
}

/** The listeners of a command's run. `now` is the clock of its events. */
export function runListeners({ json: asJson, context }: Written, dryRun: boolean, now: () => number): Listener[] {
  const { stdout, stderr, env } = context
  const color = wantsColor(env, stderr)
  const lines = plain((line) => stderr.write(`${line}\n`), { color })
  if (asJson && !dryRun) return [json((line) => stdout.write(`${line}\n`)), beside(lines)]
  if (dryRun || !wantsLive(env, stderr)) return [lines]
  return [tty(stderr, { color, now })]
}

/** Beside JSON on stdout, people are told only of what went wrong. */
function beside(lines: Listener): Listener {
  return { hear: (event) => isToldBesideJson(event) && lines.hear(event) }
}
