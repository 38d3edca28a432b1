// Writes a stack as YAML.
import { isDeepStrictEqual } from 'node:util'
import type { Scalar } from 'yaml'
import { loadYaml } from './loadYaml.ts'
import { serviceEntry } from './serviceEntry.ts'
import type { PublicAndPrivate, Stack } from '../stack.ts'

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
  const style = { lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity, aliasDuplicateObjects: false }
  // Between its quotes YAML has a way to write each character, and a CI runner sees no command.
  return loadYaml()
    .stringify(escaped(file), style)
    .replace(runnerWords, String.raw`\x23`)
}

function publicAndPrivate({ public: open, private: closed }: PublicAndPrivate): object {
  return { public: open, private: closed }
}

/** A copy without what is undefined, in which no text holds a variable or could be taken for anything else. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return textOf(value.replaceAll('$', '$$$$'))
  if (Array.isArray(value)) return value.map(escaped)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  // Without its quotes, << merges what follows it.
  return new Map(entries.map(([name, entry]) => [name === '<<' ? quoted(name) : textOf(name), escaped(entry)]))
}

/** Blanks around lines, empty lines at the end, control characters: the writer has them lost among several lines. */
const easilyLost = /^\s|[^\S\n](\n|$)|\n\n$|[^\P{Cc}\n]/u

/** What CI runners take for a command, `##[error]`, `##vso[…]`: the second `#`. */
const runnerWords = /(?<=#)#(?=\w{0,20}\[)/g

/** A line in the middle of a text that GitHub's runner would take for one. */
const runnerLine = /^\s*::/m

function textOf(text: string): string | Scalar {
  const isLost = text.includes('\n') && (easilyLost.test(text) || runnerLine.test(text))
  return isLost || text.search(runnerWords) >= 0 ? quoted(text) : text
}

function quoted(text: string): Scalar {
  const scalar = new (loadYaml().Scalar)(text)
  scalar.type = 'QUOTE_DOUBLE'
  return scalar
}
