import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { localAws, minutes, seconds, type TestAws } from '../../support.ts'
import {
  createWeb,
  currentServiceDeployment,
  deployWeb,
  describeWeb,
  story,
  tasksOf,
  updateWeb,
} from '../../webService.ts'

const criteria = (healthyPercent: number, sourceServiceRevisionCleanup: string): Unchecked => ({
  earlySuccessCriteria: { enable: true, healthyPercent, sourceServiceRevisionCleanup },
})

/** Ten tasks that are replaced two by two. */
function settled(early: Unchecked): TestAws {
  const aws = localAws()
  const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 120, ...early }
  createWeb(aws, { desiredCount: 10, deploymentConfiguration })
  aws.advance(minutes(30))
  return aws
}

/** Turns the clock until the current service deployment has ended; answers the seconds that took. */
function ended(aws: TestAws): number {
  let at = 0
  for (; at < 3600 && ['PENDING', 'IN_PROGRESS'].includes(currentServiceDeployment(aws).status); at += 1) {
    aws.advance(seconds(1))
  }
  return at
}

const counts = (aws: TestAws): unknown[] =>
  describeWeb(aws).deployments.map(({ status, runningCount }: Unchecked) => `${status} ${runningCount}`)

describe('With early success criteria a rolling update', () => {
  test('that is DEFERRED completes with enough healthy tasks, and continues in the background', () => {
    const aws = settled({ ...criteria(60, 'DEFERRED'), maximumPercent: 200 })
    const id = deployWeb(aws, 'v2')
    aws.advance(seconds(20))
    // A task that comes later than the others keeps the old ones from being stopped.
    aws.call('ecs', 'StopTask', { cluster: 'c', task: tasksOf(aws, id)[0]!.taskArn })
    expect(20 + ended(aws)).toBe(46)
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { requestedTaskCount: 10, runningTaskCount: 10 },
      sourceServiceRevisions: [{ runningTaskCount: 10 }],
    })
    expect(counts(aws)).toEqual(['PRIMARY 10', 'ACTIVE 10'])
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id, rolloutState: 'COMPLETED' })
    const { serviceDeploymentArn } = currentServiceDeployment(aws)
    expect(() => aws.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn })).toThrow(
      expect.objectContaining({ code: 'ConflictException' }),
    )
    aws.advance(minutes(30))
    expect(counts(aws)).toEqual(['PRIMARY 10'])
    expect(describeWeb(aws).events[0].message).toContain('has reached a steady state.')
  })

  test('that is BLOCKING stops the old tasks first', () => {
    const aws = settled(criteria(60, 'BLOCKING'))
    deployWeb(aws, 'v2')
    ended(aws)
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'SUCCESSFUL',
      sourceServiceRevisions: [{ runningTaskCount: 0 }],
    })
    const [primary, ...others] = describeWeb(aws).deployments
    expect(others).toEqual([])
    expect(primary.rolloutState).toBe('COMPLETED')
    expect(primary.runningCount + primary.pendingCount).toBeGreaterThanOrEqual(6)
    aws.advance(minutes(30))
    expect(counts(aws)).toEqual(['PRIMARY 10'])
  })

  test('that is BLOCKING stops them as soon as enough new ones are healthy', () => {
    const aws = settled({ ...criteria(60, 'BLOCKING'), maximumPercent: 200 })
    const id = deployWeb(aws, 'v2')
    aws.advance(seconds(20))
    aws.call('ecs', 'StopTask', { cluster: 'c', task: tasksOf(aws, id)[0]!.taskArn })
    expect(20 + ended(aws)).toBe(48)
    expect(counts(aws)).toEqual(['PRIMARY 10'])
  })

  test('does not apply to a rollback, which waits for all tasks', () => {
    const aws = settled({
      ...criteria(60, 'DEFERRED'),
      minimumHealthyPercent: 0,
      maximumPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    })
    const [{ id }] = describeWeb(aws).deployments
    const before = new Set(tasksOf(aws, id).map(({ taskArn }) => taskArn))
    deployWeb(aws, 'crash')
    ended(aws)
    aws.advance(seconds(20))
    const [late] = tasksOf(aws, id).filter(({ taskArn }) => !before.has(taskArn))
    aws.call('ecs', 'StopTask', { cluster: 'c', task: late!.taskArn })
    aws.advance(seconds(35))
    expect(aws.region.services['c/web']!.healthy).toHaveLength(9)
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_IN_PROGRESS')
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('completes sooner than without', () => {
    const durations = [criteria(60, 'DEFERRED'), criteria(60, 'BLOCKING'), {}].map((early) => {
      const aws = settled(early)
      deployWeb(aws, 'v2')
      return ended(aws)
    })
    expect(durations).toEqual(durations.toSorted((a, b) => a - b))
    expect(new Set(durations).size).toBe(3)
  })

  test('needs at least one healthy task', () => {
    const aws = settled({ ...criteria(0, 'DEFERRED'), minimumHealthyPercent: 0 })
    const id = deployWeb(aws, 'unhealthy')
    aws.advance(minutes(60))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id, rolloutState: 'IN_PROGRESS' })
    deployWeb(aws, 'v2')
    ended(aws)
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('no longer fails once it has completed, whatever the circuit breaker counts afterwards', () => {
    const aws = settled({
      ...criteria(50, 'DEFERRED'),
      deploymentCircuitBreaker: { enable: true, rollback: true },
    })
    const id = deployWeb(aws, 'v2')
    ended(aws)
    aws.region.taskDefinitions.web!.at(-1)!.taskDefinition.containerDefinitions[0]!.image = 'web:no-pull'
    aws.advance(minutes(60))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id, status: 'PRIMARY', rolloutState: 'COMPLETED' })
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('is what the next deployment rolls back to', () => {
    const aws = settled({
      ...criteria(60, 'DEFERRED'),
      deploymentCircuitBreaker: { enable: true, rollback: true },
    })
    const id = deployWeb(aws, 'v2')
    ended(aws)
    deployWeb(aws, 'crash')
    aws.advance(minutes(60))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, status: 'PRIMARY', runningCount: 10 }])
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('that are not enabled waits for all tasks', () => {
    const aws = settled({ earlySuccessCriteria: { enable: false } })
    const since = aws.now / 1000
    deployWeb(aws, 'v2')
    ended(aws)
    expect(counts(aws)).toEqual(['PRIMARY 10'])
    expect(story(aws, since)).toMatch(/done steady$/)
  })
})

describe('Early success criteria', () => {
  test.each([
    ['below minimumHealthyPercent', criteria(49, 'DEFERRED')],
    ['above 100 %', criteria(101, 'DEFERRED')],
    ['without a percentage', { earlySuccessCriteria: { enable: true, sourceServiceRevisionCleanup: 'BLOCKING' } }],
    ['without a cleanup', { earlySuccessCriteria: { enable: true, healthyPercent: 60 } }],
    ['with another cleanup', criteria(60, 'NEVER')],
    ['of a blue/green deployment', { ...criteria(60, 'BLOCKING'), strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 }],
  ])('%s are refused', (_, deploymentConfiguration) => {
    const aws = settled({})
    expect(() => updateWeb(aws, { deploymentConfiguration })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }),
    )
  })
})
