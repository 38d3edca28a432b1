import { happenings } from './happened.ts'
import { answers } from './otherActs.ts'
import type { Violation } from './record.ts'

/** What many seeds have come to. */
export interface Tally {
  readonly seeds: number
  readonly runs: number
  readonly counts: Readonly<Record<string, number>>
  readonly violations: readonly (Violation & { readonly seed: number })[]
}

export const emptyTally = (): Tally => ({ seeds: 0, runs: 0, counts: {}, violations: [] })

export function added(one: Tally, other: Tally): Tally {
  const counts = { ...one.counts }
  for (const [what, count] of Object.entries(other.counts)) counts[what] = (counts[what] ?? 0) + count
  return {
    seeds: one.seeds + other.seeds,
    runs: one.runs + other.runs,
    counts,
    violations: other.violations.length > 0 ? [...one.violations, ...other.violations] : one.violations,
  }
}

const exits = ['exit 0', 'exit 1', 'exit 2', 'exit 3', 'exit 4', 'exit 5', 'exit 130', 'exit 143']
const onTheWire = ['throttled', 'bucket empty', 'serverError', 'cutBefore', 'cutAfter', 'slow', 'stale', 'failedEntry']
const ofTheMachine = ['clockJump', 'SIGINT', 'SIGTERM', 'killed', 'disk full']
const byOthers = [
  'deploy',
  'scale',
  'deleteService',
  'deregister',
  'changeTarget',
  'removeTarget',
  'stopTask',
  'autoScale',
  ...answers,
]

/** Everything that is counted, so that what never happened is seen to be 0. */
const counted: readonly string[] = [
  ...exits,
  ...onTheWire,
  ...ofTheMachine,
  ...byOthers.map((kind) => `other: ${kind}`),
  ...happenings,
]

/** The tally as a person reads it: the rate, how often each thing happened, and each violation with its seeds. */
export function report({ seeds, runs, counts, violations }: Tally, seconds: number): string {
  const names = [...new Set([...counted, ...Object.keys(counts).toSorted()])]
  const invariants = [...new Set(violations.map(({ invariant }) => invariant))]
  return [
    `${seeds} seeds, ${runs} commands in ${seconds.toFixed(1)} s: ${Math.round(runs / seconds)} a second`,
    ...names.map((name) => `  ${name.padEnd(22)}${String(counts[name] ?? 0).padStart(8)}`),
    ...invariants.map((invariant) => {
      const found = violations.filter((one) => one.invariant === invariant)
      const first = found[0]!
      const others = [...new Set(found.map(({ seed }) => seed))].slice(0, 12).join(', ')
      return `VIOLATION  ${invariant}\n  seeds ${others}\n  seed ${first.seed}, ${first.run}: ${first.text}`
    }),
    `${violations.length} violations`,
  ].join('\n')
}
