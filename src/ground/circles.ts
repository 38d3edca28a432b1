// Finds the circles in what waits for what, in time that grows with how much waits.

type Next = ReadonlyMap<string, readonly string[]>

/**
 * Each circle once, beginning with whoever comes first in `next`: the shortest for each that the first waits for. None is of
 * one alone.
 */
export function circlesIn(next: Next): string[][] {
  const place = new Map([...next.keys()].map((name, index) => [name, index]))
  const circles: string[][] = []
  const open = [new Set(next.keys())]
  for (let among = open.pop(); among; among = open.pop()) {
    for (const knot of knotsIn(next, among)) {
      const first = [...knot].reduce((one, other) => (place.get(one)! < place.get(other)! ? one : other))
      const begins = new Set(next.get(first)!.filter((name) => name !== first && knot.has(name)))
      for (const begin of begins) circles.push([first, ...wayBack(next, knot, begin, first)])
      knot.delete(first)
      open.push(knot)
    }
  }
  return circles
}

/** The shortest way from one to another, the first included and the last not. There is one in a knot. */
function wayBack(next: Next, among: ReadonlySet<string>, from: string, to: string): string[] {
  const before = new Map<string, string | undefined>([[from, undefined]])
  const reached = [from]
  for (const name of reached) {
    const onward = (next.get(name) ?? []).filter((one) => among.has(one))
    if (onward.includes(to)) {
      const way: string[] = []
      for (let one: string | undefined = name; one !== undefined; one = before.get(one)) way.unshift(one)
      return way
    }
    for (const one of onward) {
      if (before.has(one)) continue
      before.set(one, name)
      reached.push(one)
    }
  }
  return []
}

/**
 * The sets of two and more of which each waits for each other, by way of others: Tarjan's strongly connected components, without
 * recursion, since what waits may be a long line.
 */
function knotsIn(next: Next, among: ReadonlySet<string>): Set<string>[] {
  const numbers = new Map<string, { number: number; lowest: number; isOpen: boolean }>()
  const knots: Set<string>[] = []
  const open: string[] = []
  for (const root of among) {
    if (numbers.has(root)) continue
    const path: { name: string; rest: Iterator<string> }[] = []
    const enter = (name: string): void => {
      numbers.set(name, { number: numbers.size, lowest: numbers.size, isOpen: true })
      open.push(name)
      path.push({ name, rest: (next.get(name) ?? []).values() })
    }
    enter(root)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const mine = numbers.get(top.name)!
      const { value: onward, done } = top.rest.next()
      if (done) {
        path.pop()
        const above = path.at(-1)
        if (above) {
          const its = numbers.get(above.name)!
          its.lowest = Math.min(its.lowest, mine.lowest)
        }
        if (mine.lowest === mine.number) {
          const knot = open.splice(open.lastIndexOf(top.name))
          for (const name of knot) numbers.get(name)!.isOpen = false
          if (knot.length > 1) knots.push(new Set(knot))
        }
      } else if (among.has(onward)) {
        const its = numbers.get(onward)
        if (!its) enter(onward)
        else if (its.isOpen) mine.lowest = Math.min(mine.lowest, its.number)
      }
    }
  }
  return knots
}
