/** Whether tests try all cases instead of a sample: `npm run test:thorough`. */
export const isThorough = process.env['THOROUGHLY'] === 'true'

/** Some of them, evenly spread from the first to the last; with `npm run test:thorough` all. */
export function sampled<T>(all: readonly T[], most: number): readonly T[] {
  return isThorough ? all : evenly(all, most)
}

/** Some of them, evenly spread from the first to the last. */
export function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all
  if (most === 1) return all.slice(0, 1)
  return Array.from({ length: most }, (_, index) => all[Math.round((index * (all.length - 1)) / (most - 1))]!)
}
