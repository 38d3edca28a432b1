/** One record for each type of event: where it is told, and how it reads in lines. One that is missing does not compile. */
import type { Outcome, RunEvent, ToldEvent } from '../engine/events.ts'
import { nameOf } from '../ground/names.ts'
import { folded } from './folded.ts'
import { type Line, type Span, unbroken } from './line.ts'
import {
  elapsed,
  headline,
  instanceText,
  interruptedLine,
  madeLines,
  pausedLines,
  placeLines,
  stageText,
  stepTitle,
  undoLine,
} from './phrases.ts'
import { type Picture, type ServicePicture, stepOf } from './picture.ts'
import { endOf, forensicsLines, messageLines, problemLines } from './problemLines.ts'
import { endOfStep, skippedStep, startOfStep } from './stepLines.ts'

type EventType = RunEvent['type']
type EventOf<T extends EventType> = { readonly [K in T]: Extract<ToldEvent, { readonly type: K }> }[T]

/**
 * `inLog`: in plain lines only; the live view draws what matters of it. `belowView`: also below the live view, when that
 * ends. `besideJson`: also on stderr while stdout carries JSON, because nobody may miss it.
 */
type Told = 'inLog' | 'belowView' | 'besideJson'

/** Milliseconds that a call may wait for AWS before it is told. */
const worthTelling = 2_000

/** Each outcome's mark at the head of the last line. */
const outcomeMarks: { readonly [O in Outcome]: Span } = {
  succeeded: ['green', '✓ '],
  refused: ['red', '✗ '],
  restored: ['red', '✗ '],
  halfDone: ['red', '✗ '],
  stillGoing: ['yellow', '! '],
  superseded: ['yellow', '! '],
  interrupted: ['yellow', '! '],
}

interface Telling<T extends EventType> {
  readonly told: Told | ((event: EventOf<T>) => Told)
  /** How it reads, given the picture before it; no line where nothing changes for the reader. */
  readonly lines: (event: EventOf<T>, before: Picture) => readonly Line[]
}

const tellings: { readonly [T in EventType]: Telling<T> } = {
  'run.started': { told: 'inLog', lines: (event) => [[['bold', headline(event)]]] },
  'account.identified': { told: 'inLog', lines: ({ account }) => placeLines({ account }) },
  'plan.made': { told: 'inLog', lines: () => [] },
  'stage.started': { told: 'inLog', lines: ({ title, steps }) => (steps.length === 0 ? [] : [[['bold', title]]]) },
  'step.started': { told: 'inLog', lines: startOfStep },
  'step.finished': { told: 'inLog', lines: (event) => [endOfStep(event)] },
  'step.skipped': { told: 'inLog', lines: (event) => [skippedStep(event)] },
  'step.failed': { told: 'besideJson', lines: failureLines },
  'call.finished': { told: 'inLog', lines: () => [] },
  'call.failed': { told: 'inLog', lines: () => [] },
  'call.retried': { told: 'inLog', lines: retryLines },
  'service.progressed': { told: 'inLog', lines: serviceLines },
  'service.reported': {
    told: 'inLog',
    lines: ({ cluster, service, message }) => [[`${cluster}/${service}: `, ['dim', message]]],
  },
  'task.progressed': { told: 'inLog', lines: taskLines },
  'instance.progressed': { told: 'inLog', lines: (event) => [[`${event.group}: ${instanceText(event)}`]] },
  'log.received': {
    told: 'inLog',
    lines: ({ container, message }) =>
      messageLines(message).map((line) => [['dim', `${container} | `], unbroken(line)]),
  },
  'deployment.paused': { told: 'besideJson', lines: pausedLines },
  'local.provisioned': { told: 'inLog', lines: ({ made }) => madeLines(made) },
  'run.interrupted': { told: 'inLog', lines: ({ because }) => [interruptedLine(because)] },
  'undo.started': { told: 'inLog', lines: ({ because }) => [undoLine(because)] },
  'undo.finished': {
    told: 'belowView',
    lines: ({ restored }) => [restored ? ['Everything was put back.'] : [['red', 'Not everything was put back.']]],
  },
  'warning.raised': { told: 'besideJson', lines: ({ text }) => [[['yellow', '! '], text]] },
  'run.finished': { told: ({ exitCode }) => (exitCode === 0 ? 'belowView' : 'besideJson'), lines: lastLines },
}

/**
 * What a log says about an event, given the picture before it: lines with the time in front, `hh:mm:ss` in UTC, folded
 * where there are no more than `columns`.
 */
export function linesOf<T extends EventType>(event: EventOf<T>, before: Picture, columns = Infinity): Line[] {
  const time = event.at.slice(11, 19)
  const lines = tellingOf(event)?.lines(event, before) ?? []
  return lines.flatMap((line) =>
    folded(line, columns - time.length - 1).map((one, index): Line =>
      index === 0 ? [['dim', time], ' ', ...one] : [' '.repeat(time.length + 1), ...one],
    ),
  )
}

/** Whether an event's lines are printed below the live view when that has ended. */
export function isToldBelowView(event: ToldEvent): boolean {
  return toldOf(event) !== 'inLog'
}

/** Whether an event's lines are printed on stderr while stdout carries JSON. */
export function isToldBesideJson(event: ToldEvent): boolean {
  return toldOf(event) === 'besideJson'
}

function toldOf<T extends EventType>(event: EventOf<T>): Told {
  const told = tellingOf(event)?.told ?? 'inLog'
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

function retryLines({ client, method, error, milliseconds }: EventOf<'call.retried'>): Line[] {
  if (milliseconds < worthTelling) return []
  const again = `again in ${elapsed(milliseconds)} (${error.name}: ${error.message})`
  return [[['dim', `AWS did not take ${client} ${method}; ${again}`]]]
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
    others > 0 && `${others} of other deployments`,
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
    ...leftovers.map((one): Line => [['red', '✗ '], `Left to do: ${one}`]),
    [outcomeMarks[outcome], ['bold', summary], ['dim', ` (${elapsed(milliseconds)})`]],
  ]
}
