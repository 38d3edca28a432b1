import { elapsed } from './elapsed.ts'
import type { Outcome, Problem, ToldEvent } from '../engine/events.ts'
import { type Line, type Span, unbroken } from './line.ts'
import { type InstancePicture, type Paused, type Picture, type ServicePicture, stepOf } from './picture.ts'
import { nameOf } from '../ground/names.ts'
import { folded } from './folded.ts'
import { forensicsLines, messageLines } from './forensicsLines.ts'
import { endOf, problemLines } from './problemLines.ts'

/** Milliseconds that a call may wait for AWS without a word. */
const worthTelling = 2_000

/** Each outcome's mark at the head of the last line. */
const marks: { readonly [O in Outcome]: Span } = {
  succeeded: ['green', '✓ '],
  refused: ['red', '✗ '],
  restored: ['red', '✗ '],
  halfDone: ['red', '✗ '],
  stillGoing: ['yellow', '! '],
  superseded: ['yellow', '! '],
  interrupted: ['yellow', '! '],
}

type Told<T extends ToldEvent['type']> = Extract<ToldEvent, { type: T }>

/** What a log says about an event, given the picture before it; nothing about what changes nothing for a reader. */
export function linesOf(event: ToldEvent, before: Picture): Line[] {
  switch (event.type) {
    case 'run.started':
      return [[['bold', headline(event)]]]
    case 'stage.started':
      return event.steps.length === 0 ? [] : [[['bold', event.title]]]
    case 'step.started':
      return startOfStep(event)
    case 'step.finished':
      return [[['green', '✓ '], endOfStep(event)]]
    case 'step.skipped':
      return [[['dim', `Skipped: ${titleOf(event)} (${event.reason})`]]]
    case 'step.failed':
      return [
        ...problemLines(event.problem, titleOf(event)),
        ...(event.forensics ? forensicsLines(event.forensics, event.problem) : []),
      ]
    case 'call.retried':
      return event.milliseconds < worthTelling ? [] : [[['dim', retryOf(event)]]]
    case 'service.progressed':
      return sameCounts(stepOf(before, event.step)?.service, event)
        ? []
        : [[`${event.cluster}/${event.service}: ${counts(event)}`]]
    case 'service.reported':
      return [[`${event.cluster}/${event.service}: `, ['dim', event.message]]]
    case 'task.progressed':
      return taskLine(event, before)
    case 'instance.progressed':
      return [[`${event.group}: ${instanceText(event)}`]]
    case 'log.received':
      return messageLines(event.message).map((line) => [['dim', `${event.container} | `], unbroken(line)])
    case 'deployment.paused':
      return pausedLines(event)
    case 'local.provisioned':
      return event.made.length === 0 ? [] : [[['dim', madeIn(event.made)]]]
    case 'run.interrupted':
      return [interruptedLine(event.because)]
    case 'undo.started':
      return [[['yellow', `Putting everything back: ${event.because.what}`]]]
    case 'undo.finished':
      return [event.restored ? ['Everything was put back.'] : [['red', 'Not everything was put back.']]]
    case 'warning.raised':
      return [[['yellow', '! '], event.text]]
    case 'run.finished':
      return lastLines(event, before)
    default:
      return []
  }
}

/** Each command as it is being done, and as it is only planned. */
const verbs: Readonly<Record<NonNullable<Picture['run']>['command'], { doing: string; toDo: string }>> = {
  deploy: { doing: 'Deploying', toDo: 'deploy' },
  rollback: { doing: 'Rolling back', toDo: 'roll back' },
  wait: { doing: 'Waiting for', toDo: 'wait for' },
  continue: { doing: 'Continuing', toDo: 'continue' },
  update: { doing: 'Updating', toDo: 'update' },
  run: { doing: 'Running', toDo: 'run' },
  'cluster deploy': { doing: 'Deploying', toDo: 'deploy' },
  'cluster destroy': { doing: 'Destroying', toDo: 'destroy' },
  'service destroy': { doing: 'Destroying', toDo: 'destroy' },
  'instances refresh': { doing: 'Refreshing', toDo: 'refresh' },
}

/** Whoever has pressed Ctrl-C should see that it was heard, and know what pressing it again does. */
export function interruptedLine({ what }: Problem): Line {
  return [['yellow', `! ${what} Press Ctrl-C again to end at once.`]]
}

