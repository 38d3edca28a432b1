/** Reads the events of a run from what `--json` has printed. It may come from anywhere: what is not an event is refused. */
import type { RunEvent, ToldEvent } from '../../engine/events.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { isPlain } from '../../ground/shown.ts'
import { commandWords } from '../phrases.ts'
import { outcomeWords } from '../telling.ts'

/** The events of a log, and what is to be said of it. */
export interface Log {
  readonly events: readonly ToldEvent[]
  /** Where it ends in the middle: a run that was killed writes no end. Where it has several runs, one behind the other. */
  readonly remark: string | undefined
}

/** So many bad lines are named. */
const mostProblems = 5

/** A shape: the type of a value, one of some words, a list of one shape, or members, of which those with `?` may be missing. */
type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | ReadonlySet<string>
  | readonly [Shape]
  | { readonly [member: string]: Shape }

const problem: Shape = {
  code: 'string',
  what: 'string',
  'why?': 'string',
  'fix?': 'string',
  'problems?': ['string'],
  'stack?': 'string',
}
const container: Shape = { name: 'string', lastStatus: 'string', 'exitCode?': 'number', 'reason?': 'string' }
const subject: Shape = {
  type: 'string',
  ...Object.fromEntries(
    ['cluster', 'service', 'family', 'revision', 'bus', 'rule', 'zone', 'name', 'group'].map((name) => [
      `${name}?`,
      'string' as const,
    ]),
  ),
  'targets?': ['string'],
  'instances?': ['string'],
}
const ofStep = { id: 'string', kind: 'string', subject, title: 'string', undoing: 'boolean' } as const
const forensics: Shape = {
  stoppedTasks: [{ stoppedReason: 'string', count: 'number', taskArns: ['string'], containers: [container] }],
  logs: [{ container: 'string', taskArn: 'string', lines: ['string'], 'note?': 'string' }],
  targets: [
    { targetGroupArn: 'string', target: 'string', state: 'string', 'reason?': 'string', 'description?': 'string' },
  ],
  unmet: ['string'],
  'next?': 'string',
}
const change: Shape = {
  of: subject,
  path: 'string',
  'before?': 'any',
  'after?': 'any',
  'isSecret?': 'boolean',
  'revisions?': ['string'],
  'runBy?': ['string'],
}
const step: Shape = {
  id: 'string',
  kind: 'string',
  subject,
  title: 'string',
  call: { method: 'string' },
  'changes?': ['string'],
  'differences?': [change],
}
const plan: Shape = {
  title: 'string',
  'followed?': 'boolean',
  stages: [{ title: 'string', steps: [step], 'batch?': 'string' }],
  warnings: ['string'],
}
const ofCall = { client: 'string', method: 'string' } as const
const error: Shape = { name: 'string', message: 'string' }
const ofService = { step: 'string', cluster: 'string', service: 'string' } as const

/** What each type of event holds that anything is drawn from. */
const shapes: { readonly [T in RunEvent['type']]: Shape } = {
  'run.started': {
    command: new Set(commandWords),
    definitions: ['string'],
    'tag?': 'string',
    'region?': 'string',
    'profile?': 'string',
    'endpoint?': 'string',
    'local?': 'boolean',
    'dryRun?': 'boolean',
  },
  'account.identified': { account: 'string' },
  'plan.made': { plan },
  'stage.started': { title: 'string', steps: ['string'] },
  'step.started': ofStep,
  'step.finished': { ...ofStep, 'result?': 'string', 'did?': 'string' },
  'step.skipped': { ...ofStep, reason: 'string', 'did?': 'string' },
  'step.failed': { ...ofStep, problem, 'forensics?': forensics },
  'call.finished': { ...ofCall, input: {}, result: {} },
  'call.failed': { ...ofCall, input: {}, error },
  'call.retried': { ...ofCall, error, milliseconds: 'number' },
  'service.progressed': {
    ...ofService,
    deploymentId: 'string',
    desired: 'number',
    running: 'number',
    pending: 'number',
    failed: 'number',
    rolloutState: 'string',
    others: 'number',
    'lifecycleStage?': 'string',
    'trafficPercent?': 'number',
  },
  'service.reported': { ...ofService, message: 'string', reportedAt: 'string' },
  'task.progressed': { step: 'string', taskArn: 'string', lastStatus: 'string', containers: [container] },
  'instance.progressed': { step: 'string', group: 'string', instanceId: 'string', state: 'string', 'tasks?': 'number' },
  'log.received': { step: 'string', taskArn: 'string', container: 'string', message: 'string', loggedAt: 'string' },
  'deployment.paused': { ...ofService, lifecycleStage: 'string', command: 'string' },
  'lock.waiting': {
    lock: 'string',
    of: 'string',
    holder: 'string',
    command: 'string',
    since: 'string',
    until: 'string',
    'run?': 'string',
    milliseconds: 'number',
  },
  'local.provisioned': { made: ['string'] },
  'run.interrupted': { because: problem },
  'undo.started': { because: problem, 'units?': ['string'] },
  'undo.finished': { restored: 'boolean', left: ['string'], 'units?': ['string'] },
  'warning.raised': { text: 'string' },
  'run.finished': {
    outcome: new Set(outcomeWords),
    exitCode: 'number',
    summary: 'string',
    milliseconds: 'number',
    'problem?': problem,
    'left?': ['string'],
  },
}

