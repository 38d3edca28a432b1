import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { bundled } from './bundled.ts'
import { type Tally, added, emptyTally } from './tally.ts'

/** Seeds from `least` to `most`, both included. */
export interface Range {
  readonly least: number
  readonly most: number
}

/** Seeds that a worker plays before it asks for more: about a second. */
const portion = 50

/**
 * Everything is a little warm here and nothing hot: optimized after as many turns as usual, code of a thousand functions
 * takes a quarter of the time to compile that it never saves, and what has not run for a while is wanted again. All processors
 * have a worker, so none is left for threads beside it. With more room for what is new, less of it is copied before it is
 * garbage. In large pages the processor finds the code of the engine sooner. Node 22 and later don't know the first flag.
 */
const flags = process.versions.node.startsWith('20.')
  ? [
      '--interrupt-budget=1000000',
      '--always-sparkplug',
      '--no-flush-bytecode',
      '--single-threaded',
      '--min-semi-space-size=32',
      '--max-semi-space-size=32',
      '--use-largepages=silent',
    ]
  : []

/** Plays seeds in a process for each processor; `heard` is told of each portion as it comes in. */
export async function playAll({ least, most }: Range, heard: (part: Tally) => void): Promise<Tally> {
  let next = least
  let tally = emptyTally()
  const take = (): Range | undefined => {
    if (next > most) return undefined
    const taken = { least: next, most: Math.min(next + portion - 1, most) }
    next = taken.most + 1
    return taken
  }
  const workers = Math.min(availableParallelism(), Math.ceil((most - least + 1) / portion))
  const worker = await bundled(fileURLToPath(new URL('worker.ts', import.meta.url)))
  try {
    await Promise.all(
      Array.from({ length: workers }, () =>
        work(worker.path, take, (part) => {
          tally = added(tally, part)
          heard(part)
        }),
      ),
    )
  } finally {
    await worker.remove()
  }
  // Which portion comes in first is chance.
  return { ...tally, violations: tally.violations.toSorted((one, other) => one.seed - other.seed) }
}

/** One worker, until there is nothing left to take. */
function work(path: string, take: () => Range | undefined, heard: (part: Tally) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(path, { execArgv: flags })
    const goOn = (): void => {
      const range = take()
      if (range) worker.send(range)
      else worker.disconnect()
    }
    worker.on('message', (part: Tally) => {
      heard(part)
      goOn()
    })
    worker.once('error', reject)
    worker.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`a worker ended with ${code ?? signal}`)),
    )
    goOn()
  })
}
