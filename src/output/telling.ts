/** One record for each type of event: where it is told, and how it reads in lines. One that is missing does not compile. */
import type { Outcome, RunEvent, ToldEvent } from '../engine/events.ts'
import { nameOf } from '../ground/names.ts'
import { callText } from './callText.ts'
import { closingLines } from './closing.ts'
import { folded } from './folded.ts'
import { type Line, type Span, unbroken } from './line.ts'
import {
  elapsed,
  headline,
  instanceText,
  interruptedLine,
  lockLines,
  madeLines,
  pausedLines,
  placeLines,
  stageText,
  stepTitle,
  undoLine,
  undoneLine,
  shortId,
} from './phrases.ts'
import { type Picture, type ServicePicture, stepOf } from './picture.ts'
import { endOf, forensicsLines, messageLines, problemLines } from './problemLines.ts'
import { endOfStep, skippedStep, startOfStep } from './stepLines.ts'
import { type Zone, clockTime } from './time.ts'

type EventType = RunEvent['type']
type EventOf<T extends EventType> = { readonly [K in T]: Extract<ToldEvent, { readonly type: K }> }[T]

/**
 * Where else than in plain lines an event is told. The live view draws what matters of most of them; some are printed above
 * it when they happen, or below it when it ends. `besideJson`: on stderr while stdout carries JSON, because nobody may miss
 * it; that is all that `--quiet` leaves.
 */
interface Told {
  readonly view?: 'above' | 'below'
  readonly besideJson?: boolean
}

/** How lines are laid out and how much they say. */
export interface Page {
  /** Lines are folded where there are no more; absent: they are not. */
  readonly columns?: number
  /** Times are those of this zone; absent: of UTC. */
  readonly zone?: Zone | undefined
  /** Whether every call to AWS is told. */
  readonly verbose?: boolean
}

/** Milliseconds that a call may wait for AWS before it is told. */
const worthTelling = 2_000

/** Each outcome's mark at the head of the last line. */
export const outcomeMarks: { readonly [O in Outcome]: Span } = {
  succeeded: ['green', '✓ '],
  refused: ['red', '✗ '],
  restored: ['red', '✗ '],
  halfDone: ['red', '✗ '],
  stillGoing: ['yellow', '! '],
  superseded: ['yellow', '! '],
  interrupted: ['yellow', '! '],
}

/** Every way that a run can end. */
export const outcomeWords: readonly string[] = Object.keys(outcomeMarks)

interface Telling<T extends EventType> {
  readonly told?: Told | ((event: EventOf<T>) => Told)
  /** How it reads, given the picture before it; no line where nothing changes for the reader. */
  readonly lines: (event: EventOf<T>, before: Picture, page: Page) => readonly Line[]
}

const tellings: { readonly [T in EventType]: Telling<T> } = {
  'run.started': { lines: (event) => [[['bold', headline(event)]]] },
  'account.identified': { lines: ({ account }) => placeLines({ account }) },
  'plan.made': { lines: () => [] },
  'stage.started': { lines: stageLines },
  'step.started': { lines: startOfStep },
  'step.finished': { lines: (event) => [endOfStep(event)] },
  'step.skipped': { lines: (event) => [skippedStep(event)] },
  'step.failed': { told: { view: 'above', besideJson: true }, lines: failureLines },
  'call.finished': { lines: callLines },
  'call.failed': { lines: callLines },
  'call.retried': { lines: retryLines },
  'service.progressed': { lines: serviceLines },
  'service.reported': {
    lines: ({ cluster, service, message }) => [[`${cluster}/${service}: `, ['dim', message]]],
  },
  'task.progressed': { lines: taskLines },
  'instance.progressed': { lines: (event) => [[`${event.group}: ${instanceText(event)}`]] },
  'log.received': {
    told: { view: 'above' },
    lines: ({ service, taskArn, container, message }) => {
      const of = service === undefined ? '' : `${service}/${shortId(taskArn)} `
      return messageLines(message).map((line) => [['dim', unbroken(`${of}${container} | `)], unbroken(line)])
    },
  },
  'deployment.paused': { told: { view: 'below', besideJson: true }, lines: pausedLines },
  'lock.waiting': { told: { view: 'above', besideJson: true }, lines: lockLines },
  'local.provisioned': { lines: ({ made }) => madeLines(made) },
  'run.interrupted': { lines: ({ because }) => [interruptedLine(because)] },
  'undo.started': { lines: ({ because, units }) => [undoLine(because, units)] },
  'undo.finished': {
    told: { view: 'below' },
    lines: ({ restored, units }) => [undoneLine(restored, units)],
  },
  'warning.raised': { told: { view: 'below', besideJson: true }, lines: ({ text }) => [[['yellow', '! '], text]] },
  'run.finished': { told: ({ exitCode }) => ({ view: 'below', besideJson: exitCode !== 0 }), lines: lastLines },
}

