import * as fc from 'fast-check'
import { expect } from 'vitest'

/** Rounds after which a property that still has not seen what it is about never will. */
const rounds = 20

/**
 * Checks a property with so many draws, and again until `hasSeen` says that what it is about was among them: a few draws of few
 * acts each may miss it by chance.
 */
export function assertUntil<Ts>(property: fc.IProperty<Ts>, numRuns: number, hasSeen: () => boolean): void {
  for (let round = 0; round < rounds; round++) {
    fc.assert(property, { numRuns })
    if (hasSeen()) return
  }
  expect.fail(`${rounds * numRuns} draws, and what the property is about was not among them`)
}
