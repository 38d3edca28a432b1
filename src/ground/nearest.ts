/**
 * The known name that `name` is probably a misspelling of: the same but for case, `_` and `-`, or else at most two
 * typing errors away (one for names under five letters). The closest wins, the first of equals; undefined when none
 * is near.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const same = known.find((candidate) => bare(candidate) === bare(name))
  if (same !== undefined) return same
  let [found, distance]: [string | undefined, number] = [undefined, name.length < 5 ? 2 : 3]
  for (const candidate of known) {
    const typingErrors = distanceBetween(name, candidate)
    if (typingErrors < distance) [found, distance] = [candidate, typingErrors]
  }
  return found
}

const bare = (name: string): string => name.replace(/[_-]/g, '').toLowerCase()

/** Damerau-Levenshtein: letters to add, to drop, to change, and neighbors to swap. */
function distanceBetween(a: string, b: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1),
        swapped ? beforeLast[column - 2]! + 1 : Infinity,
      )
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[b.length]!
}
