import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** `npm run test:moto`: our deploys against moto, another emulator of AWS. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/moto/*.spec.ts'],
    globalSetup: ['test/moto/globalSetup.ts'],
    testTimeout: 120_000,
  },
})
