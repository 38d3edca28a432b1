// Merges the files of a stack into one, before the rules check it.
import { serviceSettings } from '../serviceSettings.ts'
import { services as servicesShape } from './keys/serviceKeys.ts'
import { stackShape } from './keys/stackKeys.ts'
import { merge } from './merge.ts'
import { at, entriesAt, textAt, type ValidatedNode } from './validatedNode.ts'
import type { Finding } from './yamlNode.ts'

/** A stack whose files have been merged and whose rules have yet to be looked at. Parts of it may be wrong, or missing. */
export interface UnvalidatedStack {
  readonly stack: ValidatedNode
  readonly services: readonly Service[]
}

/** A service or a task of the stack with what `defaults` and `logging` say, and each of its containers. */
export interface Service {
  readonly name: string
  readonly node: ValidatedNode
  /** The one that is named as the service first. What is the service's own is also the first container's. */
  readonly containers: readonly { readonly name: string; readonly node: ValidatedNode }[]
}

const nothing: ValidatedNode = { kind: 'map', place: { file: 0, line: 1, column: 1 }, path: '', entries: new Map() }

/** The stack that files say together. */
export function unvalidatedStack(files: readonly ValidatedNode[]): UnvalidatedStack {
  const stack = files.reduce((earlier, later) => merge(earlier, later, stackShape), files[0] ?? nothing)
  return { stack, services: servicesOf(stack) }
}

/** What a task that is run once has nothing of. */
export const ofServicesOnly: readonly string[] = [
  ...Object.values(serviceSettings).flatMap((setting) => ('isOfTasks' in setting ? [] : setting.key)),
  'auto_scaling',
]

/** The services of the merged files, each with what the file says for all of them. */
function servicesOf(stack: ValidatedNode): Service[] {
  return entriesAt(stack, 'services').map(([name, service]) => {
    const node = withDefaults(service, at(stack, 'defaults'), at(stack, 'logging'))
    const log = at(at(stack, 'defaults'), 'logging') ?? at(stack, 'logging')
    const further = entriesAt(service, 'containers').map(([called, container]) => ({
      name: called,
      node: withEntry(container, 'logging', at(container, 'logging') ?? log),
    }))
    return { name, node, containers: [{ name, node }, ...further] }
  })
}

function withDefaults(
  service: ValidatedNode,
  common: ValidatedNode | undefined,
  log: ValidatedNode | undefined,
): ValidatedNode {
  if (service.kind !== 'map') return service
  const ofTask = textAt(service, 'type') === 'task'
  const given = entriesAt(common, '')
    .filter(([key]) => !(ofTask && ofServicesOnly.includes(key)))
    .map(([key, value]): [string, ValidatedNode] => [key, withoutOwn(key, value, service)])
  const base: ValidatedNode = { ...service, entries: new Map(given) }
  const merged = withoutImpossibleMode(merge(base, service, servicesShape.of), service)
  return withEntry(merged, 'logging', at(merged, 'logging') ?? log)
}

/** The network mode of the defaults is for the services that can have it; others need an address of their own. */
function withoutImpossibleMode(merged: ValidatedNode, service: ValidatedNode): ValidatedNode {
  if (merged.kind !== 'map' || at(service, 'network_mode') || !needsOwnInterface(merged)) return merged
  return { ...merged, entries: new Map([...merged.entries].filter(([key]) => key !== 'network_mode')) }
}

/** A variable of the service's own is not also a secret of the defaults, nor a secret a variable. */
function withoutOwn(key: string, value: ValidatedNode, service: ValidatedNode): ValidatedNode {
  const other = { environment: 'secrets', secrets: 'environment' }[key]
  if (other === undefined || value.kind !== 'map') return value
  const own = new Set(entriesAt(service, other).map(([name]) => name))
  return { ...value, entries: new Map([...value.entries].filter(([name]) => !own.has(name))) }
}

function withEntry(map: ValidatedNode, key: string, value: ValidatedNode | undefined): ValidatedNode {
  if (map.kind !== 'map' || value === undefined) return map
  return { ...map, entries: new Map(map.entries).set(key, value) }
}

/** What the kinds of values cannot say. What is of the wrong kind has been reported, so a rule passes it over. */
export type Rule = (stack: UnvalidatedStack) => Finding[]

/** A sentence about a value. */
export function about({ place, path }: ValidatedNode, sentence: string): Finding {
  return { place, sentence: `${path}: ${sentence}` }
}

export function isFargate({ node }: Service): boolean {
  return textAt(node, 'launch_type') === 'FARGATE'
}

/** Whether the tasks have a network interface of their own, so that a container's port is also the host's. */
export function hasOwnInterface({ node }: Service): boolean {
  return textAt(node, 'network_mode') === 'awsvpc' || needsOwnInterface(node)
}

function needsOwnInterface(node: ValidatedNode): boolean {
  const isOnFargate = textAt(node, 'launch_type') === 'FARGATE'
  return isOnFargate || at(node, 'dns_discovery') !== undefined || at(node, 'network') !== undefined
}

export function isTask({ node }: Service): boolean {
  return textAt(node, 'type') === 'task'
}

export function isDaemon({ node }: Service): boolean {
  return textAt(node, 'scheduling_strategy') === 'DAEMON'
}
