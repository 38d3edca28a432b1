/** The lines of the live view, drawn from the picture of a run. */
import type { Line, Span } from './line.ts'
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
import { width } from './width.ts'

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

/** What the live view shows of a run at the time `now`; without `live`, what stays when it ends: all steps. */
export function frame(
  picture: Picture,
  { now, live, columns = Infinity }: { readonly now: number; readonly live?: Live; readonly columns?: number },
): Line[] {
  const head = header(picture, now, columns).slice(0, live && Math.max(live.rows - 2, 1))
  const room = live ? Math.max(live.rows - head.length, 1) : Infinity
  const instances = picture.steps.flatMap((step) => (step.state === 'running' && step.instances) || [])
  const rows = live
    ? instances.slice(0, Math.max(room - picture.steps.length, 0)).map(({ instanceId }) => instanceId)
    : []
  const lineOf = (step: StepPicture): Line => stepLine(step, live?.turn)
  const linesOf = (step: StepPicture): Line[] => [lineOf(step), ...instanceLines(step, rows)]
  if (picture.steps.length <= room) return [...head, ...picture.steps.flatMap(linesOf)]
  const shown = mostWanted(picture.steps, room - 1)
  return [...head, ...picture.steps.filter((step) => shown.has(step)).map(lineOf), countsLine(picture)]
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

function stepLine(step: StepPicture, turn: number | undefined): Line {
  const { state, note } = step
  const name = stepTitle(step)
  if (state === 'running') {
    const mark: Span = turn === undefined ? ['yellow', '… '] : ['cyan', `${spinner[turn % spinner.length]} `]
    return [mark, name, ...progress(step)]
  }
  return [
    stepMarks[state],
    state === 'waiting' ? ['dim', name] : name,
    ['dim', note ? ` · ${note}` : ''],
    ...(state === 'failed' ? progress(step) : []),
  ]
}

/** A row for each instance that a running step waits for. */
function instanceLines({ state, instances = [] }: StepPicture, rows: readonly string[]): Line[] {
  if (state !== 'running') return []
  return instances.flatMap((one) => (rows.includes(one.instanceId) ? [[['dim', `    ${instanceText(one)}`]]] : []))
}

function progress({ service, newest, tasks }: StepPicture): Span[] {
  const spans: Span[] = []
  if (service) {
    const { desired, running, failed } = service
    const stage = stageText(service)
    spans.push('  ', ['green', bar(running, desired)], ` ${running}/${desired}`)
    if (failed > 0) spans.push(['red', ` ${failed} failed`])
    if (stage) spans.push(['cyan', ` ${stage}`])
  }
  if (tasks.length > 0) spans.push(['dim', `  ${tasks.map(taskText).join(', ')}`])
  // The step's title has named the service already.
  if (newest) spans.push(['dim', `  ${newest.replace(/^\(service [^)]*\) /, '')}`])
  return spans
}

/** `0f3a9c21 STOPPED web exited with 1`. */
function taskText({ taskArn, lastStatus, containers }: TaskPicture): string {
  return [shortId(taskArn), lastStatus, ...containers.flatMap(endOf)].join(' ')
}

/** Full only when every task runs. */
function bar(running: number, desired: number): string {
  const full = desired > 0 ? Math.min(cells, Math.floor((running / desired) * cells)) : cells
  return '█'.repeat(full) + '░'.repeat(cells - full)
}
