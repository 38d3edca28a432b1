import type { Service } from '@aws-sdk/client-ecs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pacing, plannedWait, taskPacing } from '../../src/rollout/pace.ts'
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

/** A rollout to two tasks: so many of the new ones run, and of the old ones. */
const shown = (fresh: number, old: number): Service => ({
  deployments: [
    { id: 'new', status: 'PRIMARY', desiredCount: 2, runningCount: fresh },
    { id: 'old', status: 'ACTIVE', desiredCount: 2, runningCount: old },
  ],
})

/** Looks at what is shown at each second until it ends; the seconds of the looks. */
function looksAt(seen: (second: number) => Service, until: number): number[] {
  const pace = pacing('new', 0)
  const looks: number[] = []
  let last = seen(0)
  for (let now = pace(0, last); now / 1000 <= until; now += pace(now, last)) {
    looks.push(now / 1000)
    last = seen(now / 1000)
  }
  return looks
}

describe('looks at a rollout', () => {
  it('begin after a second, and come often when the tasks of a service without health checks are counted', () => {
    const looks = looksAt((second) => shown(second < 6 ? 0 : 2, second < 46 ? 2 : 0), 50)
    expect(looks).toEqual([1, 7, 13, 19, 25, 31, 37, 43, 45, 47, 49])
  })

  it('come often once the last old task has gone', () => {
    const looks = looksAt((second) => shown(second < 6 ? 0 : 2, second < 20 ? 2 : 0), 30)
    expect(looks).toEqual([1, 7, 13, 19, 25, 27, 29])
  })

  it('are seldom in a long rollout while tasks are missing', () => {
    const looks = looksAt(() => shown(1, 2), 600)
    expect([looks.filter((at) => at > 60 && at <= 300).length, looks.filter((at) => at > 315).length]).toEqual([24, 19])
  })

  it('are never more than one each five seconds, whatever is seen', () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 900 }), (seen, until) => {
        const looks = looksAt((second) => shown(...seen[Math.floor(second / 7) % seen.length]!), until)
        expect(looks[0] ?? 1).toBe(1)
        expect(looks.length).toBeLessThanOrEqual(until / 5 + 3)
      }),
    )
  })
})

describe('looks at one-off tasks', () => {
  const next = (elapsed: number, ...statuses: string[]): number => {
    const pace = taskPacing(0)
    pace(0, statuses)
    return pace(elapsed, statuses)
  }

  it('begin after a second', () => {
    expect(taskPacing(0)(0, ['not to be seen'])).toBe(1_000)
  })

  it.each([
    [4_000, 1_000, ['PROVISIONING', 'PROVISIONING']],
    [3_000, 5_000, ['PROVISIONING', 'PENDING']],
    [3_000, 5_000, ['RUNNING', 'DEPROVISIONING']],
    [2_000, 5_000, ['STOPPED', 'DEPROVISIONING']],
    [3_500, 60_000, ['RUNNING']],
  ])('go on in %d ms after %d ms where they are %j', (milliseconds, elapsed, statuses) => {
    expect(next(elapsed, ...statuses)).toBe(milliseconds)
  })
})
