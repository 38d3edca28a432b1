import { Writable } from 'node:stream'
import { outliveOutput } from '../../src/commands/program/lostOutput.ts'
import { runListeners } from '../../src/commands/program/runListeners.ts'
import type { Listener } from '../../src/engine/events.ts'
import type { Drawn } from './drawn.ts'
import type { Random } from './random.ts'
import type { Outcome, Run, Violation } from './record.ts'
import type { Scenario } from './scenario.ts'

/** What a run prints to: a file on a disk that is full after so many lines. */
export interface FullDisk {
  readonly lines: number
  /** With `--json` events go to stdout, and else lines to stderr. */
  readonly json: boolean
  /** A write that fails throws at once, as some do to a file, or says so later. */
  readonly throws: boolean
}

/** Now and then the output goes to a disk that is full, or will be. */
export function withFullDisk(chance: Random, drawn: Drawn): Drawn {
  if (!chance.chance(0.06)) return drawn
  const disk = { lines: chance.pick([0, 3, 20]), json: chance.chance(0.5), throws: chance.chance(0.5) }
  return { ...drawn, acts: drawn.acts.map((act) => ({ ...act, disk })) }
}

/** The listeners that the program has of a run, with both outputs on such a disk; `lost` is called at the first loss. */
export function listenersOn(disk: FullDisk, now: () => number, lost: () => void): Listener[] {
  let left = disk.lines
  const file = (): Writable =>
    new Writable({
      autoDestroy: false,
      write(_chunk, _encoding, done) {
        left -= 1
        if (left >= 0) return done()
        if (left === -1) lost()
        const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
        if (disk.throws) throw error
        done(error)
      },
    })
  const context = { stdout: file(), stderr: file(), env: {} }
  outliveOutput(context)
  return runListeners({ json: disk.json, saying: { quiet: false, verbose: false }, context }, false, now)
}

/** The same scenario with an output that takes everything. */
export const withoutDisk = (scenario: Scenario): Scenario => ({
  ...scenario,
  acts: scenario.acts.map(({ disk: _, ...act }) => act),
})

const changesNothing = 'output that cannot be written changes nothing'

/** What a scenario came to is to the byte what it comes to where all output is taken. */
export function unaffected(full: Outcome, other: Outcome): Violation[] {
  const historyOf = ({ result, events }: Run): string => JSON.stringify([result, events])
  const same = full.runs.every((run, index) => other.runs[index] && historyOf(run) === historyOf(other.runs[index]))
  if (same && JSON.stringify(full.sent) === JSON.stringify(other.sent)) return []
  const exits = [full, other].map(({ runs }) => runs.map(({ result }) => result?.exitCode).join(', '))
  return [{ invariant: changesNothing, run: 'all', text: `exit ${exits[0]}, and without it ${exits[1]}` }]
}