/**
 * Reads a log, an event a line, of its last run. One of a later version is kept as it is. A last line that was cut off is left out. Throws
 * `BadArguments` with the lines that are no events, and where there are none.
 */
export function readEvents(text: string, file: string): Log {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }))
  const told = lines.filter(({ line }) => line !== '')
  const isCut = !text.endsWith('\n') && told.length > 1 && parsed(told.at(-1)!.line) === undefined
  const found = (isCut ? told.slice(0, -1) : told).map(({ line, number }) => {
    const value = parsed(line)
    const fault = faultOf(value)
    return fault === undefined ? { event: value as ToldEvent } : { problem: `${file}:${number}: ${fault}` }
  })
  const problems = found.flatMap((one) => one.problem ?? [])
  const events = found.flatMap(({ event }) => event ?? [])
  if (problems.length > 0 || events.length === 0) throw notALog(file, problems)
  const begins = events.flatMap(({ type }, index) => (type === 'run.started' ? index : []))
  const last = begins.length > 1 ? events.slice(begins.at(-1)) : events
  const remarks = [
    ...(begins.length > 1 ? [`The log has ${begins.length} runs; this is the last.`] : []),
    ...(last.some(({ type }) => type === 'run.finished') ? [] : ['The log ends before the run did.']),
  ]
  return { events: last, remark: remarks.length > 0 ? remarks.join(' ') : undefined }
}

function notALog(file: string, problems: readonly string[]): EcsTaskError {
  const more = problems.length - mostProblems
  return new EcsTaskError('BadArguments', `${file} is not the log of a run.`, {
    problems: [...problems.slice(0, mostProblems), ...(more > 0 ? [`and ${more} more lines`] : [])],
    fix: 'Record one with: --json > run.jsonl',
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Why a value is no event; undefined where it is one. */
function faultOf(value: unknown): string | undefined {
  if (!isPlain(value)) return 'is not an object of JSON'
  const { version, at, type } = value
  if (version !== 1) return 'has another version than 1'
  if (typeof type !== 'string') return 'has no type'
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return 'has no time'
  return Object.hasOwn(shapes, type) ? misfit(value, shapes[type as RunEvent['type']], type) : undefined
}

/** The first place where a value has another shape. */
function misfit(value: unknown, shape: Shape, path: string): string | undefined {
  if (shape === 'any') return undefined
  if (typeof shape === 'string') {
    const fits = typeof value === shape && (shape !== 'number' || Number.isFinite(value))
    return fits ? undefined : `${path} is not a ${shape}`
  }
  if (shape instanceof Set) return shape.has(value) ? undefined : `${path} is not one that ecs-task knows`
  if (isList(shape)) {
    if (!Array.isArray(value)) return `${path} is not a list`
    return value.map((one, index) => misfit(one, shape[0], `${path}/${index}`)).find((one) => one !== undefined)
  }
  if (!isPlain(value)) return `${path} is not an object`
  for (const [key, of] of Object.entries(shape)) {
    const name = key.replace(/\?$/, '')
    if (name !== key && !Object.hasOwn(value, name)) continue
    const found = misfit(Object.hasOwn(value, name) ? value[name] : undefined, of, `${path}/${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
