import { describe, expect, it } from 'vitest'
import type { Declared } from '../../../src/definition/definition.ts'
import { registerable } from '../../../src/definition/registerable.ts'
import {
  base,
  container,
  data,
  http,
  level,
  logs,
  password,
  service,
  statsd,
  taskDefinition,
  withTask,
} from './declared.ts'
import { type Staged, diff, linesOf, running } from './support.ts'

/** What a service runs, as a class declares it. */
function described({ call, runs }: Staged): Declared {
  const input = { taskDefinition: runs('my_cluster/web'), include: ['TAGS'] }
  const answer = call('ecs', 'DescribeTaskDefinition', input)
  return {
    ...base,
    taskDefinition: registerable(answer['taskDefinition'], answer['tags']) as typeof base.taskDefinition,
  }
}

describe('a diff has no line', () => {
  it('for a class that declares what AWS describes', async () => {
    const staged = running(base)
    expect(linesOf(await diff(staged, described(staged)))).toEqual([])
  })

  it('for what was registered once more', async () => {
    const staged = running(base)
    staged.call('ecs', 'RegisterTaskDefinition', described(staged).taskDefinition)
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
    expect(linesOf(await diff(staged, base))).toEqual([])
  })

  it('for what is declared in another order', async () => {
    const declared = withTask({
      volumes: taskDefinition.volumes.toReversed(),
      containerDefinitions: [
        { ...container, environment: [password, level], portMappings: [statsd, http], mountPoints: [logs, data] },
      ],
    })
    expect(linesOf(await diff(running(base), declared))).toEqual([])
  })

  it("for AWS's defaults, and for what the service has already", async () => {
    const declared = {
      ...withTask({
        networkMode: 'bridge',
        containerDefinitions: [
          {
            ...container,
            essential: true,
            versionConsistency: 'enabled',
            portMappings: [
              { ...http, hostPort: 0, protocol: 'tcp' },
              { ...statsd, hostPort: 0 },
            ],
            links: [],
          },
        ],
      }),
      updateServices: [
        {
          ...service,
          desiredCount: 2,
          deploymentConfiguration: { strategy: 'ROLLING' as const, maximumPercent: 200 },
          enableExecuteCommand: false,
          healthCheckGracePeriodSeconds: 0,
          placementStrategy: [],
          propagateTags: 'NONE' as const,
        },
      ],
    }
    expect(linesOf(await diff(running(base), declared))).toEqual([])
  })
})
