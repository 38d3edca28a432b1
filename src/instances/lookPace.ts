/** How often a wait looks: an instance takes minutes to start and to drain, and every look is a call or several. */

/** Milliseconds until the next look of a wait that has gone on for `elapsed`: soon at the beginning, then seldom. */
export function lookPace(elapsed: number): number {
  if (elapsed < 10_000) return 5_000
  return elapsed < 60_000 ? 10_000 : 15_000
}
