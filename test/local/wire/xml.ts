// Reads the XML of AWS as a client does.
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#xD': '\r' }

/**
 * What a client makes of the XML of the Query protocol: `member` elements a list, `entry` elements a map. In other
 * protocols the elements called as in `lists` hold lists.
 */
export function plainOf(xml: string, lists: readonly string[] = []): any {
  const elements = elementsOf(xml)
  if (elements.length === 0) return xml.replace(/&([\w#]+);/g, (_, name) => entities[name]!)
  if (elements.every(([name]) => name === 'member')) return elements.map(([, inside]) => plainOf(inside, lists))
  const inside = elements.map(([name, text]) => {
    return [name, lists.includes(name) ? elementsOf(text).map(([, one]) => plainOf(one, lists)) : plainOf(text, lists)]
  })
  if (inside.every(([name]) => name === 'entry')) {
    return Object.fromEntries(inside.map(([, entry]) => [entry.key, entry.value]))
  }
  return Object.fromEntries(inside)
}

/** The outermost elements, each with what is inside of it; one may hold others of its own name. */
function elementsOf(xml: string): [name: string, inside: string][] {
  const elements: [string, string][] = []
  let depth = 0
  let from = 0
  for (const tag of xml.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    const [text, slash, name] = tag
    if (slash === '' && depth === 0) from = tag.index + text.length
    depth += slash === '' ? 1 : -1
    if (depth === 0) elements.push([name!, xml.slice(from, tag.index)])
  }
  return elements
}
