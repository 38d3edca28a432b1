/**
 * What makes reports, loaded when one is asked for. As with the local AWS, `scripts/build.mjs` turns this import into a require of a
 * file of its own.
 */
export const loadReport = (): Promise<typeof import('../../output/report/index.ts')> =>
  import('../../output/report/index.ts')
