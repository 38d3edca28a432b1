import { describe, expect, it } from 'vitest'
import type { Declared } from '../../src/definition.ts'
import type { Forensics, ToldEvent } from '../../src/events.ts'
import { plain } from '../../src/renderers/plain.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

const awslogs = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
} as const

/** A service whose only container logs as told, and whose definition goes no further. */
function logging(logConfiguration: object | undefined, container: object = {}): Declared {
  return web({
    taskDefinition: {
      family: 'web',
      containerDefinitions: [
        {
          name: 'web',
          image: 'my_image:<image_tag>',
          cpu: 256,
          memory: 512,
          ...(logConfiguration && { logConfiguration: logConfiguration as typeof awslogs }),
          ...container,
        },
      ],
    },
    runTasks: [],
    eventTargets: [],
  })
}

/** What `plain` prints, without the times. */
function printed(events: readonly ToldEvent[]): string[] {
  const lines: string[] = []
  const listener = plain((line) => lines.push(line.slice('hh:mm:ss '.length)), { color: false })
  for (const event of events) listener.hear(event)
  return lines
}

function forensicsIn(events: readonly ToldEvent[]): Forensics {
  const found = ofType(events, 'step.failed')[0]?.forensics
  if (!found) throw new Error('no step has failed with forensics')
  return found
}

describe('a rollout that fails tells why', () => {
  it('for a container that crashes: its exit code and what it said last', async () => {
    const { events } = await stage(logging(awslogs)).deploy('crash')
    console.log(printed(events).join('\n'))
  })
  it('for unhealthy', async () => {
    const { events } = await stage(logging(awslogs, { healthCheck: { command: ['CMD', 'true'], interval: 10 } })).deploy('unhealthy')
    console.log(printed(events).join('\n'))
  })
  it('for exit-1', async () => {
    const { events } = await stage(logging(awslogs)).deploy('exit-1')
    console.log(printed(events).join('\n'))
  })
  it('for no-pull', async () => {
    const { events } = await stage(logging(awslogs)).deploy('no-pull')
    console.log(printed(events).join('\n'))
    console.log(forensicsIn(events))
  })
})
