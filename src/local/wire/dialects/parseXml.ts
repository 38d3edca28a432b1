// A strict parser of the XML that AWS takes: elements and text, without attributes and document types. Libraries let pass
// what AWS refuses: text after the end, unknown entities, characters that there are not.
export interface Element {
  /** Without the prefix of its namespace. */
  readonly name: string
  /** The text in it, that of the elements below left out. */
  text: string
  readonly below: Element[]
}

/** The deepest input of any operation has seven levels; thousands would exhaust the stack of a walk through them. */
const mostLevels = 32

const tag = /<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*?)?(\/?)>/y

/**
 * The outermost element of an XML document; undefined when it is none, or has more than 32 levels. Attributes are passed
 * over. A document type is no part of what AWS takes, so there are no entities but those of XML itself.
 */
export function parseXml(document: string): Element | undefined {
  const outside: Element = { name: '', text: '', below: [] }
  const open = [outside]
  for (let at = 0; at < document.length;) {
    const token = tokenAt(document, at)
    if (!token) return undefined
    const inside = open.at(-1)!
    if ('text' in token) inside.text += token.text
    else if (token.ends) {
      if (open.length === 1 || inside.name !== token.name) return undefined
      open.pop()
    } else {
      const element = { name: token.name, text: '', below: [] }
      inside.below.push(element)
      if (!token.isEmpty && open.push(element) > mostLevels) return undefined
    }
    at = token.end
  }
  const [root] = outside.below
  return open.length === 1 && outside.below.length === 1 && outside.text.trim() === '' ? root : undefined
}

type Token = { end: number } & ({ text: string } | { name: string; ends: boolean; isEmpty: boolean })

function tokenAt(document: string, at: number): Token | undefined {
  if (document[at] !== '<') {
    const next = document.indexOf('<', at)
    const end = next < 0 ? document.length : next
    const text = unescaped(document.slice(at, end))
    return text === undefined ? undefined : { text, end }
  }
  for (const [opening, closing] of sections) {
    if (!document.startsWith(opening, at)) continue
    const close = document.indexOf(closing, at + opening.length)
    if (close < 0) return undefined
    const text = opening === '<![CDATA[' ? document.slice(at + opening.length, close) : ''
    return { text, end: close + closing.length }
  }
  tag.lastIndex = at
  const [text, ends, name = '', empty] = tag.exec(document) ?? []
  return text === undefined ? undefined : { name, ends: ends === '/', isEmpty: empty === '/', end: at + text.length }
}

const sections = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Undefined when there is an entity in it that XML does not have. */
function unescaped(text: string): string | undefined {
  let isSound = true
  const plain = text.replace(/&([^;&]{0,10};)?/g, (_, entity = '') => {
    const [, hex, digits, name = ''] = /^(?:#x([0-9a-f]+)|#(\d+)|(\w+));$/i.exec(entity) ?? []
    const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
    if (code <= 0x10_ff_ff) return String.fromCodePoint(code)
    if (!Object.hasOwn(entities, name)) isSound = false
    return entities[name] ?? ''
  })
  return isSound ? plain : undefined
}
