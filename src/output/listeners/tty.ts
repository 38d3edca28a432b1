/** The live view: a run drawn in place on a terminal. */
import type { Listener } from '../../engine/events.ts'
import { frame } from '../frame.ts'
import { type Line, isUnbroken, noBreak, printed, printedLines, textOf } from '../line.ts'
import { emptyPicture, reduce } from '../picture.ts'
import { repainter } from '../repainter.ts'
import { linesOf, placeInView } from '../telling.ts'
import { width } from '../width.ts'
import { type Zone, machineZone } from '../time.ts'

/** Milliseconds between two drawings. */
const interval = 80

const hideCursor = '\x1b[?25l'
const showCursor = '\x1b[?25h'

/** Has a terminal show what is between them at once (DEC mode 2026), so that no half of a frame flickers. */
const [beginFrame, endFrame] = ['\x1b[?2026h', '\x1b[?2026l']

/** The stream to draw on, such as `process.stderr`. */
export interface Screen {
  write(text: string): unknown
  readonly columns?: number
  readonly rows?: number
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

/** How the live view gets the time and learns of the end of the process; by default from the machine. */
export interface Doors {
  /** Milliseconds since 1970, by the clock of the events. */
  readonly now: () => number
  /** Calls `call` once after `milliseconds`, without keeping the process alive; returns a function that cancels it. */
  readonly schedule: (call: () => void, milliseconds: number) => () => void
  /** Calls `call` when the process ends, whatever the reason; returns a function that cancels it. */
  readonly atExit: (call: () => void) => () => void
  /** The time zone of displayed times. */
  readonly zone: Zone
}

const machine: Doors = {
  now: Date.now,
  schedule(call, milliseconds) {
    const timer = setTimeout(call, milliseconds).unref()
    return () => clearTimeout(timer)
  },
  atExit(call) {
    process.once('exit', call)
    return () => process.off('exit', call)
  },
  zone: machineZone,
}

/**
 * Creates a listener that redraws a view of the run in place, on a terminal. `color` adds colors. It prints log lines of
 * one-off tasks and failures above the view when they happen, and they stay. When the run ends, all steps stay on the screen;
 * below them it prints the warnings and the last lines as `plain` does, and every later event. It hides the cursor meanwhile,
 * and shows it again however the process ends.
 */
export function tty(screen: Screen, options: { readonly color: boolean } & Partial<Doors>): Listener {
  const { color, now, schedule, atExit, zone } = { ...machine, ...options }
  const block = repainter()
  let picture = emptyPicture
  let state: 'fresh' | 'live' | 'ended' = 'fresh'
  /** What is yet to be printed above the view, and what is printed below it when it ends. */
  let [above, below] = ['', '']
  let changed = false
  let turn = 0
  let callOffTick: (() => void) | undefined
  let callOffExit: (() => void) | undefined

  const columns = (): number => Math.max(screen.columns ?? 80, 2)

  /** What to write for the view as it is now. The last column stays free: some terminals break a line that fills it. */
  function painted(): string {
    const [over, room] = [above, columns() - 1]
    ;[above, changed] = ['', false]
    const live = state === 'live' && { live: { turn, rows: Math.max((screen.rows ?? 24) - 2, 2) } }
    const lines = frame(picture, { now: now(), columns: room, ...live })
    return block.paint(
      lines.map((line) => printed(overfull(line), { color, columns: room })),
      columns(),
      over,
    )
  }

  /** What is wrapped, with a space more where it would fill its last row. */
  function overfull(line: Line): Line {
    const filled = width(line.map(textOf).join('')) % columns() === 0
    return filled && isUnbroken(line) ? [...line, noBreak] : line
  }

  function begin(): void {
    state = 'live'
    screen.on('resize', resized)
    callOffExit = atExit(end)
    write(hideCursor + painted())
    callOffTick = schedule(tick, interval)
  }

  function tick(): void {
    const moving = picture.steps.some((step) => step.state === 'running')
    if (moving) turn++
    if (moving || changed) write(painted())
    callOffTick = schedule(tick, interval)
  }

  function resized(): void {
    write(block.clear(columns()) + painted())
  }

  function end(): void {
    if (state !== 'live') return
    state = 'ended'
    callOffTick?.()
    callOffExit?.()
    screen.off('resize', resized)
    write(painted() + below + showCursor)
  }

  function write(text: string): void {
    if (text !== '') screen.write(beginFrame + text + endFrame)
  }

  return {
    hear(event) {
      const text = printedLines(linesOf(event, picture, { columns: columns() - 1, zone }), { color })
      picture = reduce(picture, event)
      changed = true
      if (state === 'ended') return write(text)
      const place = placeInView(event)
      if (place === 'above') above += text
      if (place === 'below') below += text
      if (state === 'fresh') begin()
      if (event.type === 'run.finished') end()
    },
    async close() {
      end()
    },
  }
}
