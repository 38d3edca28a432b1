/** Where a text stops being JSON: the offset of the character that may not be there, and what may be. */
export interface JsonProblem {
  readonly offset: number
  readonly expected: string
}

/**
 * Where a text stops being JSON, undefined where it is JSON. `JSON.parse` does not say it for every fault, and each
 * version of Node.js words it in another way. https://www.rfc-editor.org/rfc/rfc8259
 */
export function jsonProblem(text: string): JsonProblem | undefined {
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
