import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { bundled } from './bundled.ts'
import type { PlantedFault } from './plantedFaults.ts'
import type { Outcome } from './record.ts'

type Simulate = (seed: number) => Promise<Outcome>

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The simulator around a copy of the engine that has this fault, until `use` is done with it. */
export async function withPlanted<T>(fault: PlantedFault, use: (simulate: Simulate) => Promise<T>): Promise<T> {
  const planted = await bundled(join(root, 'test/simulation/run.ts'), [planting(fault)])
  try {
    const { simulate } = (await import(/* @vite-ignore */ pathToFileURL(planted.path).href)) as { simulate: Simulate }
    return await use(simulate)
  } finally {
    await planted.remove()
  }
}

/** The first seed at which the copy breaks an invariant that the engine itself keeps; undefined: none up to `most`. */
export async function firstToCatch(
  simulate: Simulate,
  planted: Simulate,
  seeds: Iterable<number>,
): Promise<{ seed: number; invariant: string } | undefined> {
  for (const seed of seeds) {
    const invariant = await brokenBy(simulate, planted, seed)
    if (invariant !== undefined) return { seed, invariant }
  }
  return undefined
}

async function brokenBy(simulate: Simulate, planted: Simulate, seed: number): Promise<string | undefined> {
  const { violations } = await planted(seed)
  if (violations.length === 0) return undefined
  const known = new Set((await simulate(seed)).violations.map(({ invariant }) => invariant))
  return violations.find(({ invariant }) => !known.has(invariant))?.invariant
}

function planting({ name, file, find, replace }: PlantedFault): Plugin {
  return {
    name: 'plant',
    setup({ onLoad }) {
      // A filter for all files would have each of them come by here.
      onLoad({ filter: new RegExp(`/${file.replaceAll('.', '\\.')}$`) }, async ({ path }) => {
        if (path !== join(root, 'src', file)) return undefined
        const text = await readFile(path, 'utf8')
        const parts = text.split(find)
        if (parts.length !== 2)
          throw new Error(`${name}: ${file} holds what is to be replaced ${parts.length - 1} times`)
        return { contents: parts.join(replace), loader: 'ts' }
      })
    },
  }
}
