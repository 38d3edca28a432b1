// Texts, names of members and comments as TypeScript, out of which nothing can break.
import type { EnvironmentPart, FromEnvironment } from './tree.ts'

/** What is not seen or changes how a line is read: control and format characters, separators, halves of characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu

const named: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` }

/** A text as a string of TypeScript: with single quotes, unless double ones spare backslashes. */
export function stringText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return `${quote}${escaped(text, quote)}${quote}`
}

function escaped(text: string, quote: string): string {
  const within = text.replaceAll('\\', String.raw`\\`).replaceAll(quote, `\\${quote}`)
  return within.replace(unseen, (one) => named[one] ?? code(one))
}

function code(character: string): string {
  const hex = character.codePointAt(0)!.toString(16)
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** The name of a member; `__proto__` without brackets would be the object's prototype. */
export function memberText(name: string): string {
  if (name === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringText(name)
}

/** A comment on lines of its own, each with `//`: no text ends it but a line break, of which none is left. */
export function commentLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `// ${line.replace(unseen, code)}`.trimEnd())
}

/** The function with which a file reads a variable that must be set. */
export const readFunction = 'fromEnvironment'

/** A value that is read from the environment, as an expression. */
export function environmentText({ parts, type }: FromEnvironment): string {
  const [first = ''] = parts
  const text = parts.length === 1 ? partText(first) : `\`${parts.map(inTemplate).join('')}\``
  if (type === 'number') return `Number(${text})`
  return type === 'boolean' ? `(${text}) === 'true'` : text
}

function inTemplate(part: string | EnvironmentPart): string {
  return typeof part === 'string' ? escaped(part, '`').replaceAll('${', '\\${') : `\${${partText(part)}}`
}

function partText(part: string | EnvironmentPart): string {
  if (typeof part === 'string') return stringText(part)
  const { names, otherwise } = part
  if (otherwise === undefined) return `${readFunction}(${stringText(names[0] ?? '')})`
  return [...names.map((name) => `process.env[${stringText(name)}]`), stringText(otherwise)].join(' || ')
}
