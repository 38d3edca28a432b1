import { at, type Checked, entriesAt } from './checked.ts'
import { services as servicesShape } from './keys/serviceKeys.ts'
import { merge } from './merge.ts'

/** A service or a task of the stack with what `defaults` and `logging` say, and each of its containers. */
export interface Service {
  readonly name: string
  readonly checked: Checked
  /** The one that is named as the service first. What is the service's own is also the first container's. */
  readonly containers: readonly { readonly name: string; readonly checked: Checked }[]
}

/** What a task that is run once has nothing of. */
export const ofServicesOnly = ['elb', 'dns_discovery', 'scheduling_strategy', 'deployment_configuration']

/** The services of the merged files, each with what the file says for all of them. */
export function servicesOf(stack: Checked): Service[] {
  return entriesAt(stack, 'services').map(([name, service]) => {
    const checked = withDefaults(service, at(stack, 'defaults'), at(stack, 'logging'))
    const log = at(at(stack, 'defaults'), 'logging') ?? at(stack, 'logging')
    const further = entriesAt(service, 'containers').map(([called, container]) => ({
      name: called,
      checked: withEntry(container, 'logging', at(container, 'logging') ?? log),
    }))
    return { name, checked, containers: [{ name, checked }, ...further] }
  })
}

function withDefaults(service: Checked, common: Checked | undefined, log: Checked | undefined): Checked {
  if (service.kind !== 'map') return service
  const isTask = entriesAt(service, '').some(
    ([key, type]) => key === 'type' && type.kind === 'text' && type.text === 'task',
  )
  const given = entriesAt(common, '')
    .filter(([key]) => !(isTask && ofServicesOnly.includes(key)))
    .map(([key, value]): [string, Checked] => [key, withoutOwn(key, value, service)])
  const base: Checked = { ...service, entries: new Map(given) }
  const merged = merge(base, service, servicesShape.of)
  return withEntry(merged, 'logging', at(merged, 'logging') ?? log)
}

/** A variable of the service's own is not also a secret of the defaults, nor a secret a variable. */
function withoutOwn(key: string, value: Checked, service: Checked): Checked {
  const other = { environment: 'secrets', secrets: 'environment' }[key]
  if (other === undefined || value.kind !== 'map') return value
  const own = new Set(entriesAt(service, other).map(([name]) => name))
  return { ...value, entries: new Map([...value.entries].filter(([name]) => !own.has(name))) }
}

function withEntry(map: Checked, key: string, value: Checked | undefined): Checked {
  if (map.kind !== 'map' || value === undefined) return map
  return { ...map, entries: new Map(map.entries).set(key, value) }
}
