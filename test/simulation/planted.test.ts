import { describe, expect, test } from 'vitest'
import { withPlanted } from './planted.ts'
import { plantedFaults } from './plantedFaults.ts'

describe('a fault that is planted in the engine is caught', () => {
  test.each(plantedFaults)('$name: by seed $seed', async (fault) => {
    const { violations } = await withPlanted(fault, (simulate) => simulate(fault.seed))
    expect(violations.map(({ invariant }) => invariant)).toContain(fault.invariant)
  })
})
