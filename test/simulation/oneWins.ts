import type { Run, Sent, Violation } from './record.ts'
import { isWrite } from './touched.ts'

/** Of two commands at once one wins: they never supersede each other. */
export function oneWins(runs: readonly Run[], sent: readonly Sent[]): Violation[] {
  return runs.flatMap((run, index) => {
    const other = runs[index + 1]
    const areBeside = other?.act.beside && other.beganAt < run.endedAt
    if (!areBeside || run.result?.exitCode !== 5 || other.result?.exitCode !== 5) return []
    const all = sent.slice(run.from, Math.max(run.to, other.to))
    const meanwhile = all.filter(isWrite)
    // Where minutes pass between two attempts of an update, the other run had no headway to give.
    if (all.some(({ fault }) => fault === 'clockJump')) return []
    if (meanwhile.some((one) => one.run !== run.name && one.run !== other.name)) return []
    return [{ invariant: 'of two at once one wins', run: run.name, text: `${run.name} and ${other.name} both ended 5` }]
  })
}
