// Reads what classes declare into definitions: checked, copied and frozen.
import { redactor } from './secrets/redact.ts'
import { readable } from './secrets/readable.ts'
import cloneDeep from 'lodash.clonedeep'
import { check } from './check.ts'
import type { Declared, Definition, ServiceUpdate } from './definition.ts'
import { circlesIn } from '../ground/circles.ts'
import { defined } from '../ground/defined.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { frozen } from '../ground/frozen.ts'
import { messageOf } from '../ground/messageOf.ts'
import { clusterOfService } from '../ground/names.ts'
import { isPlain } from '../ground/shown.ts'
import { hookProblems } from './hooks.ts'
import { misspeltMembers } from './misspeltMembers.ts'
import { answered, registerable } from './registerable.ts'
import { rules } from './rules.ts'
import { eventShapes, inputs, scheduleShapes, shapes } from './shapes.ts'
import { taskDefinitionWarnings } from './rules/taskDefinitionRules.ts'
import { unsetWebhooks, webhooksOf } from './webhooks.ts'

/**
 * Reads what a class, a running service or a file declares into a definition: each member once, copied, checked and
 * frozen. The source itself is left as it is and never looked at again. The name of its class begins every path in what is
 * reported; of a class without a name its family does.
 *
 * Throws `BadDefinition` with every problem there is. A warning is about a member that AWS may know and this version
 * does not. Nothing inside an AWS input is ever left out, reordered or given a default, but for what only AWS sets, and the cluster
 * that the ARN of a service names.
 */
export function read(source: Declared, className: string): { definition: Definition; warnings: string[] } {
  const { name, definition, warnings, ...found } = findings(source, className)
  const problems = [...found.problems, ...circles([{ name, after: found.after }])]
  if (problems.length === 0 && definition) return { definition, warnings }
  throw new EcsTaskError('BadDefinition', `The definition ${name} can't be deployed as it is.`, { problems })
}

/** What is found when a class is read. */
interface Findings {
  readonly name: string
  /** Undefined where there are problems. */
  readonly definition?: Definition
  readonly after: readonly string[]
  readonly problems: readonly string[]
  readonly warnings: string[]
}

function findings(source: Declared, className: string): Findings {
  const misspelt = misspeltMembers(source, members)
  const { copy: declared, unreadable } = copyOf(source)
  const { copy, left } = registerableCopy(declared)
  const name = isNameless(className) ? familyOf(copy) : className
  const isExplained = unreadable.has('taskDefinition') || Array.from(misspelt.values()).includes('taskDefinition')
  const inInputs = inputTypes.map(([member, type, table]) => check(copy[member], type, member, table))
  const problems = [
    ...Array.from(misspelt, ([member, meant]) => `${member}: is not a member; did you mean ${meant}?`),
    ...Array.from(unreadable, ([member, reason]) => `${member}: can't be read: ${reason}`),
    ...(copy.taskDefinition === undefined && !isExplained ? [nothingDeclared] : []),
    ...inInputs.flatMap((found) => found.problems),
    ...rules.flatMap((rule) => rule(copy)),
    ...hookProblems(source),
  ]
  const { taskDefinition } = copy
  return {
    name,
    ...(problems.length === 0 &&
      taskDefinition && { definition: frozen(definitionOf({ ...copy, taskDefinition }, name)) }),
    after: namesIn(copy.after),
    problems: shownProblems(problems, copy).map((problem) => `${name}/${problem}`),
    warnings: [
      ...left,
      ...inInputs.flatMap((found) => found.warnings),
      ...[...taskDefinitionWarnings, unsetWebhooks].flatMap((rule) => rule(copy)),
    ].map((warning) => `${name}/${warning}`),
  }
}

/** Each circle once, named in full: `Api/after: is a circle: Api → Web → Api`. */
function circles(classes: readonly Pick<Findings, 'name' | 'after'>[]): string[] {
  const next = new Map(classes.map(({ name, after }) => [name, after]))
  const ofOne = classes.filter(({ name, after }) => after.includes(name)).map(({ name }) => [name])
  return [...ofOne, ...circlesIn(next)].map(
    (names) => `${names[0]}/after: is a circle: ${[...names, names[0]].join(' → ')}`,
  )
}

/** The names in what is declared as such. */
function namesIn(after: unknown): string[] {
  return Array.isArray(after) ? after.filter((one) => typeof one === 'string') : []
}

/** The name that a class goes by, where that is asked before it is read: its own, or its family. */
export function nameOfClass(source: Declared, className: string): string {
  return isNameless(className) ? familyOf(copyOf(source).copy) : className
}

/** Whether nobody has named a class: `new (class extends EcsTask {})()`, `export default class extends EcsTask {}`. */
export const isNameless = (className: string): boolean => className === '' || className === 'default'

function familyOf({ taskDefinition }: { readonly taskDefinition?: unknown }): string {
  const { family } = isPlain(taskDefinition) ? taskDefinition : {}
  return typeof family === 'string' && family !== '' ? family : 'class'
}

/** Reads every class; what is wrong with any of them is thrown as one `BadDefinition`. */
export function readAll(
  declared: readonly { readonly name: string; readonly source: Declared; readonly problem?: string }[],
): { definition: Definition; warnings: string[] }[] {
  const all = withoutFiles(
    declared.map(({ source, name, problem }) =>
      problem === undefined ? findings(source, name) : { name, after: [], problems: [problem], warnings: [] },
    ),
  )
  const problems = [...all.flatMap((one) => one.problems), ...circles(all)]
  const reads = all.flatMap(({ definition, warnings }) => (definition ? { definition, warnings } : []))
  if (problems.length === 0) return reads
  throw new EcsTaskError('BadDefinition', 'The definition cannot be deployed as it is.', { problems })
}

