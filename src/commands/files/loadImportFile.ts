/**
 * What imports files of users. As with the local AWS, `scripts/build.mjs` turns this import into a require of a file of its own,
 * the only one with a dynamic import in it.
 */
export const loadImportFile = (): Promise<typeof import('./importFile.ts')> => import('./importFile.ts')
