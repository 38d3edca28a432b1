/**
 * The candidate that a mistyped name most likely stands for: the same but for case, `_` and `-`, or at most two edits
 * away (a letter more, less, other, or two swapped) where that leaves most of the name.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const same = candidates.find((candidate) => bare(candidate) === bare(name))
  if (same !== undefined) return same
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: editsBetween(bare(name), bare(candidate)) }))
    .filter(({ candidate, edits }) => edits <= Math.min(2, candidate.length / 3))
    .toSorted((a, b) => a.edits - b.edits)
  return best?.candidate
}

const bare = (name: string): string => name.toLowerCase().replace(/[_-]/g, '')

/** The optimal string alignment distance; names that differ by more than two letters in length are not worth counting. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row += 1) {
    const [above, twoAbove] = [rows[row - 1]!, rows[row - 2]]
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwap = twoAbove !== undefined && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          above[column]! + 1,
          current[column - 1]! + 1,
          above[column - 1]! + (isSame ? 0 : 1),
          isSwap ? (twoAbove[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      )
    }
    rows.push(current)
  }
  return rows[a.length]![b.length]!
}