/** Who is after a class is after each of that name, where several are told apart by their files: `Api (_ecs/api.ts)`. */
function withoutFiles(all: readonly Findings[]): Findings[] {
  const names = all.map(({ name }) => name)
  const meant = (one: string): string[] => {
    const alike = names.includes(one) ? [] : names.filter((name) => name.startsWith(`${one} (`))
    return alike.length > 0 ? alike : [one]
  }
  return all.map(({ definition, ...found }) => {
    const after = found.after.flatMap(meant)
    return { ...found, after, ...(definition && { definition: frozen({ ...definition, after: [...new Set(after)] }) }) }
  })
}

/** Each member that is an AWS input, the type that it must have and the table that the type is in. */
const inputTypes = [
  ['taskDefinition', inputs.taskDefinition, shapes],
  ['updateServices', `list ${inputs.updateServices}`, shapes],
  ['runTasks', `list ${inputs.runTasks}`, shapes],
  ['eventTargets', `list ${inputs.eventTargets}`, eventShapes],
  ['schedules', `list ${inputs.schedules}`, scheduleShapes],
] as const

const settings = [
  'after',
  'activeTaskCount',
  'lock',
  'snsNotificationTopicArn',
  'notificationMethodBlacklistRegex',
  'notifications',
] as const

const members = [...inputTypes.map(([member]) => member), ...settings]

const nothingDeclared =
  "taskDefinition: is missing; declare one, as in taskDefinition: TaskDefinition = { family: 'web', " +
  "containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512 }] }"

/** A copy of each member, which is not checked for being what its type says, and why a member could not be read. */
function copyOf(source: Declared): { copy: Partial<Declared>; unreadable: Map<string, string> } {
  const unreadable = new Map<string, string>()
  const copyMember = <Member extends keyof Declared>(member: Member): Declared[Member] | undefined => {
    try {
      const value = source[member]
      checkValue(value, member)
      return cloneDeep(value)
    } catch (error) {
      unreadable.set(member, messageOf(error))
      return undefined
    }
  }
  const copy = defined({
    taskDefinition: copyMember('taskDefinition'),
    updateServices: copyMember('updateServices'),
    runTasks: copyMember('runTasks'),
    eventTargets: copyMember('eventTargets'),
    schedules: copyMember('schedules'),
    after: copyMember('after'),
    activeTaskCount: copyMember('activeTaskCount'),
    lock: copyMember('lock'),
    snsNotificationTopicArn: copyMember('snsNotificationTopicArn'),
    notificationMethodBlacklistRegex: copyMember('notificationMethodBlacklistRegex'),
    notifications: copyMember('notifications'),
  })
  return { copy, unreadable }
}

/** Throws for what only answers the value, whose copy is an empty object that would pass for one. */
function checkValue(value: unknown, member: string): void {
  if (value instanceof Promise) {
    // Nobody awaits it: its failure would end the process with a stack.
    value.catch(() => undefined)
    throw new TypeError(`it is a Promise; ${awaited}`)
  }
  // A copy of the list would hold empty objects in their place.
  if (member === 'after' && Array.isArray(value) && value.some((one) => typeof one === 'function')) {
    throw new TypeError("it holds classes; write their names, as in ['Migrations']")
  }
  if (typeof value !== 'function') return
  const isAsync = value.constructor?.name === 'AsyncFunction'
  throw new TypeError(isAsync ? `it is async; ${awaited}` : `it is a function; declare it as get ${member}()`)
}

const awaited = 'await what it needs before the class, as in const image = await newest()'

/** The members with a task definition that can be registered, where it was pasted as DescribeTaskDefinition answers it. */
function registerableCopy(declared: Partial<Declared>): { copy: Partial<Declared>; left: string[] } {
  const value: unknown = declared.taskDefinition
  const { members: registered, tags, isAnswer = false, left = [] } = isPlain(value) ? answered(value) : {}
  if (!isAnswer && left.length === 0) return { copy: declared, left: [] }
  const own = isAnswer && Array.isArray(tags) ? registerable({}, tags) : { ...(tags !== undefined && { tags }) }
  return {
    copy: { ...declared, taskDefinition: { ...registered, ...own } as Declared['taskDefinition'] },
    left: left.length > 0 ? [`taskDefinition: left out what AWS sets itself: ${left.join(', ')}`] : [],
  }
}

/** The problems without the secrets of what is declared: who throws in a getter may say what it could not use. */
function shownProblems(problems: readonly string[], declared: object): readonly string[] {
  return problems.length === 0 ? problems : redactor([readable(declared)])(problems)
}

function definitionOf(declared: Declared, name: string): Definition {
  const regex = declared.notificationMethodBlacklistRegex ?? /^describe_|get_|list_|.*register_task/
  return {
    name,
    taskDefinition: declared.taskDefinition,
    updateServices: (declared.updateServices ?? []).map(withCluster),
    runTasks: declared.runTasks ?? [],
    eventTargets: declared.eventTargets ?? [],
    schedules: declared.schedules ?? [],
    after: [...new Set(declared.after)],
    activeTaskCount: declared.activeTaskCount ?? 10,
    lock: declared.lock,
    snsNotificationTopicArn: declared.snsNotificationTopicArn,
    // The flags g and y make a regular expression remember where it last matched, and it is asked once for each call.
    notificationMethodBlacklistRegex: new RegExp(regex.source, regex.flags.replace(/[gy]/g, '')),
    notifications: webhooksOf(declared.notifications),
  }
}

/** ECS looks in the cluster `default` where none is named, even for a service whose ARN says where it is. */
function withCluster(update: ServiceUpdate): ServiceUpdate {
  const cluster = update.cluster ?? clusterOfService(update.service)
  return cluster === update.cluster ? update : { ...update, cluster }
}
