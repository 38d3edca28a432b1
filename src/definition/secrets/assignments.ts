// Finds values that are given to secret names in texts: `password=…`, `"token": "…"`, `Authorization: Bearer …`.
import { isPlain, isPlaceholder, isSwitch, isWord, looksRandom } from './ordinary.ts'
import { nameKind } from './looksSecret.ts'
import type { Cut } from './cuts.ts'

/** Longer names are none. */
const longestName = 80

/** What separates a name from its value. */
const separator = /[=:]{1,2}>?/g

/** Blanks before the value, and the quote that it is in. */
const opening = /[ \t]{0,8}(\\{0,8}["'])?/y

const scheme = /(?:basic|bearer|digest|token|negotiate|apikey|aws4-hmac-sha256|hmac)[ \t]+/iy

/** A value without quotes ends where a blank, a quote or a bracket does not belong to it; in a list at what parts its elements. */
const bare = /[^\s"'`<>]+/y
const bareInList = /[^\s"'`<>,;&)}\]|]+/y

/** The value of a cookie is all of the line. */
const restOfLine = /[^\r\n"']+/y

/** Names that mean as often something else in what programs say: `key=user:42`, `tokens: 512`, `auth: failed`. */
const ambiguous = /^-*(keys?|tokens?|auth|pass|seed|salt|cookies?|sig|creds?|credentials?)$/i

/** Numbers that are secret: nobody counts these. */
const countless = /passw|pwd|passphrase|passcode|secret|pin(?![a-z])|otp/i

/**
 * Values that the names before them tell to be secret. `isDeclared` says that the text is what somebody has configured, as the value
 * of a variable that holds YAML: there `password: production` is one, while in a log line `password: required` is none.
 */
export function secretAssignments(text: string, isDeclared: boolean): Cut[] {
  const cuts: Cut[] = []
  separator.lastIndex = 0
  for (let match = separator.exec(text); match; match = separator.exec(text)) {
    const cut = assigned(text, match.index, separator.lastIndex, isDeclared)
    if (!cut) continue
    cuts.push(cut)
    separator.lastIndex = Math.max(cut.end, separator.lastIndex)
  }
  return cuts
}

function assigned(text: string, at: number, after: number, isDeclared: boolean): Cut | undefined {
  if (text.startsWith('//', after)) return undefined
  const { name, isQuoted, hasBlanks } = nameBefore(text, at)
  const kind = nameKind(name)
  if (!kind) return undefined
  // In an ARN, as of Secrets Manager, what stands between colons is a place.
  if (text[at] === ':' && text[at - name.length - 1] === ':') return undefined
  const isColon = text[at] === ':'
  opening.lastIndex = after
  const [opened = '', quote] = opening.exec(text) ?? []
  // `password= next`: there is no value.
  if (!isColon && quote === undefined && opened !== '' && !hasBlanks) return undefined
  let start = after + opened.length
  scheme.lastIndex = start
  start += scheme.exec(text)?.[0].length ?? 0
  const isEnvironment = !isColon && /^[A-Z][A-Z0-9_]*$/.test(name)
  const isCookie = isColon && /^(set-)?cookie$/i.test(name)
  const end =
    quote === undefined
      ? endOf(
          text,
          start,
          isCookie ? restOfLine : isEnvironment || (isDeclared && !/[{&;?]/.test(text)) ? bare : bareInList,
        )
      : closing(text, start, quote)
  const value = text.slice(start, Math.min(end, start + 2000))
  const isExact = !isColon || quote !== undefined || isQuoted || isDeclared
  if (!isSecretIn(name, value, isExact)) return undefined
  return { start, end, secret: text.slice(start, end) }
}

/**
 * Whether a value that a text gives to a name is a secret. `isExact` says that it can be nothing else, as behind `=` or in quotes: in
 * `password: required` a word is one of a sentence.
 */
export function isSecretIn(name: string, value: string, isExact: boolean): boolean {
  const kind = nameKind(name)
  if (!kind || isSwitch(value) || isPlaceholder(value) || /^[[{]/.test(value) || value.startsWith('arn:')) return false
  if (kind === 'about') return looksRandom(value)
  // An option and a variable of that name are meant; but `--key id` and `--auth basic` say which one.
  const isMeant = /^--?(?:tokens?|pass|creds?|credentials?)$/i.test(name) || /^[A-Z]+$/.test(name)
  if (ambiguous.test(name) && !(isExact && isMeant)) return !isPlain(value) || (isExact && isMadeUp(value))
  if (/^\d+$/.test(value)) return countless.test(name)
  // The shell's word for the working directory.
  if (/^pwd$/i.test(name) && value.startsWith('/')) return false
  return isExact || (countless.test(name) ? !isWord(value) : !isPlain(value))
}

/** What people make of a word when it must have a number: `hunter2`. A version or an algorithm has a shorter word. */
function isMadeUp(value: string): boolean {
  return /^[A-Za-z]{5,}\d+$/.test(value)
}

/** The name before a separator, whether it is in quotes, and whether blanks follow it; the name is empty where there is none. */
function nameBefore(text: string, at: number): { name: string; isQuoted: boolean; hasBlanks: boolean } {
  const from = Math.max(0, at - longestName)
  let end = at
  while (end > from && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  const hasBlanks = end < at
  const unquoted = end
  while (end > from && `"'\\]`.includes(text[end - 1]!)) end--
  let start = end
  while (start > from && isOfName(text.charCodeAt(start - 1))) start--
  // What goes on to the left of what was looked at is no name.
  const name = start === from && from > 0 ? '' : text.slice(start, end).replace(/^[\d.]+/, '')
  return { name, isQuoted: end < unquoted, hasBlanks }
}

function isOfName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    [95, 45, 46].includes(code)
  )
}

/** Where a value in quotes ends: at the same quote, escaped in the same way. */
function closing(text: string, start: number, quote: string): number {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
    // With another backslash before it, it is one of the value's own.
    if (text[at - 1] !== '\\') return at
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\' && backslashes < 64) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return text.length
}

function endOf(text: string, start: number, form: RegExp): number {
  form.lastIndex = start
  return start + (form.exec(text)?.[0].length ?? 0)
}
