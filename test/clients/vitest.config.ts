import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

const last = 'test/clients/answers.spec.ts'
const { test, ...more } = base
const settings = { ...test, testTimeout: 120_000 }

/** `npm run test:clients`: what other people's clients make of the local AWS, and then what it has answered them. */
export default defineConfig({
  test: {
    projects: [
      {
        ...more,
        test: {
          ...settings,
          name: 'clients',
          include: ['test/clients/*.spec.ts'],
          exclude: [last],
          globalSetup: ['test/clients/globalSetup.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...more,
        test: { ...settings, name: 'answers', include: [last], globalSetup: [], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
