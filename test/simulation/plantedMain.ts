import { firstToCatch, withPlanted } from './planted.ts'
import { plantedFaults } from './plantedFaults.ts'
import { simulate } from './run.ts'

/** How many seeds a fault may take to be caught. */
const most = 2_000

let missed = 0
for (const fault of plantedFaults) {
  const caught = await withPlanted(fault, (planted) => firstToCatch(simulate, planted, seedsFrom(1)))
  if (!caught) missed += 1
  console.log(
    `${fault.name.padEnd(74)}${caught ? `${String(caught.seed).padStart(6)}  ${caught.invariant}` : '  NEVER'}`,
  )
}
process.exitCode = missed === 0 ? 0 : 1

function* seedsFrom(first: number): Generator<number> {
  for (let seed = first; seed <= most; seed++) yield seed
}
