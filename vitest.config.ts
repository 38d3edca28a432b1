import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import thorough from './test/thorough.json' with { type: 'json' }

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: { alias: { 'ecs-task/local': source('src/local/index.ts'), 'ecs-task': source('src/index.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run test:thorough` has these: they take long, and other tests cover most of what they do.
    exclude: process.env['THOROUGHLY'] === 'true' ? [] : thorough.long,
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
