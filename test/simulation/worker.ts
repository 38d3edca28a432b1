import { simulate } from './run.ts'
import { type Tally, added, emptyTally } from './tally.ts'
import type { Range } from './workers.ts'

// A process that plays the seeds it is sent and answers with what they have come to, until nobody sends any more.
process.on('message', (range: Range) => void played(range).then((tally) => process.send?.(tally)))
process.once('disconnect', () => process.exit())

async function played({ least, most }: Range): Promise<Tally> {
  let tally = emptyTally()
  for (let seed = least; seed <= most; seed++) tally = added(tally, await outcomeOf(seed))
  return tally
}

/** A seed that cannot be played is named like one that breaks an invariant. */
async function outcomeOf(seed: number): Promise<Tally> {
  const unplayed = (error: unknown) => {
    const violations = [{ invariant: 'every seed can be played', run: 'none', text: String(error) }]
    return { runs: [], counts: {}, violations }
  }
  const { runs, counts, violations } = await simulate(seed).catch(unplayed)
  return { seeds: 1, runs: runs.length, counts, violations: violations.map((violation) => ({ ...violation, seed })) }
}
