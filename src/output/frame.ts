/** The lines of the live view, drawn from the picture of a run. */
import { type Line, type Span, isUnbroken } from './line.ts'
import {
  elapsed,
  headline,
  instanceText,
  interruptedLine,
  madeLines,
  pausedLines,
  placeLines,
  shortId,
  stageText,
  stepTitle,
  undoLine,
  whatIsDone,
} from './phrases.ts'
import type { Picture, StepPicture, StepState, TaskPicture } from './picture.ts'
import { endOf } from './problemLines.ts'
import { cut, rowsOf, width } from './width.ts'

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** How many cells a bar has. */
const cells = 10

const stepMarks: { readonly [S in Exclude<StepState, 'running'>]: Span } = {
  waiting: ['dim', '· '],
  finished: ['green', '✓ '],
  skipped: ['dim', '- '],
  failed: ['red', '✗ '],
}

/** What the time takes, so that a minute more does not move the view. */
const roomForNotes = ' · 59 min 59 s'.length

/** As much of a title is shown in any case. */
const shortestTitle = 20

/** What is said beside that is left out where there is room for no more than its beginning. */
const shortestRemark = 16

/** As many steps stay on the screen when a run ends; of more, what was done is counted. */
const mostAtEnd = 60

/** How many paused deployments are shown with the command that continues them. */
const mostPaused = 3

/** What the states are called where steps are counted. */
const words: { readonly [S in StepState]: string } = {
  finished: 'done',
  failed: 'failed',
  skipped: 'skipped',
  running: 'running',
  waiting: 'waiting',
}

/** Which steps are shown when there is no room for all, most important first. */
const wanted: readonly StepState[] = ['running', 'failed', 'finished', 'waiting', 'skipped']

/** While the run goes on: how often the spinner has turned, and how many lines there is room for. */
interface Live {
  readonly turn: number
  readonly rows: number
}

/** What the live view shows of a run at the time `now`; without `live`, what stays when it ends: all steps, or what many came to. */
export function frame(
  picture: Picture,
  { now, live, columns = Infinity }: { readonly now: number; readonly live?: Live; readonly columns?: number },
): Line[] {
  const head = within(header(picture, now, columns), live ? Math.max(live.rows - 2, 1) : Infinity, columns)
  const room = live ? Math.max(live.rows - rowsIn(head, columns), 1) : Infinity
  const lineOf = (step: StepPicture): Line => stepLine(step, { turn: live?.turn, columns })
  if (!live && picture.steps.length > mostAtEnd) {
    const open = picture.steps.filter(({ state }) => state !== 'finished' && state !== 'waiting')
    return [...head, ...inBatches(open, (step) => [lineOf(step)]), countsLine(picture)]
  }
  const whole = inBatches(picture.steps, (step) => [lineOf(step)])
  if (whole.length > room) return [...head, ...mostWantedLines(picture, { room, lineOf })]
  const instances = picture.steps.flatMap((step) => (step.state === 'running' && step.instances) || [])
  const rows = live ? instances.slice(0, Math.max(room - whole.length, 0)).map(({ instanceId }) => instanceId) : []
  return [...head, ...inBatches(picture.steps, (step) => [lineOf(step), ...instanceLines(step, rows)])]
}

/** As many of the lines as there are rows for. */
function within(lines: readonly Line[], rows: number, columns: number): Line[] {
  return lines.filter((_, index) => rowsIn(lines.slice(0, index + 1), columns) <= rows)
}

/** The rows that lines take: what is unbroken is not cut but wrapped. */
function rowsIn(lines: readonly Line[], columns: number): number {
  return lines.reduce((sum, line) => sum + (isUnbroken(line) ? rowsOf(textOf(line), columns) : 1), 0)
}

/** The lines of the steps, each batch under its title. */
function inBatches(steps: readonly StepPicture[], linesOf: (step: StepPicture) => readonly Line[]): Line[] {
  return steps.flatMap((step, index) => {
    const isFirst = step.batch !== undefined && step.batch !== steps[index - 1]?.batch
    return [...(isFirst ? [[['bold', step.batch ?? '']] satisfies Line] : []), ...linesOf(step)]
  })
}

/** As many steps as there is room for, with the titles of their batches, and how many there are of all. */
function mostWantedLines(
  picture: Picture,
  { room, lineOf }: { readonly room: number; readonly lineOf: (step: StepPicture) => Line },
): Line[] {
  for (let count = room - 1; count > 0; count--) {
    const shown = mostWanted(picture.steps, count)
    const lines = inBatches(
      picture.steps.filter((step) => shown.has(step)),
      (step) => [lineOf(step)],
    )
    if (lines.length < room) return [...lines, countsLine(picture)]
  }
  return [countsLine(picture)]
}

