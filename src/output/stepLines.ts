/** How the start and the end of a step read in lines. */
import type { ToldEvent } from '../engine/events.ts'
import type { Line } from './line.ts'
import { stepTitle } from './phrases.ts'

/** A step that ends as soon as it starts is told once, when it ends. */
export function startOfStep(event: Extract<ToldEvent, { type: 'step.started' }>): Line[] {
  const [method, thing] = split(event.id)
  if (event.undoing) return [[stepTitle(event)]]
  if (method === 'updateService') return [[`Updating service: ${thing}`]]
  return method in sayings ? [] : [[event.title]]
}

export function endOfStep(event: Extract<ToldEvent, { type: 'step.finished' }>): string {
  const { id, title, undoing, result } = event
  const [method, thing] = split(id)
  const saying = undoing ? undefined : sayings[method]
  return saying ? saying(thing, result) : `${undoing ? 'Undone' : 'Done'}: ${title}${inBrackets(result)}`
}

/** The lines of the Python original, which people search their logs for. */
const sayings: Readonly<Record<string, (thing: string, result: string | undefined) => string>> = {
  registerTaskDefinition: (thing, result) => `Registered new task definition: ${result ?? thing}`,
  updateService: (thing, result) => `Updated service: ${thing}${inBrackets(result)}`,
  deregisterTaskDefinition: (thing, result) => `Deregistered task definition: ${result ?? thing}`,
  putTargets: (thing, result) => `Set event targets: ${thing}${inBrackets(result)}`,
}

/** An id's method and thing: `updateService my_cluster/web`. */
function split(id: string): [method: string, thing: string] {
  const space = id.indexOf(' ')
  return space < 0 ? [id, id] : [id.slice(0, space), id.slice(space + 1)]
}

function inBrackets(text: string | undefined): string {
  return text ? ` (${text})` : ''
}
