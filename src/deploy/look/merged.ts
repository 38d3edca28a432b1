// Several lists that come page by page as one, in the order of time.

/** Yields the items of all lists, each of which is in order itself, by `at`; of one time in the order of the lists. */
export async function* merged<T extends { readonly at: number }>(
  lists: readonly AsyncIterator<readonly T[]>[],
): AsyncGenerator<T> {
  const heads = lists.map((list) => ({ list, items: [] as readonly T[], next: 0, hasEnded: false }))
  for (;;) {
    // Whose next item is not known could have the oldest.
    await Promise.all(
      heads.map(async (head) => {
        while (head.next === head.items.length && !head.hasEnded) {
          const { done = false, value } = await head.list.next()
          head.hasEnded = done
          head.items = done ? [] : value
          head.next = 0
        }
      }),
    )
    let first: (typeof heads)[number] | undefined
    for (const head of heads) {
      const item = head.items[head.next]
      if (item !== undefined && (first === undefined || item.at < first.items[first.next]!.at)) first = head
    }
    if (!first) return
    yield first.items[first.next++]!
  }
}
