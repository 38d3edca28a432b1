/**
 * The local AWS, loaded when it is first needed. The sources import it as any module; `scripts/build.mjs` turns this one
 * dynamic import into a require of `dist/local.cjs`, so that the built file holds none.
 */
export const loadLocal = (): Promise<typeof import('../../local/index.ts')> => import('../../local/index.ts')
