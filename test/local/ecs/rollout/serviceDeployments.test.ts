import { describe, expect, test } from 'vitest'
import type { TestAws } from '../../support.ts'
import { localAws, minutes, seconds } from '../../support.ts'
import {
  createWeb,
  currentServiceDeployment,
  deployWeb,
  describeWeb,
  messages,
  story,
  updateWeb,
} from '../../webService.ts'

const list = (aws: TestAws, more: object = {}) =>
  aws.call('ecs', 'ListServiceDeployments', { cluster: 'c', service: 'web', ...more })
const stop = (aws: TestAws, serviceDeploymentArn: string, more: object = {}) =>
  aws.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn, ...more })

const code = (expected: string) => expect.objectContaining({ code: expected })

describe('A service deployment', () => {
  test('goes from PENDING to IN_PROGRESS to SUCCESSFUL, and counts its tasks', () => {
    const aws = localAws()
    createWeb(aws)
    const source = describeWeb(aws).currentServiceRevisions[0].arn
    deployWeb(aws, 'v2')
    const at = aws.now / 1000
    const pending = currentServiceDeployment(aws)
    const [target, ...others] = describeWeb(aws).currentServiceRevisions
    expect(others).toMatchObject([{ arn: source, requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 }])
    expect(pending).toMatchObject({
      status: 'PENDING',
      createdAt: at,
      serviceArn: describeWeb(aws).serviceArn,
      targetServiceRevision: { arn: target.arn, requestedTaskCount: 0, runningTaskCount: 0, pendingTaskCount: 0 },
      sourceServiceRevisions: [{ arn: source, runningTaskCount: 2 }],
      deploymentConfiguration: { maximumPercent: 200, strategy: 'ROLLING' },
    })
    expect(pending.startedAt).toBeUndefined()
    aws.advance(seconds(1))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'IN_PROGRESS',
      startedAt: at + 1,
      targetServiceRevision: { requestedTaskCount: 2, pendingTaskCount: 2 },
    })
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'SUCCESSFUL',
      finishedAt: at + 48,
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
      sourceServiceRevisions: [{ arn: source, requestedTaskCount: 0, runningTaskCount: 0 }],
    })
  })

  test('keeps the counts it ended with', () => {
    const aws = localAws()
    createWeb(aws)
    updateWeb(aws, { desiredCount: 5 })
    aws.advance(minutes(2))
    expect(describeWeb(aws).currentServiceRevisions).toMatchObject([{ runningTaskCount: 5 }])
    expect(currentServiceDeployment(aws).targetServiceRevision).toMatchObject({ runningTaskCount: 2 })
  })

  test('has ids as AWS gives them', () => {
    const aws = localAws()
    createWeb(aws)
    const place = 'arn:aws:ecs:us-east-1:123456789012'
    const { currentServiceDeployment: arn, currentServiceRevisions } = describeWeb(aws)
    expect(arn).toMatch(new RegExp(`^${place}:service-deployment/c/web/[\\w-]{21}$`))
    expect(currentServiceRevisions[0].arn).toMatch(new RegExp(`^${place}:service-revision/c/web/\\d{19}$`))
  })

  test('that the circuit breaker rolls back ends ROLLBACK_SUCCESSFUL, and says why and to which revision', () => {
    const aws = localAws()
    createWeb(aws, { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } })
    const [{ arn: before }] = describeWeb(aws).currentServiceRevisions
    deployWeb(aws, 'crash')
    aws.advance(seconds(11))
    const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: reason,
      rollback: { reason, startedAt: aws.now / 1000, serviceRevisionArn: before },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    })
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', statusReason: reason })
    expect(describeWeb(aws).currentServiceRevisions).toMatchObject([{ arn: before, runningTaskCount: 2 }])
  })
})

