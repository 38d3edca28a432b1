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
  [
    'linear in steps of which only the last is short',
    { strategy: 'LINEAR', linearConfiguration: { stepPercent: 50 } },
    6,
  ],
  ['linear at once', { strategy: 'LINEAR', linearConfiguration: { stepPercent: 100 } }, 0],
  ['canary', { strategy: 'CANARY', bakeTimeInMinutes: 5 }, 15],
  ['canary of its own', { strategy: 'CANARY', canaryConfiguration: { canaryBakeTimeInMinutes: 3 } }, 3],
  ['a strategy that nobody knows yet', { strategy: 'NEW', bakeTimeInMinutes: 5 }, 5],
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
  [200, 100, 100, true],
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

const rolling = (desiredCount: number, old: number, deploymentConfiguration?: object) => ({
  desiredCount,
  deployments: [
    { id: 'new', status: 'PRIMARY', desiredCount, runningCount: 5 },
    { id: 'old', status: 'ACTIVE', runningCount: old },
    { id: 'older', status: 'ACTIVE' },
  ],
  ...(deploymentConfiguration && { deploymentConfiguration }),
})

it('takes 100 and 200 percent where nothing is configured, and all old deployments together', () => {
  expect(stuck(rolling(1, 1), 'new', 0)).toBeUndefined()
  expect(stuck(rolling(1, 1, { maximumPercent: 100 }), 'new', 0)).toBe(
    'minimumHealthyPercent 100 and maximumPercent 100 of 1 let ECS neither stop nor start a task',
  )
  expect(stuck(rolling(1, 1, { minimumHealthyPercent: 0, maximumPercent: 100 }), 'new', 0)).toBeUndefined()
  expect(stuck(rolling(1, 2, { maximumPercent: 100 }), 'new', 0)).toBeDefined()
  expect(stuck(rolling(2, 1, { maximumPercent: 100 }), 'new', 0)).toBeUndefined()
})

it.each(['BLUE_GREEN', 'LINEAR', 'CANARY'])('percentages never hold up a %s deployment', (strategy) => {
  expect(stuck(rolling(1, 1, { strategy, maximumPercent: 100 }), 'new', 0)).toBeUndefined()
})
