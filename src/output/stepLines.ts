/** How the start and the end of a step read in lines. */
import type { ToldEvent } from '../engine/events.ts'
import { shownSubject } from '../engine/subject.ts'
import type { Line } from './line.ts'
import { stepTitle } from './phrases.ts'

/** A step that ends as soon as it starts is told once, when it ends. */
export function startOfStep(event: Extract<ToldEvent, { type: 'step.started' }>): Line[] {
  const { kind, subject, title, undoing } = event
  if (undoing) return [[stepTitle(event)]]
  if (kind === 'updateService') return [[`Updating service: ${shownSubject(subject)}`]]
  return Object.hasOwn(sayings, kind) ? [] : [[title]]
}

export function endOfStep(event: Extract<ToldEvent, { type: 'step.finished' }>): Line {
  const { title, result, did } = event
  if (did === 'notNeeded') return [['dim', `Skipped, not needed: ${title}${inBrackets(result)}`]]
  return [['green', '✓ '], sayingOf(event)]
}

export function skippedStep(event: Extract<ToldEvent, { type: 'step.skipped' }>): Line {
  const { title, reason, did } = event
  if (did === 'kept') return [['yellow', '! '], `Kept, not undone: ${title} (${reason})`]
  return [['dim', `Skipped: ${stepTitle(event)} (${reason})`]]
}

function sayingOf({ kind, subject, title, undoing, result }: Extract<ToldEvent, { type: 'step.finished' }>): string {
  const saying = undoing || !Object.hasOwn(sayings, kind) ? undefined : sayings[kind]
  if (saying) return saying(shownSubject(subject), result)
  return `${undoing ? 'Undone' : 'Done'}: ${title}${inBrackets(result)}`
}

/** The lines of the Python original, which people search their logs for. */
const sayings: Readonly<Record<string, (subject: string, result: string | undefined) => string>> = {
  registerTaskDefinition: (family, result) => `Registered new task definition: ${result ?? family}`,
  updateService: (service, result) => `Updated service: ${service}${inBrackets(result)}`,
  deregisterTaskDefinition: (revision, result) => `Deregistered task definition: ${result ?? revision}`,
  updateSchedule: (schedule, result) => `Updated schedule: ${schedule}${inBrackets(result)}`,
  putTargets: (targets, result) => `Set event targets: ${targets}${inBrackets(result)}`,
}

function inBrackets(text: string | undefined): string {
  return text ? ` (${text})` : ''
}
