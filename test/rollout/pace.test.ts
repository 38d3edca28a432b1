import { expect, it } from 'vitest'
import { plannedWait } from '../../src/rollout/pace.ts'
import { stuck } from '../../src/rollout/stuck.ts'

const minutes = (deploymentConfiguration: object): number => plannedWait({ deploymentConfiguration }) / 60_000

it.each([
  ['a rolling update', {}, 0],
  ['a rolling update, whose bake time is for alarms', { strategy: 'ROLLING', bakeTimeInMinutes: 5 }, 0],
  ['blue/green with a bake time', { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 30 }, 30],
  ['linear in ten steps, nine of which are waited after', { strategy: 'LINEAR', bakeTimeInMinutes: 1 }, 1 + 9 * 6],
  [
    'linear in steps of its own',
    { strategy: 'LINEAR', linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 } },
    3 * 2,
  ],
  ['canary', { strategy: 'CANARY', bakeTimeInMinutes: 5 }, 15],
])('%s waits for what it was told to', (_title, configuration, expected) => {
  expect(minutes(configuration)).toBe(expected)
})

// The table of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html, worked out.
it.each([
  [4, 100, 200, false],
  [4, 50, 100, false],
  [1, 0, 100, false],
  [3, 50, 150, false],
  [10, 100, 110, false],
  [0, 100, 200, false],
  [1, 50, 100, true],
  [2, 75, 100, true],
  [3, 100, 125, true],
])(
  'with %d tasks, %d and %d percent, a rollout can never move: %s',
  (desiredCount, minimumHealthyPercent, maximumPercent, isStuck) => {
    const deployments = [
      { id: 'new', status: 'PRIMARY', desiredCount, runningCount: 0 },
      { id: 'old', status: 'ACTIVE', desiredCount, runningCount: desiredCount },
    ]
    const service = { desiredCount, deploymentConfiguration: { minimumHealthyPercent, maximumPercent }, deployments }
    expect(stuck(service, 'new', 0) !== undefined).toBe(isStuck)
    // Once a task has gone, something has moved.
    const moving = {
      ...service,
      deployments: [deployments[0]!, { ...deployments[1]!, runningCount: Math.max(desiredCount - 1, 0) }],
    }
    expect(stuck(moving, 'new', 0)).toBeUndefined()
  },
)
