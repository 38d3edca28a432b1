import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** `npm run test:clients`: what other people's clients make of the local AWS. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/clients/*.spec.ts'],
    globalSetup: ['test/clients/globalSetup.ts'],
    testTimeout: 120_000,
  },
})
