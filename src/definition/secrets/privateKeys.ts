// Finds private keys, whole and line by line.
import { type Cut, placesOf } from './cuts.ts'

const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g

/** What a key that was cut off may go on with: its own headers, lines of base64, and the ways to write a line break. */
const body =
  /(?:\s|\\{1,8}[nr]|[A-Za-z-]{1,20}: [^\n\\]{0,80}|[A-Za-z0-9+/]{16,}=*|(?<=[\r\n]|\\[nr])[A-Za-z0-9+/]{1,15}={0,2}(?=[\s\\"',]|$))*/y

/** A line as keys are written in, so long and of nothing but base64, which may stand in a sentence. */
const line = /(?<=^|[\s"'`]|\\n)([A-Za-z0-9+/]{76}|[A-Za-z0-9+/]{70}|[A-Za-z0-9+/]{64})(?=[\s"'`\\]|$)/g

/** Private keys of a text, to their end or as far as they go, and lines that look like one's. */
export function privateKeys(text: string): Cut[] {
  const cuts: Cut[] = []
  let marker = 0
  begin.lastIndex = 0
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const after = begin.lastIndex
    // Looked for once: where no key ends behind one of them, none does behind the next.
    if (marker >= 0 && marker < after) marker = text.indexOf('-----END ', after)
    const end = marker < 0 ? bodyEnd(text, after) : closeOf(text, marker)
    cuts.push({ start: match.index, end, secret: text.slice(match.index, end) })
    begin.lastIndex = end
  }
  // What a certificate or a public key consists of is for everybody, where it can be told.
  if (text.includes('-----BEGIN ')) return cuts
  for (const match of placesOf(line, text)) {
    const [whole, base64 = ''] = match
    if (!/[a-z]/.test(base64) || !/[A-Z]/.test(base64) || !/\d/.test(base64) || place.test(base64)) continue
    const end = match.index + whole.length
    cuts.push({ start: end - base64.length, end, secret: base64 })
  }
  return cuts
}

/** A place in a definition, `Web/updateServices/0/loadBalancers`: of the lines of keys, less than one in a million looks like it. */
const place = /^[A-Za-z]+\d{0,2}(?:\/(?:[A-Za-z]+|\d{1,3}))*\/\d{1,3}(?:\/(?:[A-Za-z]+|\d{1,3}))*$/

function closeOf(text: string, marker: number): number {
  const close = text.indexOf('-----', marker + 9)
  return close < 0 ? text.length : close + 5
}

function bodyEnd(text: string, after: number): number {
  body.lastIndex = after
  return after + (body.exec(text)?.[0].length ?? 0)
}
