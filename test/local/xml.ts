const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#xD': '\r' }

/** What a client makes of the XML of the Query protocol: `member` elements a list, `entry` elements a map. */
export function plainOf(xml: string): any {
  const elements = [...xml.matchAll(/<(\w+)[^>]*>(.*?)<\/\1>/gs)]
  if (elements.length === 0) return xml.replace(/&([\w#]+);/g, (_, name) => entities[name]!)
  if (elements.every(([, name]) => name === 'member')) return elements.map(([, , inside]) => plainOf(inside!))
  const inside = elements.map(([, name, text]) => [name, plainOf(text!)])
  if (inside.every(([name]) => name === 'entry')) {
    return Object.fromEntries(inside.map(([, entry]) => [entry.key, entry.value]))
  }
  return Object.fromEntries(inside)
}
