// How `npm run mutate` runs the tests that need no built package: in the order given, the source transformed once.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** Paths of test files, in order; without it all run, by as many workers as there are cores. */
const { MUTATE_ONLY: only } = process.env
const order = only ? Object.keys(JSON.parse(readFileSync(only, 'utf8'))) : []

class InOrder {
  sort(files) {
    const placeOf = ({ moduleId }) => order.findIndex((file) => moduleId.endsWith(`/${file}`))
    return files.toSorted((one, other) => placeOf(one) - placeOf(other))
  }

  shard(files) {
    return files
  }
}

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    globalSetup: [],
    // It starts the built program.
    exclude: [...(base.test.exclude ?? []), 'test/hostile/badDefinitions.test.ts'],
    setupFiles: ['scripts/mutate/reached.mjs'],
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache' },
    sequence: { sequencer: InOrder },
    ...(only && { maxWorkers: 1 }),
  },
})
