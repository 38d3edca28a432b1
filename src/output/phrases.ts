/** The phrases that plain lines and the live view share, so that both say the same thing in the same words. */
import type { Problem, RunEvent } from '../engine/events.ts'
import { isLoopback } from '../ground/loopback.ts'
import { nameOf, namesInWords, shownNames } from '../ground/names.ts'
import { type Line, unbroken } from './line.ts'
import type { InstancePicture, PausedDeployment, Picture } from './picture.ts'

type Run = NonNullable<Picture['run']>

/** Each command as it is being done, and as it is only planned. */
const verbs: Readonly<Record<Run['command'], { doing: string; toDo: string }>> = {
  deploy: { doing: 'Deploying', toDo: 'deploy' },
  rollback: { doing: 'Rolling back', toDo: 'roll back' },
  wait: { doing: 'Waiting for', toDo: 'wait for' },
  continue: { doing: 'Continuing', toDo: 'continue' },
  reject: { doing: 'Rejecting', toDo: 'reject' },
  update: { doing: 'Updating', toDo: 'update' },
  run: { doing: 'Running', toDo: 'run' },
  'cluster deploy': { doing: 'Deploying', toDo: 'deploy' },
  'cluster destroy': { doing: 'Destroying', toDo: 'destroy' },
  'service destroy': { doing: 'Destroying', toDo: 'destroy' },
  'instances refresh': { doing: 'Refreshing', toDo: 'refresh' },
}

/** Every command that a run can be of. */
export const commandWords: readonly string[] = Object.keys(verbs)

type Started = Partial<Run> & Pick<Run, 'command' | 'definitions'>

/** `Deploying v1.2.3: WebTask, WorkerTask (eu-west-1, profile shop)`. */
export function headline(run: Started): string {
  const place = placeText(run)
  return `${whatIsDone(run)}${place && ` (${place})`}`
}

/** `Deploying v1.2.3: WebTask, WorkerTask`. */
export function whatIsDone({ command, tag, definitions, dryRun }: Started): string {
  const { doing, toDo } = verbs[command]
  const begin = dryRun ? `Planning to ${toDo}` : doing
  return `${tag ? `${begin} ${tag}` : begin}: ${shownNames(definitions)}`
}

/** Where calls go, as far as it is known. */
export type Place = Pick<Partial<Run>, 'account' | 'region' | 'profile' | 'endpoint' | 'local'>

/** `account 123456789012, eu-west-1, profile shop`, `local AWS at 127.0.0.1:4570, eu-west-1`. */
export function placeText({ local, endpoint, account, region, profile }: Place): string {
  const parts = [
    local ? 'local AWS' : endpoint && endpointText(endpoint),
    account && `account ${account}`,
    region,
    profile && `profile ${profile}`,
  ]
  return parts.filter(Boolean).join(', ')
}

function endpointText(endpoint: string): string {
  if (!URL.canParse(endpoint)) return `endpoint ${endpoint}`
  const { hostname, host } = new URL(endpoint)
  return isLoopback(hostname) ? `local AWS at ${host}` : `endpoint ${host}`
}

/** `Using account 123456789012, eu-west-1`; no line where nothing is known. */
export function placeLines(place: Place): Line[] {
  const text = placeText(place)
  return text === '' ? [] : [[['dim', `Using ${text}`]]]
}

/** Shows what ends the run, and that Ctrl-C, or another one, ends it at once. */
export function interruptedLine({ code, what }: Problem): Line {
  const press = code === 'Interrupted' ? 'Press Ctrl-C again' : 'Press Ctrl-C'
  return [['yellow', `! ${what} ${press} to end at once.`]]
}

/** `Putting everything back: The rollout of web failed.`; of a few classes, `Putting Web back: …`. */
export function undoLine({ what }: Problem, units?: readonly string[]): Line {
  return [['yellow', `Putting ${units ? namesInWords(units) : 'everything'} back: ${what}`]]
}

/** Whether everything, or all of these classes, was put back. */
export function undoneLine(restored: boolean, units?: readonly string[]): Line {
  if (!units) return restored ? ['Everything was put back.'] : [['red', 'Not everything was put back.']]
  const of = namesInWords(units)
  return restored ? [`Put back: ${of}`] : [['red', `Not everything was put back of ${of}.`]]
}

/** Where a deployment is paused, and the command that continues it. */
export function pausedLines({ cluster, service, lifecycleStage, command }: PausedDeployment): Line[] {
  return [
    [
      ['yellow', '! '],
      ['bold', `${cluster}/${service} is paused at ${lifecycleStage}; to resume it:`],
    ],
    [unbroken('  → '), ['cyan', unbroken(command)]],
  ]
}

/** Who holds a lock that is waited for, and how long it is. */
export function lockLines(event: Extract<RunEvent, { readonly type: 'lock.waiting' }>): Line[] {
  const { of, holder, command, since, run, milliseconds } = event
  return [
    [
      ['yellow', '! '],
      ['bold', `${holder} holds the lock of ${of}; waiting up to ${elapsed(milliseconds)}`],
    ],
    [unbroken('  '), `It has been running ${command} since ${since}`],
    ...(run === undefined ? [] : [[unbroken('  → '), ['cyan', unbroken(run)]] satisfies Line]),
  ]
}

/** `PRODUCTION_TRAFFIC_SHIFT, 10% of the traffic`: where a deployment stands; empty for a rolling update. */
export function stageText({
  lifecycleStage,
  trafficPercent,
}: {
  readonly lifecycleStage?: string | undefined
  readonly trafficPercent?: number | undefined
}): string {
  return [lifecycleStage, trafficPercent !== undefined && `${trafficPercent}% of the traffic`]
    .filter((part) => typeof part === 'string')
    .join(', ')
}

/** `Made in the local AWS: cluster my_cluster, service my_cluster/web`; no line where nothing was made. */
export function madeLines(made: readonly string[]): Line[] {
  return made.length === 0 ? [] : [[['dim', `Created in the local AWS: ${made.join(', ')}`]]]
}

/** `i-1 DRAINING, 3 tasks`. */
export function instanceText({ instanceId, state, tasks }: InstancePicture): string {
  const count = tasks === undefined ? '' : `, ${tasks === 1 ? '1 task' : `${tasks} tasks`}`
  return `${instanceId} ${state}${count}`
}

/** A step's title; one that undoes another says so. */
export function stepTitle({ title, undoing }: { readonly title: string; readonly undoing: boolean }): string {
  return `${undoing ? 'Undo: ' : ''}${title}`
}

/** As much of a task's id as it takes to recognize it. */
export function shortId(taskArn: string): string {
  return nameOf(taskArn).slice(0, 8)
}

/** Milliseconds as a person says them: `0.4 s`, `4 s`, `42 s`, `1 min 12 s`, `2 h 5 min`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
