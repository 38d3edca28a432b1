import type { Container, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { suspectsAmong } from '../../src/rollout/suspects.ts'

let tasks = 0
const stopped = (containers: Container[], more: Partial<Task> = {}): Task => ({
  taskArn: `arn:aws:ecs:us-east-1:123456789012:task/c/${++tasks}`,
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers,
  ...more,
})

/** `web` and `proxy` are essential, `agent` is not. */
const definitions = [{ name: 'web' }, { name: 'proxy', essential: true }, { name: 'agent', essential: false }]
const suspected = (...of: Task[]): string[] => suspectsAmong(of, 3, () => definitions).map(({ container }) => container)

describe('the container whose log is read', () => {
  it.each<[string, Container[], Partial<Task>, string]>([
    [
      'is the one that failed, not one that was ended on its account',
      [
        { name: 'proxy', exitCode: 143 },
        { name: 'agent', exitCode: 137 },
        { name: 'web', exitCode: 1 },
      ],
      {},
      'web',
    ],
    [
      'is the one that had no memory left, though SIGKILL ended it',
      [
        { name: 'proxy', exitCode: 143 },
        { name: 'web', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      ],
      {},
      'web',
    ],
    [
      'is none that SIGKILL ended, where another failed',
      [
        { name: 'proxy', exitCode: 137 },
        { name: 'web', exitCode: 1 },
      ],
      {},
      'web',
    ],
    [
      'is an essential one, where all were ended',
      [
        { name: 'agent', exitCode: 137 },
        { name: 'web', exitCode: 137 },
      ],
      {},
      'web',
    ],
    [
      'is one that was ended, and not one that went well while its task was stopped',
      [
        { name: 'proxy', exitCode: 0 },
        { name: 'web', exitCode: 137 },
      ],
      { stopCode: 'UserInitiated' },
      'web',
    ],
    [
      'is an essential one, though another failed too',
      [
        { name: 'agent', exitCode: 2 },
        { name: 'web', exitCode: 1 },
      ],
      {},
      'web',
    ],
    [
      'is the one that could not be started, though others never were',
      [{ name: 'proxy' }, { name: 'web', reason: 'CannotPullContainerError: not found' }],
      { stopCode: 'TaskFailedToStart' },
      'web',
    ],
    [
      'is the one that simply ended, where that is what stopped the task',
      [
        { name: 'proxy', exitCode: 143 },
        { name: 'web', exitCode: 0 },
      ],
      {},
      'web',
    ],
    [
      'is the one that was not healthy, however it ended',
      [
        { name: 'proxy', exitCode: 143, healthStatus: 'HEALTHY' },
        { name: 'web', exitCode: 0, healthStatus: 'UNHEALTHY' },
      ],
      { stopCode: 'ServiceSchedulerInitiated' },
      'web',
    ],
    [
      'is an essential one, where nothing gives any of them away',
      [
        { name: 'agent', exitCode: 0 },
        { name: 'web', exitCode: 143 },
      ],
      { stopCode: 'ServiceSchedulerInitiated' },
      'web',
    ],
  ])('%s', (_, containers, more, expected) => {
    expect(suspected(stopped(containers, more))).toEqual([expected])
    expect(suspected(stopped(containers.toReversed(), more))).toEqual([expected])
  })

  it('is one for each way to fail, the most frequent first, and three at most', () => {
    const exits = [1, 2, 3, 3, 4, 4, 4].map((exitCode) => stopped([{ name: 'web', exitCode }]))
    const found = suspectsAmong(exits, 3, () => definitions)
    expect(found.map(({ task }) => task.containers?.[0]?.exitCode)).toEqual([4, 3, 1])
  })

  it('is none where the task names no containers', () => {
    expect(suspected(stopped([]), stopped([], { stoppedReason: 'Host EC2 terminated' }))).toEqual([])
  })

  it('is essential where its definition is not known', () => {
    expect(suspectsAmong([stopped([{ name: 'sidecar', exitCode: 7 }])], 3, () => [])).toMatchObject([
      { container: 'sidecar' },
    ])
  })
})
