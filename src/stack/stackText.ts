import { isDeepStrictEqual } from 'node:util'
import type { Scalar } from 'yaml'
import { loadYaml } from '../lazy.ts'
import { serviceEntry } from './serviceEntry.ts'
import type { PublicAndPrivate, Stack } from './stack.ts'

/**
 * A YAML file that `readStack` reads back to an equal stack. What is as the defaults have it is left out; what all containers
 * log to stands at the top; a `$` is written `$$`.
 */
export function stackText(stack: Stack): string {
  const { vpc, namespace, services } = stack
  const logs = services.flatMap(({ containers }) => containers.map(({ logging }) => logging))
  const log = logs.every((one) => isDeepStrictEqual(one, logs[0])) ? logs[0] : undefined
  const file = {
    vpc: vpc && {
      id: vpc.id,
      subnets: publicAndPrivate(vpc.subnets),
      security_groups: publicAndPrivate(vpc.securityGroups),
    },
    logging: log && { log_driver: log.logDriver, options: log.options },
    service_discovery: namespace === undefined ? undefined : { namespace },
    services: services.map((service) => ({ [service.name]: serviceEntry(service, log === undefined) })),
  }
  return loadYaml().stringify(escaped(file), { lineWidth: 0, aliasDuplicateObjects: false })
}

function publicAndPrivate({ public: open, private: closed }: PublicAndPrivate): object {
  return { public: open, private: closed }
}

/** A copy without what is undefined, in which no text holds a variable. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$')
  if (Array.isArray(value)) return value.map(escaped)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return new Map(entries.map(([name, entry]) => [name === '<<' ? quotedKey(name) : name, escaped(entry)]))
}

/** Without its quotes, << merges what follows it. */
function quotedKey(name: string): Scalar {
  const key = new (loadYaml().Scalar)(name)
  key.type = 'QUOTE_DOUBLE'
  return key
}
