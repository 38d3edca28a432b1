/** Tells whether a saved plan shows what is going to be done: whoever approves it may have read nothing else. */
import { hidden } from '../definition/secrets/cuts.ts'
import { redactor } from '../definition/secrets/redact.ts'
import { commandFinder } from '../ground/command.ts'
import { isPlain } from '../ground/shown.ts'
import type { Planned } from './fingerprint.ts'

/** What follows from the rest, or belongs to one run. */
const aside = new Set(['differences', 'madeFrom', 'warnings', 'run', 'parts'])

/** `saved` is what a file says to be a plan. */
export function isShownBy(saved: unknown, { plan, definitions }: Planned): boolean {
  return agree(textsOf(saved), textsOf(redactor(definitions)(plan)))
}

/** A plan as JSON has it. The word with which a run marks what it makes is another each time. */
function textsOf(plan: unknown): unknown {
  const run = isPlain(plan) && typeof plan['run'] === 'string' && plan['run'] !== '' ? plan['run'] : undefined
  const text = JSON.stringify(plan, (key, value: unknown) => (aside.has(key) ? undefined : value))
  return JSON.parse(run === undefined ? text : text.replaceAll(run, 'RUN'))
}

function agree(saved: unknown, now: unknown): boolean {
  if (typeof saved === 'string' && typeof now === 'string') return isSameText(withoutPlace(saved), withoutPlace(now))
  if (Array.isArray(saved) && Array.isArray(now)) {
    return saved.length === now.length && saved.every((one, index) => agree(one, now[index]))
  }
  if (!isPlain(saved) || !isPlain(now)) return saved === now
  const names = Object.keys(now)
  return Object.keys(saved).length === names.length && names.every((name) => agree(saved[name], now[name]))
}

/** One run may know of more secrets than another: of those of its environment. */
function isSameText(saved: string, now: string): boolean {
  return saved === now || isWithDots(saved, now) || isWithDots(now, saved)
}

/** Whether one text is the other with some of it hidden. */
function isWithDots(dotted: string, text: string): boolean {
  const [first = '', ...more] = dotted.split(hidden)
  const last = more.pop()
  if (last === undefined || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const piece of more) {
    const found = text.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return at + last.length <= text.length
}

const commandIn = commandFinder()

/** A command to type says where AWS is, in the words of whoever runs it. */
function withoutPlace(text: string): string {
  return commandIn(text) ? text.replaceAll(/ --(?:local|(?:region|profile|endpoint-url) [^ ]+)(?= |$)/g, '') : text
}
