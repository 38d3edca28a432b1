import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const long = [
  'test/commands/clusterDestroy.test.ts',
  'test/commands/instances.test.ts',
  'test/commands/interruption.test.ts',
  'test/commands/output.test.ts',
  'test/commands/serviceUpdate.test.ts',
  'test/commands/severalClasses.test.ts',
  'test/commands/templates.test.ts',
  'test/instances/large.test.ts',
]

export default defineConfig({
  resolve: { alias: { 'ecs-task/local': source('src/local/index.ts'), 'ecs-task': source('src/index.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    // What takes long and is held by others, too: `npm run test:thorough` has it.
    exclude: process.env['THOROUGHLY'] === 'true' ? [] : long,
    globalSetup: ['test/commands/globalSetup.ts'],
    // Its ES modules name their files without an ending, which Node does not take: bundled, as in dist/, it can be imported.
    server: { deps: { inline: ['clipanion'] } },
    pool: 'threads',
    isolate: false,
    // Many tests wait for processes: one worker fewer than there are cores would be idle most of the time.
    maxWorkers: '100%',
    testTimeout: 20_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
})
