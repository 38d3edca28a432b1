// Chooses who tells people and programs of a run: lines, a live view, or JSON.
import type { Listener } from '../../engine/events.ts'
import { wantsColor, wantsLive } from '../../output/color.ts'
import { json } from '../../output/listeners/json.ts'
import { plainFor } from '../../output/listeners/plain.ts'
import { tty } from '../../output/listeners/tty.ts'
import { isToldBesideJson } from '../../output/telling.ts'
import { machineZone } from '../../output/time.ts'
import { runnerIn } from '../../ground/runner.ts'
import type { Context, Saying } from './command.ts'

/** What a command writes to, and how it answers. */
interface Written {
  readonly json: boolean
  readonly saying: Saying
  readonly context: Pick<Context, 'stdout' | 'stderr' | 'env'>
}

/** The listeners of a command's run. `now` is the clock of its events. */
export function runListeners(
  { json: asJson, saying: { quiet, verbose }, context }: Written,
  dryRun: boolean,
  now: () => number,
): Listener[] {
  const { stdout, stderr, env } = context
  const color = wantsColor(env, stderr)
  const zone = stderr.isTTY ? machineZone : undefined
  const isBrief = quiet || (asJson && !verbose)
  const groups = isBrief || stderr.isTTY ? undefined : runnerIn(env)
  const lines = plainFor(groups, (line) => stderr.write(`${line}\n`), { color, zone, verbose })
  const people = isBrief ? mattering(lines) : lines
  if (asJson && !dryRun) return [json((line) => stdout.write(`${line}\n`)), people]
  if (quiet || verbose || dryRun || !wantsLive(env, stderr)) return [people]
  return [tty(stderr, { color, now })]
}

/** Beside JSON on stdout, and where they want to be left in peace, people are told only of what went wrong. */
function mattering(lines: Listener): Listener {
  return { hear: (event) => isToldBesideJson(event) && lines.hear(event) }
}
