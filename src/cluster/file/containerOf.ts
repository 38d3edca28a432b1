import { at, type Checked, entriesAt, numberAt, textAt, textsAt } from './checked.ts'
import { containerKeys, furtherContainerKeys, healthcheckKeys } from './keys/containerKeys.ts'
import { parsePort } from './port.ts'
import type { Healthcheck, StackContainer } from '../stack.ts'
import { parseVolume } from './volume.ts'

/** A container of a stack in which nothing is wrong. */
export function containerOf(name: string, checked: Checked): StackContainer {
  const driver = textAt(checked, 'logging/log_driver')
  return {
    name,
    image: textAt(checked, 'image') ?? '',
    command: wordsAt(checked, 'command'),
    entryPoint: wordsAt(checked, 'entrypoint'),
    essential: flagAt(checked, 'essential', furtherContainerKeys.essential.default),
    cpu: numberAt(checked, 'cpu'),
    memory: numberAt(checked, 'memory'),
    memoryReservation: numberAt(checked, 'memory_reservation'),
    environment: textsByName(checked, 'environment'),
    secrets: textsByName(checked, 'secrets'),
    ports: textsAt(checked, 'ports').map(({ text }) => parsePort(text)),
    volumes: textsAt(checked, 'volumes').map(({ text }) => parseVolume(text)),
    gpus: numberAt(checked, 'gpus'),
    privileged: flagAt(checked, 'privileged', containerKeys.privileged.default),
    healthcheck: healthcheckOf(at(checked, 'healthcheck')),
    logging: driver === undefined ? undefined : { logDriver: driver, options: textsByName(checked, 'logging/options') },
  }
}

/** The texts of a list; undefined where there is no list. */
export function wordsAt(checked: Checked | undefined, path: string): string[] | undefined {
  return at(checked, path) && textsAt(checked, path).map(({ text }) => text)
}

export function flagAt(checked: Checked | undefined, path: string, otherwise: boolean): boolean {
  const text = textAt(checked, path)
  return text === undefined ? otherwise : text === 'true'
}

function textsByName(checked: Checked, path: string): Record<string, string> {
  return Object.fromEntries(
    entriesAt(checked, path).map(([name, entry]) => [name, entry.kind === 'text' ? entry.text : '']),
  )
}

function healthcheckOf(checked: Checked | undefined): Healthcheck | undefined {
  if (!checked) return undefined
  const { interval, timeout, retries, start_period } = healthcheckKeys
  return {
    command: wordsAt(checked, 'command') ?? [],
    interval: numberAt(checked, 'interval') ?? interval.default,
    timeout: numberAt(checked, 'timeout') ?? timeout.default,
    retries: numberAt(checked, 'retries') ?? retries.default,
    startPeriod: numberAt(checked, 'start_period') ?? start_period.default,
  }
}
