import type { Tally } from './tally.ts'

/** Milliseconds between two lines. */
const pause = 10_000

/**
 * What a long range has come to so far, in lines: how many seeds and how fast every ten seconds, and the first seed that
 * breaks an invariant as soon as it is known. `now` is in milliseconds.
 */
export function progress(of: { seeds: number; now: () => number; write: (line: string) => void }) {
  const { seeds, now, write } = of
  const began = now()
  const broken = new Set<string>()
  let [played, violations, told] = [0, 0, began]
  return (part: Tally): void => {
    played += part.seeds
    violations += part.violations.length
    for (const { invariant, seed, run, text } of part.violations) {
      if (broken.has(invariant)) continue
      broken.add(invariant)
      write(`VIOLATION  ${invariant}\n  seed ${seed}, ${run}: ${text}`)
    }
    if (now() - told < pause) return
    told = now()
    const rate = ((played * 1000) / (told - began)).toFixed(1)
    write(`${played} of ${seeds} seeds, ${rate} a second, ${violations} violations so far`)
  }
}
