import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { print } from './print.ts'
import { simulate } from './run.ts'
import { type Tally, added, emptyTally, report } from './tally.ts'

const usage = 'Usage: npm run simulate -- --seeds 1..20000, or --seed 4711'
/** Seeds that a worker plays before it asks for more. */
const portion = 100

if (process.send) process.once('message', (share: Share) => void work(share))
else process.exitCode = await main(process.argv.slice(2))

/** The seeds of one worker: of all portions every `workers`th, from the `first`. */
interface Share {
  readonly least: number
  readonly most: number
  readonly workers: number
  readonly first: number
}

async function main([option, value = '']: string[]): Promise<number> {
  if (option === '--seed' && /^\d+$/.test(value)) {
    const outcome = await simulate(Number(value))
    console.log(print(outcome))
    return outcome.violations.length > 0 ? 1 : 0
  }
  const [, least, most] = /^(\d+)\.\.(\d+)$/.exec(option === '--seeds' ? value : '') ?? []
  if (least === undefined || most === undefined) {
    console.error(usage)
    return 2
  }
  const began = performance.now()
  const workers = Math.min(availableParallelism(), 2)
  const tallies = await Promise.all(
    Array.from({ length: workers }, (_, first) => played({ least: Number(least), most: Number(most), workers, first })),
  )
  const tally = tallies.reduce(added, emptyTally())
  console.log(report(tally, (performance.now() - began) / 1000))
  return tally.violations.length > 0 ? 1 : 0
}

/** What one worker has counted. */
function played(share: Share): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(import.meta.url))
    worker.once('message', resolve)
    worker.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)))
    worker.send(share)
  })
}

/** Portions of the seeds in turn, so that the workers end together. */
async function work({ least, most, workers, first }: Share): Promise<void> {
  let tally = emptyTally()
  for (let from = least + first * portion; from <= most; from += workers * portion) {
    for (let seed = from; seed < from + portion && seed <= most; seed++) tally = added(tally, await outcomeOf(seed))
  }
  process.send?.(tally)
  process.disconnect()
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
