// Changes how a container logs.
import type { ContainerDefinition, LogConfiguration } from '@aws-sdk/client-ecs'
import { type LogEdit, wordOf } from './edits.ts'
import { type Both, editVariables } from './editVariables.ts'

const kinds = {
  plain: { called: 'a log option', option: '--log-option' },
  secret: { called: 'a log secret', option: '--log-secret' },
} as const

/**
 * Sets and unsets options of a container's log driver, each as they are or from a secret. A container without a log
 * configuration is given one; one that logs with another driver is a problem, since its other options would mean nothing.
 */
export function editLog(
  container: ContainerDefinition,
  edits: Both<readonly LogEdit[]>,
): { container: ContainerDefinition; notes: string[]; problems: string[] } {
  const asked = [
    ...edits.plain.map((edit) => ({ edit, word: wordOf('--log-option', edit) })),
    ...edits.secret.map((edit) => ({ edit, word: wordOf('--log-secret', edit) })),
  ]
  const { name, logConfiguration } = container
  if (asked.length === 0) return { container, notes: [], problems: [] }

  const set = asked.filter(({ edit }) => edit.value !== '')
  const logDriver = logConfiguration?.logDriver ?? set[0]?.edit.logDriver
  if (logDriver === undefined) {
    const notes = asked.map(({ word }) => `${word}=: the container ${name} has no log configuration; nothing to unset`)
    return { container, notes, problems: [] }
  }
  const problems = asked
    .filter(({ edit }) => edit.logDriver !== logDriver)
    .map(({ edit, word }) => {
      const logs = logConfiguration ? 'logs' : 'is already to log'
      return `${word}: the container ${name} ${logs} with ${logDriver}, not ${edit.logDriver}`
    })
  if (problems.length > 0) return { container, notes: [], problems }

  const { options, secretOptions } = logConfiguration ?? {}
  const plain = options && Object.entries(options).map(([option, value]) => ({ name: option, value }))
  const { notes, ...after } = editVariables({ plain, secret: secretOptions }, edits, kinds)
  const edited = {
    ...logConfiguration,
    logDriver,
    ...(after.plain !== plain && { options: Object.fromEntries(after.plain!.map((one) => [one.name, one.value])) }),
    ...(after.secret !== secretOptions && { secretOptions: after.secret }),
  }
  return { container: { ...container, logConfiguration: edited as LogConfiguration }, notes, problems }
}
