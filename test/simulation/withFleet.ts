import type { Drawn } from './drawn.ts'
import type { Random } from './random.ts'

/** Sometimes several classes have an order among each other, a run goes on where one fails, or few services roll at one time. */
export function withFleet(chance: Random, drawn: Drawn): Drawn {
  const { definitions, acts } = drawn
  const maxInFlight = chance.chance(0.15) ? chance.integer(1, 2) : undefined
  const limited = acts.map((act) => (maxInFlight !== undefined && act.wait ? { ...act, maxInFlight } : act))
  if (definitions.length < 2 || !chance.chance(0.55)) return { ...drawn, acts: limited }
  const keepGoing = chance.chance(0.7)
  const hasOrder = chance.chance(0.6)
  // Those whose classes stand further down in the file may come first.
  const backwards = chance.chance(0.5)
  const ordered = definitions.map(({ name, declared }, index) => {
    const before = backwards ? definitions.slice(index + 1) : definitions.slice(0, index)
    const after = before.map((one) => one.name).filter(() => hasOrder && chance.chance(0.6))
    return { name, declared: after.length > 0 ? { ...declared, after } : declared }
  })
  return { ...drawn, definitions: ordered, acts: limited.map((act) => (keepGoing ? { ...act, keepGoing } : act)) }
}
