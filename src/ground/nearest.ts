// Finds the known name that a misspelt one most likely stands for.
import { distance } from 'fastest-levenshtein'

/**
 * The known name that `name` is probably a misspelling of: the same but for case, `_` and `-`, or else at most two
 * typing errors away (one for names under five letters, or `most`). The closest wins, the first of equals; undefined when
 * none is near.
 */
export function nearest(name: string, known: readonly string[], most = 2): string | undefined {
  const same = known.find((candidate) => bare(candidate) === bare(name))
  if (same !== undefined) return same
  let [found, fewest]: [string | undefined, number] = [undefined, Math.min(most, name.length < 5 ? 1 : 2) + 1]
  for (const candidate of known) {
    const errors = typingErrors(name, candidate)
    if (errors < fewest) [found, fewest] = [candidate, errors]
  }
  return found
}

const bare = (name: string): string => name.replace(/[_-]/g, '').toLowerCase()

/** Letters to add, to drop and to change; two that are swapped are one error, though that changes both. */
function typingErrors(name: string, candidate: string): number {
  const errors = distance(name, candidate)
  return errors === 2 && letters(name) === letters(candidate) ? 1 : errors
}

const letters = (name: string): string => Array.from(name).toSorted().join('')
