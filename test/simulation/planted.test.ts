import { describe, expect, test } from 'vitest'
import { sampled } from '../sampled.ts'
import { withPlanted } from './planted.ts'
import { plantedFaults } from './plantedFaults.ts'
import { plantedSeeds } from './plantedSeeds.ts'

describe('a fault that is planted in the engine is caught', () => {
  test.each(sampled(plantedFaults, 2))('$name', async (fault) => {
    const recorded = plantedSeeds[fault.name]
    // After a change of the engine, record the seeds again: npm run simulate:planted -- --record
    expect(recorded, 'a recorded seed').toBeDefined()
    const { seed = 0, invariant } = recorded ?? {}
    const { violations } = await withPlanted(fault, (simulate) => simulate(seed))
    expect(
      violations.map((violation) => violation.invariant),
      `seed ${seed}`,
    ).toContain(invariant)
  })
})
