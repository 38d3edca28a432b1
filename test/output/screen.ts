/** A terminal for tests, which draws what is written to it. */
import type { Doors, Screen } from '../../src/output/listeners/tty.ts'
import { width } from '../../src/output/width.ts'

interface FakeScreen extends Screen {
  /** Everything written, piece by piece. */
  readonly written: string[]
  readonly doors: Doors
  /** What a person sees, with what has scrolled out at the top; no spaces at the ends of lines. */
  text(): string
  /** Whether the cursor can be seen. */
  cursorShown(): boolean
  /** How often a line was broken by the terminal, because it did not fit. */
  breaks(): number
  at(milliseconds: number): void
  /** Lets what is scheduled happen once. */
  tick(): void
  /** How many calls are scheduled. */
  scheduled(): number
  exit(): void
  resize(columns: number, rows: number): void
}

/** A terminal that understands what the live view writes, and no more: anything else fails the test. */
export function fakeScreen(size: { columns: number; rows: number }): FakeScreen {
  let { columns, rows } = size
  let now = 0
  let pending: (() => void)[] = []
  let atExit: (() => void)[] = []
  const listeners = new Set<() => void>()
  const written: string[] = []
  let lines: string[] = ['']
  /** The rows in which the line above them goes on. */
  let continued = new Set<number>()
  let row = 0
  let column = 0
  let shown = true
  let isWhole = true
  let breaks = 0

  function put(character: string): void {
    if (column + width(character) > columns) {
      breaks++
      down()
      continued.add(row)
      column = 0
    }
    const line = lines[row] ?? ''
    if (width(line) !== column) throw new Error(`${JSON.stringify(character)} is written over ${JSON.stringify(line)}`)
    lines[row] = line + character
    column += width(character)
  }

  function down(): void {
    row++
    lines[row] ??= ''
  }

  function interpret(text: string): void {
    for (const [piece] of text.matchAll(/\p{Cc}\[\??[\d;]*[A-Za-z]|[^]/gu)) {
      const [, mark, number, letter] = /^\p{Cc}\[(\??)([\d;]*)([A-Za-z])$/u.exec(piece) ?? []
      if (letter === undefined) {
        if (piece === '\n') [column] = [0, down()]
        else if (piece === '\r') column = 0
        else if (/\p{Cc}/u.test(piece)) throw new Error(`a control character: ${JSON.stringify(piece)}`)
        else put(piece)
      } else if (letter === 'A') row = Math.max(row - Number(number), lines.length - rows, 0)
      else if (letter === 'K' && number === '2') lines[row] = ''
      else if (letter === 'J' && number === '') {
        lines = [...lines.slice(0, row), (lines[row] ?? '').slice(0, column)]
        continued = new Set([...continued].filter((one) => one < row || (one === row && column > 0)))
      } else if (mark === '?' && number === '25') shown = letter === 'h'
      else if (mark === '?' && number === '2026') isWhole = letter === 'l'
      else if (letter !== 'm') throw new Error(`a terminal sequence that nobody knows: ${JSON.stringify(piece)}`)
    }
  }

  return {
    get columns() {
      return columns
    },
    get rows() {
      return rows
    },
    written,
    write(text) {
      written.push(text)
      interpret(text)
      if (!isWhole) throw new Error('a frame that is never shown')
    },
    on: (_event, listener) => listeners.add(listener),
    off: (_event, listener) => listeners.delete(listener),
    doors: {
      now: () => now,
      schedule(call) {
        pending.push(call)
        return () => (pending = pending.filter((one) => one !== call))
      },
      atExit(call) {
        atExit.push(call)
        return () => (atExit = atExit.filter((one) => one !== call))
      },
      // One hour ahead of UTC.
      zone: () => 60,
    },
    text: () => lines.map((line) => line.trimEnd()).join('\n'),
    cursorShown: () => shown,
    breaks: () => breaks,
    at: (milliseconds) => (now = milliseconds),
    tick() {
      const calls = pending
      pending = []
      for (const call of calls) call()
    },
    scheduled: () => pending.length,
    exit() {
      for (const call of atExit) call()
    },
    resize(newColumns, newRows) {
      ;[columns, rows] = [newColumns, newRows]
      // As terminals do: what no longer fits goes on in the next row, and what went on there comes back where there is room.
      const whole: string[] = []
      for (const [index, line] of lines.slice(0, -1).entries()) {
        if (continued.has(index)) whole.push(`${whole.pop() ?? ''}${line}`)
        else whole.push(line)
      }
      const last = lines.at(-1) ?? ''
      ;[lines, continued] = [[], new Set()]
      for (const line of whole) {
        for (const [index, part] of broken(line, columns).entries()) {
          if (index > 0) continued.add(lines.length)
          lines.push(part)
        }
      }
      lines.push(last)
      row = lines.length - 1
      for (const listener of listeners) listener()
    },
  }
}

function broken(line: string, columns: number): string[] {
  const parts: string[] = ['']
  for (const character of line) {
    if (width(parts.at(-1)! + character) > columns) parts.push('')
    parts[parts.length - 1] += character
  }
  return parts
}

/** Terminal sequences spelled so that a person can read them in a file. */
export function readable(text: string): string {
  return text.replaceAll('\x1b', '␛').replaceAll('\r', '␍')
}
