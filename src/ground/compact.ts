// Writes values in one line, for plans and diffs.
import { isPlain } from './shown.ts'

/** Text that needs no quotes to be told from what is around it. */
const bare = /^[\w./:@+-]+$/

/** Keeps a member's name and its value, and a brace and its neighbor, in one line where a text is broken at its spaces. */
const noBreak = '\u00a0'

/** A value in one line, as one would write it in a source file but without the quotes that say nothing. */
export function compact(value: unknown): string {
  if (typeof value === 'string') return bare.test(value) ? value : quoted(value)
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(compact).join(', ')}]`
  if (value instanceof Date) return value.toISOString()
  if (!isPlain(value)) return String(value)
  const reference = referenceIn(value)
  if (reference !== undefined) return reference
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return members.length === 0
    ? '{}'
    : `{${noBreak}${members.map(([name, member]) => `${name}:${noBreak}${compact(member)}`).join(', ')}${noBreak}}`
}

/** In quotes that need no backslashes before those of a string of JSON. */
function quoted(text: string): string {
  return text.includes('"') && !/['\\\p{Cc}]/u.test(text) ? `'${text}'` : JSON.stringify(text)
}

/** A Reference that has been through JSON. */
function referenceIn({ $from, what }: Record<string, unknown>): string | undefined {
  return typeof $from === 'string' && typeof what === 'string' ? `<${what}>` : undefined
}
