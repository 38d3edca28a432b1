import { describe, expect, test } from 'vitest'
import { breakerThreshold } from '../../../../src/local/ecs/rollout/breaker.ts'
import { localAws, minutes, seconds } from '../../support.ts'
import {
  createWeb,
  currentServiceDeployment,
  deployWeb,
  describeWeb,
  messages,
  registerWeb,
  story,
  tasksOf,
  updateWeb,
} from '../../webService.ts'

const breaker = (rollback: boolean, more: object = {}) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback, ...more } },
})

const subnet = (name: string) => ({ awsvpcConfiguration: { subnets: [name], assignPublicIp: 'DISABLED' } })

const failureCount = (resetOnHealthyTask: boolean) => {
  const aws = localAws()
  createWeb(aws, { desiredCount: 1, ...breaker(true, { resetOnHealthyTask }) })
  // One task cannot be pulled, then somebody puts the image into the registry.
  deployWeb(aws, 'no-pull')
  aws.advance(seconds(2))
  const revision = aws.region.taskDefinitions.web!.at(-1)!
  revision.taskDefinition.containerDefinitions[0]!.image = 'web:v2'
  aws.advance(minutes(5))
  const { failedTasks, rolloutState } = describeWeb(aws).deployments[0]
  expect(rolloutState).toBe('COMPLETED')
  return [currentServiceDeployment(aws).deploymentCircuitBreaker.failureCount, failedTasks]
}

