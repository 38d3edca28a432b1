// What a text says once its escapes are taken for what they stand for, and where in the text each part of that stands.

/** A text with its escapes replaced. */
export interface Decoding {
  readonly text: string
  /** Where a part of it stands in the text that was decoded. */
  readonly place: (start: number, end: number) => readonly [start: number, end: number]
}

/** Escapes of JSON, of other languages' strings, of URLs, of forms and of HTML. */
const decoders: readonly (readonly [escape: RegExp, decoded: (escape: string) => string | undefined])[] = [
  [/\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2}|[\s\S])/gi, unescaped],
  [/(?:%[0-9a-f]{2})+/gi, percentDecoded],
  [/(?:%[0-9a-f]{2})+|\+/gi, (escape) => (escape === '+' ? ' ' : percentDecoded(escape))],
  [
    /&(?:#x?[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|sol|equals|plus|num|excl|commat|percnt|colon|semi|bsol);/gi,
    htmlDecoded,
  ],
]

/** So many layers are taken off: a string of JSON in a string of JSON in a URL; of a long text one, which keeps it quick. */
const layersOf = (text: string): number => (text.length > 16_384 ? 1 : 3)

/** The decodings of a text that differ from it, each once. */
export function decodings(text: string): Decoding[] {
  if (!/[\\%+&]/.test(text)) return []
  const seen = new Set([text])
  const found: Decoding[] = []
  let layer: Decoding[] = [{ text, place: (start, end) => [start, end] }]
  for (let depth = 0; depth < layersOf(text) && layer.length > 0; depth++) {
    layer = layer.flatMap((outer) =>
      decoders.flatMap(([escape, decode]) => {
        const inner = decoded(outer, escape, decode)
        if (!inner || seen.has(inner.text)) return []
        seen.add(inner.text)
        return inner
      }),
    )
    found.push(...layer)
  }
  return found
}

function decoded(
  outer: Decoding,
  escape: RegExp,
  decode: (escape: string) => string | undefined,
): Decoding | undefined {
  const { text } = outer
  // A form's blanks are all that makes it differ from a URL.
  if (escape.source.endsWith(String.raw`\+`) && !text.includes('+')) return undefined
  let result = ''
  let at = 0
  // Where each piece begins in the result and in the text; an escape is a piece of its own for each of its characters.
  const inResult: number[] = []
  const inText: number[] = []
  const piece = (start: number): void => {
    inResult.push(result.length)
    inText.push(start)
  }
  escape.lastIndex = 0
  for (const { index, 0: found } of text.matchAll(escape)) {
    const meant = decode(found)
    if (meant === undefined) continue
    piece(at)
    result += text.slice(at, index)
    // Each character of a longer escape, as %C3%A4%2F, stands for itself alone where that can be told.
    const parts = found.startsWith('%') ? percentParts(found) : [[meant, found.length] as const]
    let from = index
    for (const [character, length] of parts) {
      piece(from)
      result += character
      from += length
    }
    at = index + found.length
  }
  if (inResult.length === 0) return undefined
  piece(at)
  result += text.slice(at)
  const textAt = (offset: number, isEnd: boolean): number => {
    let [low, high] = [0, inResult.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (inResult[middle]! < offset || (inResult[middle] === offset && !isEnd)) low = middle
      else high = middle - 1
    }
    const open = inText[low]! + offset - inResult[low]!
    // The end of an escape is where the next piece begins.
    const next = inText[low + 1]
    const isEscape = next !== undefined && inResult[low + 1]! - inResult[low]! !== next - inText[low]!
    return isEscape ? (isEnd ? next : inText[low]!) : open
  }
  return {
    text: result,
    place: (start, end) => outer.place(textAt(start, false), textAt(end, true)),
  }
}

const controls: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  a: '\u0007',
}

function unescaped(escape: string): string {
  const hex = /^\\(?:[uUx]\{?)([0-9a-fA-F]{2,8}|[0-9a-fA-F])\}?$/.exec(escape)?.[1]
  if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
  return controls[escape[1]!] ?? escape[1]!
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function percentDecoded(escapes: string): string {
  return percentParts(escapes)
    .map(([character]) => character)
    .join('')
}

/** The characters that escapes stand for, and how long each of them is; a byte that is none stands for itself. */
function percentParts(escapes: string): (readonly [character: string, length: number])[] {
  const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex')
  const parts: (readonly [string, number])[] = []
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!
    const size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
    const taken = Math.min(size, bytes.length - at)
    const character = taken === 1 ? String.fromCharCode(first) : bytes.subarray(at, at + taken).toString('utf8')
    parts.push([character, taken * 3])
    at += taken
  }
  return parts
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  sol: '/',
  equals: '=',
  plus: '+',
  num: '#',
  excl: '!',
  commat: '@',
  percnt: '%',
  colon: ':',
  semi: ';',
  bsol: '\\',
}

function htmlDecoded(entity: string): string | undefined {
  const name = entity.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return entities[name]
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return Number.isNaN(code) ? undefined : fromCode(code)
}
