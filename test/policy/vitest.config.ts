// The stories of deploys, each told with nothing but the policy that ecs-task prints for its definitions.
import { defineConfig } from 'vitest/config'
import every from '../../vitest.config.ts'

const { test, ...more } = every

export default defineConfig({
  ...more,
  test: {
    ...test,
    include: ['test/deploy/**/*.test.ts', 'test/simulation/simulation.test.ts'],
    // What only looks or verifies has a policy of its own, in docs/look.md and docs/verify.md; a lock that only an
    // option names is in no printed policy.
    exclude: [...(test?.exclude ?? []), 'test/deploy/{lock,look,verify}/**'],
    setupFiles: ['test/policy/noneDenied.ts'],
    env: { ...test?.env, POLICY: 'printed' },
  },
})