describe('The threshold of the deployment circuit breaker', () => {
  test.each([
    [0, 3],
    [1, 3],
    [2, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [1000, 200],
  ])('is, for %i desired tasks, %i failures', (desiredCount, expected) => {
    expect(breakerThreshold({}, desiredCount)).toBe(expected)
  })

  test.each([
    ['BOUNDED_PERCENT', 10, 100, 10],
    ['BOUNDED_PERCENT', 10, 10, 3],
    ['BOUNDED_PERCENT', 90, 1000, 200],
    ['UNBOUNDED_PERCENT', 10, 10, 1],
    ['UNBOUNDED_PERCENT', 90, 1000, 900],
    ['COUNT', 1, 1000, 1],
    ['COUNT', 7, 1, 7],
  ] as const)(
    'can be set: %s %i with %i desired tasks lets %i failures pass',
    (type, value, desiredCount, expected) => {
      expect(breakerThreshold({ thresholdConfiguration: { type, value } }, desiredCount)).toBe(expected)
    },
  )
})

describe('With rollback, the circuit breaker rolls back to the last completed deployment', () => {
  test('which is PRIMARY again with its old id, and completes while the failed one leaves', () => {
    const aws = localAws()
    createWeb(aws, breaker(true))
    const before = describeWeb(aws)
    const [{ id: old }] = before.deployments
    const since = aws.now / 1000
    const id = deployWeb(aws, 'crash')
    aws.advance(seconds(11))
    const during = describeWeb(aws)
    expect(during.deployments).toMatchObject([
      {
        id: old,
        status: 'PRIMARY',
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${old}.`,
      },
      {
        id,
        status: 'ACTIVE',
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        failedTasks: 4,
      },
    ])
    expect(during.taskDefinition).toBe(before.taskDefinition)
    aws.advance(minutes(5))
    const after = describeWeb(aws)
    expect(after.deployments).toMatchObject([
      { id: old, status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 },
    ])
    expect(after.deployments[0].createdAt).toBe(before.deployments[0].createdAt)
    expect(messages(aws, since).slice(-4)).toEqual([
      `(deployment ${id}) deployment failed: tasks failed to start.`,
      `rolling back to deployment ${old}.`,
      `(deployment ${old}) deployment completed.`,
      'has reached a steady state.',
    ])
    expect(tasksOf(aws, old).map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
  })

  test('and to the configuration of its service revision, but not to its desired count', () => {
    const aws = localAws()
    aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
    const taskDefinition = registerWeb(aws, 'v1', { networkMode: 'awsvpc' })
    const networkConfiguration = subnet('subnet-before')
    const input = {
      cluster: 'c',
      serviceName: 'web',
      taskDefinition,
      desiredCount: 2,
      networkConfiguration,
      ...breaker(true),
    }
    aws.call('ecs', 'CreateService', input)
    aws.advance(minutes(10))
    const crash = registerWeb(aws, 'crash', { networkMode: 'awsvpc' })
    const answer = updateWeb(aws, {
      taskDefinition: crash,
      networkConfiguration: subnet('subnet-after'),
      desiredCount: 3,
    })
    expect(answer).toMatchObject({ taskDefinition: crash, networkConfiguration: subnet('subnet-after') })
    aws.advance(minutes(10))
    const service = describeWeb(aws)
    expect(service).toMatchObject({ taskDefinition, networkConfiguration, desiredCount: 3, runningCount: 3 })
    expect(service.deployments).toMatchObject([{ taskDefinition, networkConfiguration, rolloutState: 'COMPLETED' }])
  })

  test('also when its tasks had been stopped to make room: they are started again', () => {
    const aws = localAws()
    const { deploymentConfiguration } = breaker(true)
    createWeb(aws, {
      deploymentConfiguration: { ...deploymentConfiguration, minimumHealthyPercent: 0, maximumPercent: 100 },
    })
    const [{ id: old }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    deployWeb(aws, 'crash')
    aws.advance(minutes(10))
    expect(story(aws, since)).toBe('-2 +2 +2 impaired failed back +2 done steady')
    expect(describeWeb(aws).deployments).toMatchObject([{ id: old, runningCount: 2, rolloutState: 'COMPLETED' }])
  })

  test('and when there is none, the deployment stays FAILED and PRIMARY and starts nothing more', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'crash', ...breaker(true) })
    const since = aws.now / 1000
    aws.advance(minutes(60))
    const { deployments } = describeWeb(aws)
    expect(deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0, pendingCount: 0 }])
    expect(messages(aws, since)).toEqual([])
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'STOPPED',
      statusReason: 'No rollback candidate was found to run the rollback',
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    })
  })

  test('and the rollback itself can fail, when the former revision no longer starts', () => {
    const aws = localAws()
    const { deploymentConfiguration } = breaker(true)
    createWeb(aws, {
      deploymentConfiguration: { ...deploymentConfiguration, minimumHealthyPercent: 0, maximumPercent: 100 },
    })
    const [{ id: old, taskDefinition }] = describeWeb(aws).deployments
    // The image of the revision that was good is gone from the registry by now.
    const record = aws.region.taskDefinitions.web!.find(
      (each) => each.taskDefinition.taskDefinitionArn === taskDefinition,
    )!
    record.taskDefinition.containerDefinitions[0]!.image = 'web:no-pull'
    deployWeb(aws, 'crash')
    const serviceDeployment = describeWeb(aws).currentServiceDeployment
    aws.advance(minutes(30))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id: old, status: 'PRIMARY', rolloutState: 'FAILED' })
    expect(aws.region.serviceDeployments[serviceDeployment]?.serviceDeployment.status).toBe('ROLLBACK_FAILED')
  })
})

test('A deployment that is being rolled back to is no rollback target until it has completed again', () => {
  const aws = localAws()
  const { deploymentConfiguration } = breaker(true)
  createWeb(aws, {
    deploymentConfiguration: { ...deploymentConfiguration, minimumHealthyPercent: 0, maximumPercent: 100 },
  })
  const [{ id: old }] = describeWeb(aws).deployments
  deployWeb(aws, 'crash')
  const failed = describeWeb(aws).currentServiceDeployment
  aws.advance(seconds(20))
  expect(describeWeb(aws).deployments[0]).toMatchObject({ id: old, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' })
  const id = deployWeb(aws, 'no-pull')
  expect(aws.region.serviceDeployments[failed]?.serviceDeployment.status).toBe('ROLLBACK_FAILED')
  aws.advance(minutes(10))
  expect(describeWeb(aws).deployments[0]).toMatchObject({ id, status: 'PRIMARY', rolloutState: 'FAILED' })
  expect(currentServiceDeployment(aws).statusReason).toBe('No rollback candidate was found to run the rollback')
})

describe('Without rollback, the circuit breaker', () => {
  test('leaves the failed deployment PRIMARY, and the old tasks serving', () => {
    const aws = localAws()
    createWeb(aws, breaker(false))
    const [{ id: old }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    const id = deployWeb(aws, 'no-pull')
    aws.advance(minutes(60))
    expect(story(aws, since)).toBe('+2 +2 impaired failed')
    expect(describeWeb(aws).deployments).toMatchObject([
      { id, status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0, pendingCount: 0 },
      { id: old, status: 'ACTIVE', rolloutState: 'COMPLETED', runningCount: 2 },
    ])
    expect(currentServiceDeployment(aws).status).toBe('STOPPED')
    expect(describeWeb(aws).taskDefinition).toBe(describeWeb(aws).deployments[0].taskDefinition)
  })

  test('continues with the next update', () => {
    const aws = localAws()
    createWeb(aws, breaker(false))
    deployWeb(aws, 'crash')
    aws.advance(minutes(5))
    const id = deployWeb(aws, 'v2')
    aws.advance(minutes(5))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED', runningCount: 2 }])
  })
})

describe('What the circuit breaker counts', () => {
  test('without it a broken deployment never ends', () => {
    const aws = localAws()
    createWeb(aws)
    const id = deployWeb(aws, 'crash')
    aws.advance(minutes(180))
    const [deployment] = describeWeb(aws).deployments
    expect(deployment).toMatchObject({ id, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' })
    expect(deployment.failedTasks).toBeGreaterThan(3)
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { status: 'DISABLED' },
    })
  })

  test('tasks that run and then exit do not trip it: a crash loop goes on', () => {
    const aws = localAws()
    createWeb(aws, breaker(true))
    const id = deployWeb(aws, 'exit-3')
    aws.advance(minutes(60))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id, rolloutState: 'IN_PROGRESS', failedTasks: 0 })
    expect(tasksOf(aws, id).length).toBeGreaterThan(100)
  })

  test('tasks replaced for their health checks count, although they were RUNNING', () => {
    const aws = localAws()
    createWeb(aws, breaker(true))
    const [{ id: old }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    deployWeb(aws, 'unhealthy')
    const { currentServiceDeployment: arn } = describeWeb(aws)
    aws.advance(seconds(100))
    expect(currentServiceDeployment(aws).deploymentCircuitBreaker).toEqual({
      status: 'MONITORING',
      failureCount: 2,
      threshold: 3,
    })
    aws.advance(minutes(10))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: old, rolloutState: 'COMPLETED' }])
    expect(story(aws, since)).toBe('+2 sick -1 +1 sick -1 +1 sick -1 failed back -1 done steady')
    expect(aws.region.serviceDeployments[arn]?.serviceDeployment.status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('a task that becomes healthy sets the count to 0, unless resetOnHealthyTask is false', () => {
    expect(failureCount(true)).toEqual([0, 0])
    expect(failureCount(false)).toEqual([1, 1])
  })

  test('a task that never runs no longer counts once another one of the deployment has run', () => {
    const aws = localAws()
    createWeb(aws, breaker(true))
    const id = deployWeb(aws, 'v2')
    aws.advance(seconds(10))
    aws.region.taskDefinitions.web!.at(-1)!.taskDefinition.containerDefinitions[0]!.image = 'web:no-pull'
    updateWeb(aws, { desiredCount: 8 })
    aws.advance(seconds(20))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id, rolloutState: 'IN_PROGRESS', runningCount: 2 })
    expect(describeWeb(aws).deployments[0].failedTasks).toBeGreaterThan(6)
    expect(currentServiceDeployment(aws).deploymentCircuitBreaker.failureCount).toBe(0)
  })

  test('a deployment that completes with its first healthy task has no failures left', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'no-pull' })
    expect(currentServiceDeployment(aws).deploymentCircuitBreaker.failureCount).toBe(3)
    aws.region.taskDefinitions.web![0]!.taskDefinition.containerDefinitions[0]!.image = 'web:v1'
    aws.advance(minutes(20))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'SUCCESSFUL',
      deploymentCircuitBreaker: { failureCount: 0 },
    })
  })

  test('several tasks that fail together count up to the threshold and not beyond', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 5, ...breaker(false) })
    deployWeb(aws, 'crash')
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).deploymentCircuitBreaker).toMatchObject({ failureCount: 3, threshold: 3 })
    expect(describeWeb(aws).deployments[0].failedTasks).toBe(5)
  })
})
