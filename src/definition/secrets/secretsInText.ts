// Finds secrets in a text where its form gives them away.
import { secretAssignments } from './assignments.ts'
import { type Cut, hidden, placesOf, without } from './cuts.ts'
import { isSecret } from './looksSecret.ts'
import { secretOptions } from './options.ts'
import { privateKeys } from './privateKeys.ts'
import { tokensIn } from './tokens.ts'
import { passwordsInUrls } from './urls.ts'

/** `{"name": "…", "value": "…"}`, in either order, in text that is not JSON as a whole, as EventBridge's input templates. */
const nameFirst = /("name"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,\s*"value"\s*:\s*")((?:[^"\\]|\\.)*)/gi
const valueFirst = /("value"\s*:\s*")((?:[^"\\]|\\.)*)(?="\s*,\s*"name"\s*:\s*"((?:[^"\\]|\\.)*)")/gi

/**
 * The secrets of a text that can be told by where they stand in it or by what they look like. `isDeclared` says that somebody has
 * configured the text, as the value of a variable. All searches take time in proportion to the text's length.
 */
export function secretsInText(text: string, isDeclared = false): Cut[] {
  const remembered = isDeclared ? harmless.declared : harmless.anywhere
  if (remembered.has(text)) return []
  const cuts = found(text, isDeclared)
  if (cuts.length === 0 && text.length <= longestRemembered) {
    if (remembered.size >= mostHarmless) remembered.clear()
    remembered.add(text)
  }
  return cuts
}

/** Characters of the longest text of which it is remembered what it holds. */
export const longestRemembered = 2_000

/** Texts in which there is nothing: a process looks at the same names, ids and sentences again and again. */
const harmless = { declared: new Set<string>(), anywhere: new Set<string>() }
const mostHarmless = 10_000

function found(text: string, isDeclared: boolean): Cut[] {
  const cuts = [
    ...passwordsInUrls(text),
    ...secretAssignments(text, isDeclared),
    ...secretOptions(text),
    ...privateKeys(text),
    ...tokensIn(text),
    ...pairs(text),
  ]
  // What was taken out before is not taken out again, with what stands beside it.
  return text.includes(hidden) ? cuts.filter(({ start, end }) => !text.slice(start, end).includes(hidden)) : cuts
}

/** The text without the secrets that can be told by its form; `found` hears of each. */
export function redactText(text: string, hear: (secret: string) => void = () => {}): string {
  const cuts = secretsInText(text)
  for (const { secret } of cuts) if (secret !== undefined) hear(secret)
  return without(text, cuts)
}

function pairs(text: string): Cut[] {
  if (!text.includes('"value"') && !text.includes('"Value"')) return []
  const cuts: Cut[] = []
  const pair = (start: number, name: string, value: string): void => {
    const secret = unescaped(value)
    if (isSecret(unescaped(name), secret)) cuts.push({ start, end: start + value.length, secret })
  }
  for (const { index, 1: before = '', 2: name = '', 3: value = '' } of placesOf(nameFirst, text)) {
    pair(index + before.length, name, value)
  }
  for (const { index, 1: before = '', 2: value = '', 3: name = '' } of placesOf(valueFirst, text)) {
    pair(index + before.length, name, value)
  }
  return cuts
}

/** What a string of JSON stands for; where it is none after all, as it is. */
function unescaped(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text}"`)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}
