import { EcsTaskError } from '../../ground/errors.ts'
import { looksSecret } from '../secrets/looksSecret.ts'
import { hidden, redactText } from '../secrets/redactText.ts'
import { jsonProblem } from './jsonProblem.ts'

/**
 * The value that a file's text stands for; a byte order mark, which some editors put first, is left out. Throws
 * `BadArguments` for what is not JSON, with line, column and the line itself, without secrets.
 */
export function parseJsonFile(text: string, file: string): unknown {
  const json = text.replace(/^\uFEFF/, '')
  try {
    return JSON.parse(json)
  } catch {
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
  const open = redactText(line.replace(member, withoutSecret), () => {})
  const start = open.length <= 100 ? 0 : Math.max(0, Math.min(column, open.length) - 60)
  const shown = open.slice(start, start + 100).trim()
  return `${start > 0 ? '…' : ''}${shown}${start + 100 < open.length ? '…' : ''}`
}

/** A member with a simple value, also in what only resembles JSON: other quotes, or none. */
const member = /(?<![\w.-])((["']?)([\w.-]+)\2\s*:\s*)(?:(["'])(?:\\.|(?!\4)[^\\])*|[^\s,{}[\]"'][^,}\]]*)/g

/** The value of an environment variable may be secret, and its name may be on another line. */
function withoutSecret(whole: string, before: string, _: string, name: string, quote = ''): string {
  return name === 'value' || looksSecret(name) ? before + quote + hidden : whole
}
