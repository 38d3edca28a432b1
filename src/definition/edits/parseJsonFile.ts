// Reads a file of JSON and says where it stops being JSON. The yaml package cannot: it takes `{a: 1}`, comments and single quotes.
import { EcsTaskError } from '../../ground/errors.ts'
import { isTooDeep, mostLevels } from '../levels.ts'
import { nameKind } from '../secrets/looksSecret.ts'
import { hidden } from '../secrets/cuts.ts'
import { redactText } from '../secrets/secretsInText.ts'

/**
 * The value that a file's text stands for; a byte order mark, which some editors put first, is left out. Throws
 * `BadArguments` for what is not JSON, with line, column and the line itself, without secrets.
 */
export function parseJsonFile(text: string, file: string): unknown {
  const json = text.replace(/^\uFEFF/, '')
  try {
    const value: unknown = JSON.parse(json)
    if (isTooDeep(value)) {
      throw new EcsTaskError('BadArguments', `${file} is nested more than ${mostLevels} levels deep.`)
    }
    return value
  } catch (error) {
    if (error instanceof EcsTaskError) throw error
    // V8's own words quote the text around the fault, secrets and all.
    const { offset, expected } = jsonProblem(json) ?? { offset: 0, expected: 'JSON' }
    // What is missing at the end is missing after the last character, not after the blanks that follow it.
    const before = json.slice(0, Math.min(offset, json.trimEnd().length)).split('\n')
    const [line, column] = [before.length, before.at(-1)!.length + 1]
    const there = excerpt(json.split('\n')[line - 1]!, column)
    throw new EcsTaskError('BadArguments', `${file} is not JSON.`, {
      why: `Line ${line}, column ${column} must be ${expected}: ${there || 'it is empty'}`,
    })
  }
}

/** The part of a long line that the column is in. Whatever may be secret goes first, so that no half of it is left. */
function excerpt(line: string, column: number): string {
  const open = redactText(line.replace(member, withoutSecret))
  const start = open.length <= 100 ? 0 : Math.max(0, Math.min(column, open.length) - 60)
  const shown = open.slice(start, start + 100).trim()
  return `${start > 0 ? '…' : ''}${shown}${start + 100 < open.length ? '…' : ''}`
}

/** A member with a simple value, also in what only resembles JSON: other quotes, or none. */
const member = /(?<![\w.-])((["']?)([\w.-]+)\2\s*:\s*)(?:(["'])(?:\\.|(?!\4)[^\\])*|[^\s,{}[\]"'][^,}\]]*)/g

/** The value of an environment variable may be secret, and its name may be on another line. */
function withoutSecret(whole: string, before: string, _: string, name: string, quote = ''): string {
  return name === 'value' || nameKind(name) ? before + quote + hidden : whole
}

/** Where a text stops being JSON: the offset of the character that may not be there, and what may be. */
interface JsonProblem {
  readonly offset: number
  readonly expected: string
}

/**
 * Where a text stops being JSON, undefined where it is JSON. `JSON.parse` does not say it for every fault, and each
 * version of Node.js words it in another way. https://www.rfc-editor.org/rfc/rfc8259
 */
function jsonProblem(text: string): JsonProblem | undefined {
  const open: string[] = []
  let state: State = 'value'
  for (let offset = skipBlanks(text, 0); ; offset = skipBlanks(text, offset)) {
    if (offset === text.length && state === 'after' && open.length === 0) return undefined
    const token = tokenAt(text, offset)
    const next: State | undefined = token === undefined ? undefined : stateAfter(state, token, open)
    if (token === undefined || next === undefined) {
      return unfinishedString(text, offset, state) ?? { offset, expected: expectedIn(state, open) }
    }
    state = next
    offset += token.length
  }
}

type State = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'after'

/** What comes after a token; undefined where it may not be there. `open` holds the brackets that it is inside of. */
function stateAfter(state: State, token: string, open: string[]): State | undefined {
  const closing = open.at(-1) === '{' ? '}' : ']'
  const isEnd = token === closing && open.length > 0
  if (isEnd && (state === 'after' || state === `${closing === '}' ? 'name' : 'value'} or end`)) {
    open.pop()
    return 'after'
  }
  if (state === 'after') return token === ',' && open.length > 0 ? (closing === '}' ? 'name' : 'value') : undefined
  if (state === 'colon') return token === ':' ? 'value' : undefined
  if (state === 'name' || state === 'name or end') return token.startsWith('"') ? 'colon' : undefined
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'name or end' : 'value or end'
  }
  return ['}', ']', ',', ':'].includes(token) ? undefined : 'after'
}

function expectedIn(state: State, open: readonly string[]): string {
  const closing = open.at(-1) === '{' ? '}' : ']'
  return {
    // In a list it is only after a comma that there must be another value; the same goes for a name.
    value: open.at(-1) === '[' ? 'a value, or there is a comma too many' : 'a value',
    'value or end': 'a value or ]',
    name: 'a name in double quotes, or there is a comma too many',
    'name or end': 'a name in double quotes or }',
    colon: 'a colon',
    after: open.length === 0 ? 'the end of the text' : `a comma or ${closing}`,
  }[state]
}

/** What is wrong inside a string, which may not be a place for a string at all. */
function unfinishedString(text: string, start: number, state: State): JsonProblem | undefined {
  if (text[start] !== '"' || state === 'after' || state === 'colon') return undefined
  const offset = start + matchAt(insideString, text, start)!.length
  return { offset, expected: text[offset] === '\\' ? 'an escape that JSON has' : 'the closing double quote' }
}

const character = String.raw`(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))`
const insideString = new RegExp(`"${character}*`, 'y')
const string = new RegExp(`"${character}*"`, 'y')
const other = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function tokenAt(text: string, offset: number): string | undefined {
  return matchAt(other, text, offset) ?? matchAt(string, text, offset)
}

function matchAt(form: RegExp, text: string, offset: number): string | undefined {
  form.lastIndex = offset
  return form.exec(text)?.[0]
}

/** JSON's own blanks, which are fewer than a regular expression's. */
function skipBlanks(text: string, offset: number): number {
  while (offset < text.length && ' \t\n\r'.includes(text[offset]!)) offset++
  return offset
}
