import type { Drawn } from './drawn.ts'
import type { Random } from './random.ts'

/** Now and then runs take locks. Some wait for those that others hold; one that comes after a kill has to. */
export function withLocks(chance: Random, drawn: Drawn): Drawn {
  const areBeside = drawn.acts.some(({ beside }) => beside)
  if (!chance.chance(areBeside ? 0.4 : 0.12)) return drawn
  const acts = drawn.acts.map((act) => ({
    ...act,
    locks: { waitForLock: act.again || chance.chance(0.7) ? 600_000 : undefined },
  }))
  return { ...drawn, acts }
}
