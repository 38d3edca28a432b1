import { describe, expect, test } from 'vitest'
import { isStuck, rolloutBounds, startable, stoppable } from '../../../../src/local/ecs/rollout/rolloutBounds.ts'
import { localAws, minutes, seconds } from '../../support.ts'
import { createWeb, deployWeb, describeWeb, messages, registerWeb, story, updateWeb } from '../../webService.ts'

const percentages = (minimumHealthyPercent: number, maximumPercent: number) => ({
  minimumHealthyPercent,
  maximumPercent,
})

/** desired, minimum and maximum percent, lower and upper bound, what a rolling update does. */
const table: [number, number, number, number, number, string][] = [
  [4, 100, 200, 4, 8, '+4 -4 done steady'],
  [4, 50, 100, 2, 4, '-2 +2 -2 +2 done steady'],
  [1, 100, 200, 1, 2, '+1 -1 done steady'],
  [1, 0, 100, 0, 1, '-1 +1 done steady'],
  [3, 50, 150, 2, 4, '+1 -2 +2 -1 done steady'],
  [10, 100, 110, 10, 11, `${'+1 -1 '.repeat(10)}done steady`],
  [10, 90, 110, 9, 11, '+1 -2 +2 -2 +2 -2 +2 -2 +2 -2 +1 done steady'],
  [5, 50, 100, 3, 5, '-2 +2 -2 +2 -1 +1 done steady'],
  [7, 66, 134, 5, 9, '+2 -4 +4 -3 +1 done steady'],
  [0, 100, 200, 0, 0, 'done steady'],
  [1, 50, 100, 1, 1, 'stuck'],
  [2, 75, 100, 2, 2, 'stuck'],
  [3, 100, 125, 3, 3, 'stuck'],
]

describe('A rolling update keeps within minimumHealthyPercent and maximumPercent', () => {
  test.each(table)(
    '%i tasks at %i/%i: at least %i, at most %i, %s',
    (desiredCount, min, max, lower, upper, expected) => {
      const deploymentConfiguration = percentages(min, max)
      expect(rolloutBounds({ desiredCount, deploymentConfiguration })).toEqual({ lower, upper })
      const aws = localAws()
      createWeb(aws, { desiredCount, deploymentConfiguration })
      const since = aws.now / 1000
      const id = deployWeb(aws, 'v2')
      aws.advance(minutes(30))
      expect(story(aws, since)).toBe(expected)
      const { deployments, runningCount } = describeWeb(aws)
      if (expected === 'stuck') {
        expect(deployments[0]).toMatchObject({ id, runningCount: 0, rolloutState: 'IN_PROGRESS' })
        expect(deployments[1]).toMatchObject({ status: 'ACTIVE', runningCount: desiredCount })
      } else {
        expect(deployments).toMatchObject([{ id, runningCount: desiredCount, rolloutState: 'COMPLETED' }])
        expect(runningCount).toBe(desiredCount)
      }
    },
  )

  test('a stuck deployment says so once, in the words of AWS, and continues when the percentages allow it', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 1, deploymentConfiguration: percentages(50, 100) })
    const since = aws.now / 1000
    const id = deployWeb(aws, 'v2')
    aws.advance(minutes(60))
    expect(messages(aws, since)).toEqual([
      'was unable to stop or start tasks during a deployment because of the service deployment configuration. ' +
        'Update the minimumHealthyPercent or maximumPercent value and try again.',
    ])
    updateWeb(aws, { deploymentConfiguration: { maximumPercent: 200 } })
    aws.advance(minutes(5))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }])
  })
})

describe('What may be started and stopped', () => {
  const bounds = { lower: 2, upper: 4 }

  test('nothing is stopped while there is room to start', () => {
    const counts = { desired: 4, new: 0, newHealthy: 0, old: 3, oldHealthy: 3 }
    expect([startable(counts, bounds), stoppable(counts, bounds)]).toEqual([1, 0])
  })

  test('nothing is stopped while a new task may still fail', () => {
    const counts = { desired: 4, new: 1, newHealthy: 0, old: 3, oldHealthy: 3 }
    expect([startable(counts, bounds), stoppable(counts, bounds)]).toEqual([0, 0])
  })

  test('what is above the upper bound after scaling in is stopped at once, but never below the lower one', () => {
    const counts = { desired: 4, new: 2, newHealthy: 0, old: 5, oldHealthy: 4 }
    expect([startable(counts, bounds), stoppable(counts, bounds)]).toEqual([0, 2])
  })

  test('waiting for tasks to become healthy is not being stuck', () => {
    expect(isStuck({ desired: 1, new: 0, newHealthy: 0, old: 1, oldHealthy: 0 }, { lower: 1, upper: 1 })).toBe(false)
    expect(isStuck({ desired: 1, new: 0, newHealthy: 0, old: 1, oldHealthy: 1 }, { lower: 1, upper: 1 })).toBe(true)
  })
})

describe('A rolling update goes by the health of its tasks', () => {
  test('a task without health checks counts once it has been RUNNING for 40 seconds', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    deployWeb(aws, 'v2')
    // A second until the scheduler looks, five to pull the image.
    aws.advance(seconds(1 + 5 + 39))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 4, pendingCount: 0 })
    expect(story(aws, since)).toBe('+2')
    aws.advance(seconds(1))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 2, pendingCount: 0 })
    expect(story(aws, since)).toBe('+2 -2')
  })

  test('a container health check counts as soon as it says HEALTHY', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    const healthCheck = { command: ['CMD', 'true'], interval: 10 }
    updateWeb(aws, { taskDefinition: registerWeb(aws, 'v2', { container: { healthCheck } }) })
    aws.advance(seconds(1 + 5 + 9))
    expect(story(aws, since)).toBe('+2')
    aws.advance(seconds(1))
    expect(story(aws, since)).toBe('+2 -2')
  })

  test('the counts of the deployments are true at every moment of the update', () => {
    const aws = localAws()
    createWeb(aws)
    const before = describeWeb(aws).deployments[0].id
    const id = deployWeb(aws, 'v2')
    const counts = () =>
      describeWeb(aws).deployments.map((each: Record<string, unknown>) => [
        each.id === id ? 'new' : 'old',
        each.status,
        each.desiredCount,
        each.pendingCount,
        each.runningCount,
      ])
    // Until the scheduler has looked: nothing wanted, nothing there.
    expect(counts()).toEqual([
      ['new', 'PRIMARY', 0, 0, 0],
      ['old', 'ACTIVE', 2, 0, 2],
    ])
    aws.advance(seconds(1))
    expect(counts()).toEqual([
      ['new', 'PRIMARY', 2, 2, 0],
      ['old', 'ACTIVE', 2, 0, 2],
    ])
    aws.advance(seconds(5))
    expect(counts()).toEqual([
      ['new', 'PRIMARY', 2, 0, 2],
      ['old', 'ACTIVE', 2, 0, 2],
    ])
    aws.advance(seconds(40))
    expect(counts()).toEqual([
      ['new', 'PRIMARY', 2, 0, 2],
      ['old', 'ACTIVE', 0, 0, 0],
    ])
    aws.advance(seconds(2))
    expect(counts()).toEqual([['new', 'PRIMARY', 2, 0, 2]])
    expect(before).not.toBe(id)
  })
})
