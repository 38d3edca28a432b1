// Reads JSON that somebody has sent.
import type { Unchecked } from './wire.ts'

/**
 * AWS's own parsers end somewhere, too. What is deeper could be read, but not be copied or written again: that takes a
 * frame of the stack for each level.
 */
const mostLevels = 500

/** The value that JSON text stands for; undefined where the text is none, or has more than 500 levels. */
export function parseJson(text: string): unknown {
  if (isDeep(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The same where it is an object; undefined where it is none. */
export function parseObject(text: string): Unchecked | undefined {
  const value = parseJson(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

function isDeep(text: string): boolean {
  let level = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    // Brackets inside of strings are none.
    if (character === '"') at = endOfString(text, at)
    else if (character === '[' || character === '{') level += 1
    else if (character === ']' || character === '}') level -= 1
    if (level > mostLevels) return true
  }
  return false
}

/** The place of the quote that ends the string that begins at `from`. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}