/** Where calls go gets a line of its own where the end of a line would hide it. */
function header({ run, interrupted, undo, end, warnings, made, steps }: Picture, now: number, columns: number): Line[] {
  if (!run) return []
  const time = elapsed(end ? end.milliseconds : wholeSeconds(now - Date.parse(run.startedAt)))
  const notes = [
    time,
    warnings.length > 0 && `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`,
  ].filter(Boolean)
  const fits = width(headline(run)) + roomForNotes <= columns
  const line: Line = [
    ['bold', fits ? headline(run) : whatIsDone(run)],
    ['dim', ` · ${notes.join(' · ')}`],
  ]
  const paused = steps.flatMap((step) => (step.state === 'running' && step.paused) || [])
  return [
    line,
    ...(fits ? [] : placeLines(run)),
    ...madeLines(made),
    ...paused.slice(0, mostPaused).flatMap(pausedLines),
    ...(interrupted && !end ? [interruptedLine(interrupted)] : []),
    ...(undo && undo.restored === undefined && !end ? [undoLine(undo.because)] : []),
  ]
}

/** A clock that shows tenths would redraw the line all the time. */
function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000
}

/** The newest finished steps come first: a reader looks where things happen. */
function mostWanted(steps: readonly StepPicture[], room: number): ReadonlySet<StepPicture> {
  const byState = (state: StepState): readonly StepPicture[] => {
    const found = steps.filter((step) => step.state === state)
    return state === 'finished' ? found.toReversed() : found
  }
  return new Set(wanted.flatMap(byState).slice(0, Math.max(room, 0)))
}

/** `12 done · 1 failed · 3 running · 40 waiting`. */
function countsLine({ steps }: Picture): Line {
  const counts = Object.entries(words).map(
    ([state, word]) => [steps.filter((step) => step.state === state).length, word] as const,
  )
  const texts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return [['dim', `… ${texts.join(' · ')}`]]
}

function stepLine(step: StepPicture, { turn, columns }: { turn: number | undefined; columns: number }): Line {
  const { state, note, problem } = step
  const mark: Span =
    state !== 'running'
      ? stepMarks[state]
      : turn === undefined
        ? ['yellow', '… ']
        : ['cyan', `${spinner[turn % spinner.length]} `]
  const isAtWork = state === 'running' || state === 'failed'
  const counts = isAtWork ? countsOf(step) : []
  const name = shortened(stepTitle(step), columns - width(textOf([mark, ...counts])))
  const line: Line = [mark, state === 'waiting' ? ['dim', name] : name, ...counts]
  const remark = state === 'failed' ? problem?.what : note
  const more: Line = state === 'running' ? newsOf(step) : remark ? [['dim', ` · ${remark}`]] : []
  const room = columns - width(textOf(line))
  return width(textOf(more)) <= room || room >= shortestRemark ? [...line, ...more] : line
}

/** Only as much of a title goes as makes room for what changes, and never so much that nobody knows what it is about. */
function shortened(title: string, room: number): string {
  const kept = Math.max(room, shortestTitle)
  return width(title) <= kept ? title : `${cut(title, kept - 1)}…`
}

function textOf(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : span[1])).join('')
}

/** A row for each instance that a running step waits for. */
function instanceLines({ state, instances = [] }: StepPicture, rows: readonly string[]): Line[] {
  if (state !== 'running') return []
  return instances.flatMap((one) => (rows.includes(one.instanceId) ? [[['dim', `    ${instanceText(one)}`]]] : []))
}

/** The bar of a service and its counts, or where the first of the tasks stands. */
function countsOf({ service, tasks }: StepPicture): Span[] {
  const [task, ...more] = tasks
  const text = task === undefined ? '' : `  ${taskText(task)}${more.length > 0 ? ` and ${more.length} more` : ''}`
  if (!service) return text === '' ? [] : [['dim', text]]
  const { desired, running, failed } = service
  return [
    '  ',
    ['green', bar(running, desired)],
    ` ${running}/${desired}`,
    ...(failed > 0 ? [['red', ` ${failed} failed`] as const] : []),
  ]
}

/** Where the rollout stands, and what ECS says of it. */
function newsOf({ service, newest }: StepPicture): Span[] {
  const stage = service && stageText(service)
  return [...(stage ? [['cyan', ` ${stage}`] as const] : []), ...(newest ? [['dim', `  ${newest}`] as const] : [])]
}

/** `0f3a9c21 STOPPED web exited with 1`. */
function taskText({ taskArn, lastStatus, containers }: TaskPicture): string {
  return [shortId(taskArn), lastStatus, ...containers.flatMap(endOf)].join(' ')
}

/** Full only when every task runs, and never where none is wanted. */
function bar(running: number, desired: number): string {
  const full = desired > 0 ? Math.min(cells, Math.floor((running / desired) * cells)) : 0
  return '█'.repeat(full) + '░'.repeat(cells - full)
}
