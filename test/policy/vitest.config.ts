// The stories of deploys, each told with nothing but the policy that ecs-task prints for its definitions.
import { defineConfig } from 'vitest/config'
import every from '../../vitest.config.ts'

const { test, ...more } = every

export default defineConfig({
  ...more,
  test: {
    ...test,
    include: ['test/deploy/**/*.test.ts', 'test/simulation/simulation.test.ts'],
    // What only looks at tasks and logs has a policy of its own, in docs/look.md.
    exclude: [...(test?.exclude ?? []), 'test/deploy/look/**'],
    setupFiles: ['test/policy/noneDenied.ts'],
    env: { ...test?.env, POLICY: 'printed' },
  },
})
