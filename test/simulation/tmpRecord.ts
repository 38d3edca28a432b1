import { writeFileSync } from 'node:fs'
import { firstToCatch, withPlanted } from './planted.ts'
import { plantedFaults } from './plantedFaults.ts'
import { plantedSeeds } from './plantedSeeds.ts'
import { simulate } from './run.ts'
function* from(first: number) {
  for (let s = first; s <= 2000; s++) yield s
}
const caught: Record<string, unknown> = {}
for (const fault of plantedFaults) {
  const recorded = plantedSeeds[fault.name]
  const first = await withPlanted(fault, async (planted) => {
    if (recorded) {
      const again = await firstToCatch(simulate, planted, [recorded.seed])
      if (again && again.invariant === recorded.invariant) return again
    }
    return firstToCatch(simulate, planted, from(1))
  })
  caught[fault.name] = first
  console.log(fault.name, JSON.stringify(recorded), JSON.stringify(first))
  writeFileSync('/tmp/caught.json', JSON.stringify(caught, undefined, 2))
}