/** `Deploying v1.2.3: WebTask, WorkerTask (eu-west-1)`. */
export function headline({
  command,
  tag,
  definitions,
  region,
  local,
  dryRun,
}: NonNullable<Picture['run']> | Told<'run.started'>): string {
  const { doing, toDo } = verbs[command]
  const begin = dryRun ? `Planning to ${toDo}` : doing
  const verb = tag ? `${begin} ${tag}` : begin
  const where = [local ? 'local AWS' : '', region].filter(Boolean).join(', ')
  return `${verb}: ${definitions.join(', ')}${where ? ` (${where})` : ''}`
}

/** The line with the time of its event in front, `hh:mm:ss` in UTC; folded where there are no more than `columns`. */
export function stamped(event: ToldEvent, line: Line, columns = Infinity): Line[] {
  const time = event.at.slice(11, 19)
  return folded(line, columns - time.length - 1).map((one, index) =>
    index === 0 ? [['dim', time], ' ', ...one] : [' '.repeat(time.length + 1), ...one],
  )
}

/** What a deployment waits for, and the command that lets it go on. */
export function pausedLines({ cluster, service, lifecycleStage, command }: Paused): Line[] {
  return [
    [
      ['yellow', '! '],
      ['bold', `${cluster}/${service} is paused at ${lifecycleStage}; to let it go on:`],
    ],
    [unbroken('  → '), ['cyan', unbroken(command)]],
  ]
}

/** `Made in the local AWS: cluster my_cluster, service my_cluster/web`. */
export function madeIn(made: readonly string[]): string {
  return `Made in the local AWS: ${made.join(', ')}`
}

/** `1/2 running, 1 pending, 2 of other deployments, BAKE_TIME`. */
export function counts({
  desired,
  running,
  pending,
  failed,
  rolloutState,
  others,
  lifecycleStage,
}: Omit<ServicePicture, 'cluster' | 'service'>): string {
  return [
    `${running}/${desired} running`,
    pending > 0 && `${pending} pending`,
    failed > 0 && `${failed} failed`,
    others > 0 && `${others} of other deployments`,
    lifecycleStage,
    rolloutState !== 'IN_PROGRESS' && rolloutState,
  ]
    .filter(Boolean)
    .join(', ')
}

/** `i-1 DRAINING, 3 tasks`. */
export function instanceText({ instanceId, state, tasks }: InstancePicture): string {
  const count = tasks === undefined ? '' : `, ${tasks === 1 ? '1 task' : `${tasks} tasks`}`
  return `${instanceId} ${state}${count}`
}

function sameCounts(one: ServicePicture | undefined, other: ServicePicture): boolean {
  return one !== undefined && counts(one) === counts(other)
}

/** What is over as soon as it has begun is told once, when it is over. */
function startOfStep(event: Told<'step.started'>): Line[] {
  const [method, thing] = split(event.id)
  if (event.undoing) return [[titleOf(event)]]
  if (method === 'updateService') return [[`Updating service: ${thing}`]]
  return method in sayings ? [] : [[event.title]]
}

function endOfStep({ id, title, undoing, result }: Told<'step.finished'>): string {
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

function titleOf({ title, undoing }: { title: string; undoing: boolean }): string {
  return `${undoing ? 'Undo: ' : ''}${title}`
}

function inBrackets(text: string | undefined): string {
  return text ? ` (${text})` : ''
}

function retryOf({ client, method, error, milliseconds }: Told<'call.retried'>): string {
  return `AWS did not take ${client} ${method}; again in ${elapsed(milliseconds)} (${error.name}: ${error.message})`
}

function taskLine({ step, taskArn, lastStatus, containers }: Told<'task.progressed'>, before: Picture): Line[] {
  const of = stepOf(before, step)
  const known = of?.tasks.find((task) => task.taskArn === taskArn)
  const ends = containers.flatMap(endOf)
  if (known?.lastStatus === lastStatus && known.containers.flatMap(endOf).join() === ends.join()) return []
  return [[`${of?.title ?? step}: task ${nameOf(taskArn)} ${lastStatus}`, ['dim', inBrackets(ends.join('; '))]]]
}

/** What the run came to; the problem only where no step has told it, and what is left to do in any case. */
function lastLines({ outcome, summary, milliseconds, problem, left }: Told<'run.finished'>, before: Picture): Line[] {
  const told = before.steps.some((step) => step.problem?.what === problem?.what && step.problem?.why === problem?.why)
  return [
    ...(problem && !told ? problemLines(problem) : []),
    ...(left ?? before.undo?.left ?? []).map((one): Line => [['red', '✗ '], `Left to do: ${one}`]),
    [marks[outcome], ['bold', summary], ['dim', ` (${elapsed(milliseconds)})`]],
  ]
}
