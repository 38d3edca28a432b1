import { elapsed } from './elapsed.ts'
import type { Line, Span } from './line.ts'
import { headline } from './linesOf.ts'
import type { Picture, StepPicture, StepState } from './picture.ts'
import { endOf } from './problemLines.ts'
import { nameOf } from './plan.ts'

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** How many cells a bar has. */
const cells = 10

const marks: { readonly [S in Exclude<StepState, 'running'>]: Span } = {
  waiting: ['dim', '· '],
  finished: ['green', '✓ '],
  skipped: ['dim', '- '],
  failed: ['red', '✗ '],
}

/** Which steps are shown when there is no room for all, most wanted first. */
const wanted: readonly StepState[] = ['running', 'failed', 'finished', 'waiting', 'skipped']

/** What the live view shows of a run: `turn` counts the turns of the spinner, `rows` is how many lines there is room for. */
export function frame(
  picture: Picture,
  of: { readonly now: number; readonly turn: number; readonly rows: number },
): Line[] {
  const head = header(picture, of.now)
  const room = Math.max(of.rows - head.length, 1)
  const lineOf = (step: StepPicture): Line => stepLine(step, picture, of.turn)
  if (picture.steps.length <= room) return [...head, ...picture.steps.map(lineOf)]
  const shown = mostWanted(picture.steps, room - 1)
  return [...head, ...picture.steps.filter((step) => shown.has(step)).map(lineOf), countsLine(picture)]
}

function header({ run, undo, end, warnings }: Picture, now: number): Line[] {
  if (!run) return []
  const time = elapsed(end ? end.milliseconds : Math.max(0, now - Date.parse(run.startedAt)))
  const notes = [
    time,
    warnings.length > 0 && `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`,
  ].filter(Boolean)
  const line: Line = [
    ['bold', headline(run)],
    ['dim', ` · ${notes.join(' · ')}`],
  ]
  return undo && undo.restored === undefined
    ? [line, [['yellow', `Putting everything back: ${undo.because.what}`]]]
    : [line]
}

/** The newest of the finished are wanted most: a reader looks at where things happen. */
function mostWanted(steps: readonly StepPicture[], room: number): ReadonlySet<StepPicture> {
  const byState = (state: StepState): readonly StepPicture[] => {
    const found = steps.filter((step) => step.state === state)
    return state === 'finished' ? found.toReversed() : found
  }
  return new Set(wanted.flatMap(byState).slice(0, Math.max(room, 0)))
}

/** `12 done · 1 failed · 3 running · 40 waiting`. */
function countsLine({ steps }: Picture): Line {
  const names: [StepState, string][] = [
    ['finished', 'done'],
    ['failed', 'failed'],
    ['skipped', 'skipped'],
    ['running', 'running'],
    ['waiting', 'waiting'],
  ]
  const numbers = names.map(([state, name]) => [steps.filter((step) => step.state === state).length, name] as const)
  return [
    [
      'dim',
      `… ${numbers
        .filter(([count]) => count > 0)
        .map(([count, name]) => `${count} ${name}`)
        .join(' · ')}`,
    ],
  ]
}

function stepLine(step: StepPicture, { end }: Picture, turn: number): Line {
  const { title, undoing, state, note } = step
  const name = `${undoing ? 'Undo: ' : ''}${title}`
  if (state === 'running') {
    const mark: Span = end ? ['yellow', '… '] : ['cyan', `${spinner[turn % spinner.length]} `]
    return [mark, name, ...progress(step)]
  }
  return [
    marks[state],
    state === 'waiting' ? ['dim', name] : name,
    ['dim', note ? ` · ${note}` : ''],
    ...(state === 'failed' ? progress(step) : []),
  ]
}

function progress({ service, newest, tasks }: StepPicture): Span[] {
  const spans: Span[] = []
  if (service) {
    const { desired, running, failed } = service
    spans.push('  ', ['green', bar(running, desired)], ` ${running}/${desired}`)
    if (failed > 0) spans.push(['red', ` ${failed} failed`])
  }
  if (tasks.length > 0)
    spans.push([
      'dim',
      `  ${tasks.map(({ taskArn, lastStatus, containers }) => [nameOf(taskArn), lastStatus, ...containers.flatMap(endOf)].join(' ')).join(', ')}`,
    ])
  if (newest) spans.push(['dim', `  ${newest}`])
  return spans
}

/** Full only when every task runs. */
function bar(running: number, desired: number): string {
  const full = desired > 0 ? Math.min(cells, Math.floor((running / desired) * cells)) : cells
  return '█'.repeat(full) + '░'.repeat(cells - full)
}
