// Puts things in order, each after what it depends on.

/**
 * All of them, each once all that `dependsOn` names are there, otherwise in the order given. Without recursion: what waits for
 * each other may be a long line. There must be no circle.
 */
export function dependenciesFirst<T extends { readonly name: string }>(
  all: readonly T[],
  dependsOn: (one: T) => readonly string[],
): T[] {
  const byName = new Map(all.map((one) => [one.name, one]))
  const inOrder = new Set<T>()
  const entered = new Set<T>()
  for (const start of all) {
    const open = [start]
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (entered.has(top)) {
        inOrder.add(top)
        open.pop()
        continue
      }
      entered.add(top)
      const before = dependsOn(top).flatMap((name) => byName.get(name) ?? [])
      open.push(...before.filter((one) => !entered.has(one)).toReversed())
    }
  }
  return [...inOrder]
}
