// How the cost of something grows with what it is given, on a machine that does other things too.

/** Tries after which a cost that still grows too fast does so by itself, and not for want of a processor. */
const tries = 8

/**
 * The least ratio of the time that `large` takes to the time that `small` takes, of tries that end with the first below `most`. On a
 * busy machine any one of them may take long; what grows with the square does so each time.
 */
export async function growth(small: () => unknown, large: () => unknown, most: number): Promise<number> {
  let least = Infinity
  for (let left = tries; left > 0 && least >= most; left--) {
    const [first, second, third] = [await costOf(small), await costOf(large), await costOf(small)]
    // What takes less than two milliseconds cannot be told from nothing.
    least = Math.min(least, second / Math.max(first, third, 2))
  }
  return least
}

/** Milliseconds that something takes. */
export async function costOf(act: () => unknown): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

/** Does something that may be refused. */
export function attempt(act: () => unknown): void {
  try {
    act()
  } catch {
    // Only what it costs is looked at.
  }
}
