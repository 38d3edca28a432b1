// A deploy that fails: its definition, its printed lines and its forensics.
import type { Declared } from '../../src/definition/definition.ts'
import type { Forensics, ToldEvent } from '../../src/engine/events.ts'
import { plain } from '../../src/output/listeners/plain.ts'
import { web } from './declared.ts'
import { ofType } from './support.ts'

export const awslogs = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
} as const

/** A service and nothing else; its one container, `web`, logs to CloudWatch Logs unless told otherwise. */
export function service(container: object = {}, ...others: readonly object[]): Declared {
  const own = { name: 'web', image: 'my_image:<image_tag>', memory: 512, logConfiguration: awslogs, ...container }
  return web({
    taskDefinition: { family: 'web', containerDefinitions: [own, ...others] },
    runTasks: [],
    eventTargets: [],
  })
}

/** What `plain` prints of a failed step, from its error to its last line, without the times. */
export function printed(events: readonly ToldEvent[]): string[] {
  const lines: string[] = []
  const listener = plain((line) => lines.push(line.slice('hh:mm:ssZ '.length)), { color: false })
  for (const event of events) listener.hear(event)
  const begin = lines.findIndex((line) => line.startsWith('✗ Update service'))
  const length = lines.slice(begin + 1).findIndex((line) => !line.startsWith('  '))
  return lines.slice(begin, begin + 1 + length)
}

/** What was found out about the first step that failed. */
export function forensicsIn(events: readonly ToldEvent[]): Forensics {
  const found = ofType(events, 'step.failed')[0]?.forensics
  if (!found) throw new Error('no step has failed with forensics')
  return found
}