/**
 * What a log says about an event, given the picture before it: lines with the time in front, folded where there is a width.
 */
export function linesOf<T extends EventType>(event: EventOf<T>, before: Picture, page: Page = {}): Line[] {
  const { columns = Infinity, zone } = page
  const time = clockTime(event.at, zone)
  const lines = tellingOf(event)?.lines(event, before, page) ?? []
  return lines.flatMap((line) =>
    folded(line, columns - time.length - 1).map((one, index): Line =>
      index === 0 ? [['dim', time], ' ', ...one] : [' '.repeat(time.length + 1), ...one],
    ),
  )
}

/** Where an event's lines are printed beside the live view: above it at once, or below it when it has ended. */
export function placeInView(event: ToldEvent): 'above' | 'below' | undefined {
  return toldOf(event).view
}

/** Whether an event's lines are printed on stderr while stdout carries JSON, and where people want few lines. */
export function isToldBesideJson(event: ToldEvent): boolean {
  return toldOf(event).besideJson === true
}

function toldOf<T extends EventType>(event: EventOf<T>): Told {
  const told = tellingOf(event)?.told ?? {}
  return typeof told === 'function' ? told(event) : told
}

/** Undefined for an event of a later version, which a saved log may hold. */
function tellingOf<T extends EventType>(event: EventOf<T>): Telling<T> | undefined {
  return Object.hasOwn(tellings, event.type) ? tellings[event.type] : undefined
}

function failureLines(event: EventOf<'step.failed'>): Line[] {
  const { problem, forensics } = event
  return [...problemLines(problem, stepTitle(event)), ...(forensics ? forensicsLines(forensics, problem) : [])]
}

/** A title that several stages in a row have is told once. */
function stageLines({ title, steps }: EventOf<'stage.started'>, { stage }: Picture): Line[] {
  return steps.length === 0 || title === stage ? [] : [[['bold', title]]]
}

/** Only where every call is to be told. */
function callLines(event: EventOf<'call.finished' | 'call.failed'>, _before: Picture, { verbose }: Page): Line[] {
  if (!verbose) return []
  const { client, method, input } = event
  return [[['dim', callText({ client, method, input }, event.type === 'call.failed' ? event.error : undefined)]]]
}

function retryLines(
  { client, method, error, milliseconds }: EventOf<'call.retried'>,
  _before: Picture,
  { verbose }: Page,
): Line[] {
  if (milliseconds < worthTelling && !verbose) return []
  const again = `again in ${elapsed(milliseconds)} (${error.name}: ${error.message})`
  return [[['dim', `AWS did not accept ${client} ${method}; ${again}`]]]
}

function serviceLines(event: EventOf<'service.progressed'>, before: Picture): Line[] {
  const known = stepOf(before, event.step)?.service
  if (known && counts(known) === counts(event)) return []
  return [[`${event.cluster}/${event.service}: ${counts(event)}`]]
}

/** `1/2 running, 1 pending, 2 of other deployments, BAKE_TIME`; of a deployment that ECS no longer has, the others alone. */
function counts(service: ServicePicture): string {
  const { desired, running, pending, failed, rolloutState, others } = service
  return [
    rolloutState === 'GONE' ? 'deployment no longer listed' : `${running}/${desired} running`,
    pending > 0 && `${pending} pending`,
    failed > 0 && `${failed} failed`,
    others > 0 && `${others} old`,
    stageText(service),
    !['IN_PROGRESS', 'GONE'].includes(rolloutState) && rolloutState,
  ]
    .filter(Boolean)
    .join(', ')
}

function taskLines({ step, taskArn, lastStatus, containers }: EventOf<'task.progressed'>, before: Picture): Line[] {
  const of = stepOf(before, step)
  const known = of?.tasks.find((task) => task.taskArn === taskArn)
  const ends = containers.flatMap(endOf).join('; ')
  if (known?.lastStatus === lastStatus && known.containers.flatMap(endOf).join('; ') === ends) return []
  return [[`${of?.title ?? step}: task ${nameOf(taskArn)} ${lastStatus}`, ['dim', ends && ` (${ends})`]]]
}

/** The outcome; the problem only where no step has told it, and what is left to do in any case. */
function lastLines(event: EventOf<'run.finished'>, before: Picture): Line[] {
  const { outcome, summary, milliseconds, problem, left: leftovers = before.undo?.leftovers ?? [] } = event
  const told = before.steps.some((step) => step.problem?.what === problem?.what && step.problem?.why === problem?.why)
  return [
    ...(problem && !told ? problemLines(problem) : []),
    ...leftovers.map((one): Line => [['red', '✗ '], `Still to do: ${one}`]),
    ...closingLines(before),
    [outcomeMarks[outcome], ['bold', summary], ['dim', ` ${unbroken(`(${elapsed(milliseconds)})`)}`]],
  ]
}
