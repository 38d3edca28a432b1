// Finds circles in a graph of files or rooms.

/** Each circle as a sentence, from its alphabetically first member; at least one for every group that goes in circles. */
export function circles(graph: Readonly<Record<string, readonly string[]>>): string[] {
  const found = new Set<string>()
  const done = new Set<string>()
  const walk = (node: string, trail: readonly string[]): void => {
    const start = trail.indexOf(node)
    if (start >= 0) found.add(sentence(trail.slice(start)))
    if (start >= 0 || done.has(node)) return
    for (const next of graph[node] ?? []) walk(next, [...trail, node])
    done.add(node)
  }
  for (const node of Object.keys(graph)) walk(node, [])
  return [...found]
}

function sentence(circle: readonly string[]): string {
  const first = circle.indexOf(circle.toSorted()[0] ?? '')
  return `${[...circle.slice(first), ...circle.slice(0, first + 1)].join(' → ')} is a circle`
}