describe('StopServiceDeployment', () => {
  test('rolls back what is in progress, without any circuit breaker', () => {
    const aws = localAws()
    createWeb(aws)
    const before = describeWeb(aws)
    const [{ id: old }] = before.deployments
    const since = aws.now / 1000
    const id = deployWeb(aws, 'slow-5m')
    aws.advance(minutes(1))
    const { serviceDeploymentArn: arn } = currentServiceDeployment(aws)
    expect(stop(aws, arn)).toEqual({ serviceDeploymentArn: arn })
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_REQUESTED')
    aws.advance(seconds(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_IN_PROGRESS')
    expect(describeWeb(aws).deployments).toMatchObject([
      { id: old, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { id, status: 'ACTIVE', rolloutState: 'FAILED' },
    ])
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
    expect(describeWeb(aws)).toMatchObject({ taskDefinition: before.taskDefinition, runningCount: 2 })
    expect(describeWeb(aws).deployments).toMatchObject([{ id: old, status: 'PRIMARY', rolloutState: 'COMPLETED' }])
    expect(story(aws, since)).toBe('+2 back -2 done steady')
    expect(messages(aws, since)[1]).toBe(`rolling back to deployment ${old}.`)
  })

  test('changes nothing when it is called twice', () => {
    const aws = localAws()
    createWeb(aws)
    deployWeb(aws, 'slow-5m')
    const { serviceDeploymentArn: arn } = currentServiceDeployment(aws)
    stop(aws, arn)
    expect(stop(aws, arn)).toEqual({ serviceDeploymentArn: arn })
    aws.advance(seconds(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_IN_PROGRESS')
    expect(stop(aws, arn)).toEqual({ serviceDeploymentArn: arn })
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('stops a first deployment, which has nothing to roll back to', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'slow-30m' })
    stop(aws, currentServiceDeployment(aws).serviceDeploymentArn)
    aws.advance(seconds(1))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'STOPPED',
      statusReason: 'No rollback candidate was found to run the rollback',
    })
    expect(describeWeb(aws).deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'FAILED' }])
  })

  test('refuses deployments that have ended or do not exist, and stop types other than ROLLBACK', () => {
    const aws = localAws()
    createWeb(aws)
    const { serviceDeploymentArn: arn } = currentServiceDeployment(aws)
    expect(() => stop(aws, arn)).toThrow(code('ConflictException'))
    expect(() => stop(aws, `${arn}x`)).toThrow(code('ServiceDeploymentNotFoundException'))
    expect(() => stop(aws, arn, { stopType: 'ABORT' })).toThrow(code('InvalidParameterException'))
  })
})

describe('ListServiceDeployments', () => {
  test('lists the newest first, twenty a page, in brief', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 0 })
    for (let index = 0; index < 24; index += 1) {
      updateWeb(aws, { forceNewDeployment: true })
      aws.advance(minutes(1))
    }
    const first = list(aws)
    expect(first.serviceDeployments).toHaveLength(20)
    const rest = list(aws, { nextToken: first.nextToken })
    expect(rest.serviceDeployments).toHaveLength(5)
    expect(rest.nextToken).toBeUndefined()
    const times = [...first.serviceDeployments, ...rest.serviceDeployments].map(({ createdAt }) => createdAt)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(first.serviceDeployments[0]).toEqual({
      serviceDeploymentArn: describeWeb(aws).currentServiceDeployment,
      serviceArn: describeWeb(aws).serviceArn,
      clusterArn: describeWeb(aws).clusterArn,
      createdAt: times[0],
      startedAt: times[0] + 1,
      finishedAt: times[0] + 1,
      status: 'SUCCESSFUL',
      targetServiceRevisionArn: describeWeb(aws).currentServiceRevisions[0].arn,
    })
  })

  test('filters by status and by time', () => {
    const aws = localAws()
    createWeb(aws)
    const at = aws.now / 1000
    deployWeb(aws, 'v2')
    const count = (more: object) => list(aws, more).serviceDeployments.length
    expect([count({}), count({ status: ['PENDING'] }), count({ status: ['STOPPED'] })]).toEqual([2, 1, 0])
    expect([count({ createdAt: { after: at - 1 } }), count({ createdAt: { before: at } })]).toEqual([1, 1])
  })

  test('needs a service', () => {
    const aws = localAws()
    createWeb(aws)
    expect(() => list(aws, { service: 'api' })).toThrow(
      expect.objectContaining({ code: 'ServiceNotFoundException', message: 'Service not found.' }),
    )
  })
})

describe('Descriptions', () => {
  test('of a service revision show the whole configuration, with the digests of the images', () => {
    const aws = localAws()
    createWeb(aws)
    const { taskDefinition, currentServiceRevisions, clusterArn, serviceArn } = describeWeb(aws)
    const [{ arn }] = currentServiceRevisions
    const answer = aws.call('ecs', 'DescribeServiceRevisions', { serviceRevisionArns: [arn, `${arn}9`] })
    expect(answer.serviceRevisions).toMatchObject([
      {
        serviceRevisionArn: arn,
        clusterArn,
        serviceArn,
        taskDefinition,
        launchType: 'EC2',
        containerImages: [
          { containerName: 'web', image: 'web:v1', imageDigest: expect.stringMatching(/^sha256:[\da-f]{64}$/) },
        ],
      },
    ])
    expect(answer.failures).toEqual([{ arn: `${arn}9`, reason: 'MISSING' }])
  })

  test('of service deployments say which are MISSING, and take 20 at most', () => {
    const aws = localAws()
    createWeb(aws)
    const arn = describeWeb(aws).currentServiceDeployment
    const describeAll = (arns: string[]) =>
      aws.call('ecs', 'DescribeServiceDeployments', { serviceDeploymentArns: arns })
    expect(describeAll([arn, 'arn:nothing'])).toMatchObject({
      serviceDeployments: [{ serviceDeploymentArn: arn }],
      failures: [{ arn: 'arn:nothing', reason: 'MISSING' }],
    })
    const tooMany = Array.from({ length: 21 }, () => arn)
    expect(() => describeAll(tooMany)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
  })
})
