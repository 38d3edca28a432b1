import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { control } from './control.ts'
import { localAws, minutes, seconds, type TestAws } from '../../support.ts'
import { createWeb, currentServiceDeployment, deployWeb, describeWeb, messages, updateWeb } from '../../webService.ts'

const pauseAt = (stage: string, timeoutConfiguration?: Unchecked): Unchecked => ({
  targetType: 'PAUSE',
  lifecycleStages: [stage],
  ...(timeoutConfiguration && { timeoutConfiguration }),
})
const lambda = (...lifecycleStages: string[]): Unchecked => ({ hookTargetArn: 'arn:aws:lambda:check', lifecycleStages })

/** The service `web`, settled, with a deployment of `v2` that has these hooks just begun. */
function deploying(...lifecycleHooks: Unchecked[]): TestAws {
  const aws = localAws()
  createWeb(aws)
  updateWeb(aws, { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1, lifecycleHooks } })
  deployWeb(aws, 'v2')
  return aws
}

const hooks = (aws: TestAws): Unchecked[] => currentServiceDeployment(aws).lifecycleHookDetails ?? []
const statuses = (aws: TestAws): string[] => hooks(aws).map(({ status }) => status)

const goOn = (aws: TestAws, more: Unchecked = {}): Unchecked => {
  const { serviceDeploymentArn } = currentServiceDeployment(aws)
  const hookId = hooks(aws).find(({ status }) => status === 'AWAITING_ACTION')?.hookId ?? 'none'
  return aws.call('ecs', 'ContinueServiceDeployment', { serviceDeploymentArn, hookId, ...more })
}

const answer = (aws: TestAws, more: Unchecked = {}): Unchecked =>
  control(aws, 'hook', { cluster: 'c', service: 'web', stage: 'POST_SCALE_UP', answer: 'FAILED', ...more })

describe('A PAUSE hook', () => {
  test('keeps a deployment at its stage until it is continued', () => {
    const aws = deploying(pauseAt('POST_SCALE_UP'))
    const begun = aws.now / 1000
    aws.advance(minutes(30))
    const waiting = currentServiceDeployment(aws)
    expect(waiting).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'POST_SCALE_UP' })
    expect(waiting.lifecycleHookDetails).toEqual([
      {
        hookId: expect.stringMatching(/^ecs-pause-[\w-]{43}$/),
        targetType: 'PAUSE',
        status: 'AWAITING_ACTION',
        expiresAt: begun + 51 + 86_400,
        timeoutAction: 'ROLLBACK',
      },
    ])
    const { serviceDeploymentArn } = waiting
    expect(goOn(aws)).toEqual({ serviceDeploymentArn })
    expect(statuses(aws)).toEqual(['SUCCEEDED'])
    aws.advance(seconds(1 + 5))
    expect(currentServiceDeployment(aws).lifecycleStage).toBe('TEST_TRAFFIC_SHIFT')
    aws.advance(minutes(3))
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' })
  })

  test('rolls back when it is answered with ROLLBACK', () => {
    const aws = deploying(pauseAt('PRE_PRODUCTION_TRAFFIC_SHIFT'))
    const [, { id: blue }] = describeWeb(aws).deployments
    aws.advance(minutes(5))
    goOn(aws, { action: 'ROLLBACK' })
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_REQUESTED')
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
    expect(describeWeb(aws).deployments).toMatchObject([{ id: blue, status: 'PRIMARY', runningCount: 2 }])
  })

  test('that times out rolls back, to the millisecond', () => {
    const aws = deploying(pauseAt('PRE_SCALE_UP', { timeoutInMinutes: 7 }))
    const reason = 'Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) timed out.'
    aws.advance(seconds(1) + minutes(7) - 1)
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'PRE_SCALE_UP' })
    aws.advance(1)
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'ROLLBACK_IN_PROGRESS', statusReason: reason })
    expect(statuses(aws)).toEqual(['TIMED_OUT'])
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('that times out continues the deployment when its action is CONTINUE', () => {
    const aws = deploying(pauseAt('PRE_SCALE_UP', { timeoutInMinutes: 1, action: 'CONTINUE' }))
    aws.advance(seconds(2))
    expect(hooks(aws)).toMatchObject([{ status: 'AWAITING_ACTION', timeoutAction: 'CONTINUE' }])
    aws.advance(minutes(10))
    expect(statuses(aws)).toEqual(['TIMED_OUT'])
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('may wait for longer than the day that a stage is limited to', () => {
    const aws = deploying(pauseAt('POST_SCALE_UP', { timeoutInMinutes: 20_160 }))
    aws.advance(minutes(20_000))
    goOn(aws)
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('has its own time-out, whatever the other hooks of its stage do', () => {
    const quick = pauseAt('PRE_SCALE_UP', { timeoutInMinutes: 1, action: 'CONTINUE' })
    const aws = deploying(quick, pauseAt('PRE_SCALE_UP'))
    aws.advance(minutes(2))
    expect(statuses(aws)).toEqual(['TIMED_OUT', 'AWAITING_ACTION'])
    expect(currentServiceDeployment(aws).lifecycleStage).toBe('PRE_SCALE_UP')
  })

  test('comes before every step of the production traffic', () => {
    const aws = localAws()
    createWeb(aws)
    const linearConfiguration = { stepPercent: 50, stepBakeTimeInMinutes: 0 }
    const lifecycleHooks = [pauseAt('PRE_PRODUCTION_TRAFFIC_SHIFT')]
    updateWeb(aws, { deploymentConfiguration: { strategy: 'LINEAR', linearConfiguration, lifecycleHooks } })
    deployWeb(aws, 'v2')
    aws.advance(minutes(10))
    const weight = (): number => currentServiceDeployment(aws).targetServiceRevision.requestedProductionTrafficWeight
    expect([weight(), ...statuses(aws)]).toEqual([0, 'AWAITING_ACTION'])
    goOn(aws)
    aws.advance(minutes(10))
    expect([weight(), ...statuses(aws)]).toEqual([50, 'SUCCEEDED', 'AWAITING_ACTION'])
    goOn(aws)
    aws.advance(minutes(10))
    expect([weight(), ...statuses(aws)]).toEqual([100, 'SUCCEEDED', 'SUCCEEDED'])
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })
})

describe('A Lambda hook', () => {
  test('succeeds at once, at each of its stages', () => {
    const aws = deploying(lambda('PRE_SCALE_UP', 'PRODUCTION_TRAFFIC_SHIFT'))
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
    const one = { targetType: 'AWS_LAMBDA', targetArn: 'arn:aws:lambda:check', status: 'SUCCEEDED' }
    expect(hooks(aws)).toMatchObject([one, one])
    expect(hooks(aws)[0]!.hookId).not.toBe(hooks(aws)[1]!.hookId)
  })

  test('that was told to fail rolls the deployment back, in the words of AWS', () => {
    const aws = deploying(lambda('POST_SCALE_UP'))
    const [{ id: green }, { id: blue }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    answer(aws)
    aws.advance(minutes(5))
    const statusReason =
      'Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed. ' +
      'Lifecycle hook target arn:aws:lambda:check returned FAILED status.'
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', statusReason })
    expect(statuses(aws)).toEqual(['FAILED'])
    expect(messages(aws, since)).toContain(`(deployment ${green}) deployment failed: ${statusReason}`)
    expect(describeWeb(aws).deployments).toMatchObject([{ id: blue }])
    answer(aws, { answer: 'SUCCEEDED' })
    deployWeb(aws, 'v3')
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('is not called during a rollback', () => {
    const aws = deploying(lambda('PRODUCTION_TRAFFIC_SHIFT'))
    aws.advance(seconds(90))
    const { serviceDeploymentArn, lifecycleStage } = currentServiceDeployment(aws)
    expect(lifecycleStage).toBe('BAKE_TIME')
    answer(aws, { stage: 'PRODUCTION_TRAFFIC_SHIFT' })
    aws.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn })
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
    expect(statuses(aws)).toEqual(['SUCCEEDED'])
  })

  test('and a PAUSE hook of the same stage must both finish', () => {
    const aws = deploying(lambda('POST_SCALE_UP'), pauseAt('POST_SCALE_UP'), pauseAt('POST_SCALE_UP'))
    aws.advance(minutes(5))
    expect(statuses(aws)).toEqual(['SUCCEEDED', 'AWAITING_ACTION', 'AWAITING_ACTION'])
    goOn(aws)
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).lifecycleStage).toBe('POST_SCALE_UP')
    goOn(aws)
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('that fails in a first deployment has nothing to roll back to', () => {
    const aws = localAws()
    const deploymentConfiguration = {
      strategy: 'BLUE_GREEN',
      bakeTimeInMinutes: 1,
      lifecycleHooks: [lambda('POST_SCALE_UP'), pauseAt('PRE_SCALE_UP')],
    }
    createWeb(aws, { deploymentConfiguration })
    answer(aws)
    goOn(aws)
    aws.advance(minutes(2))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'STOPPED',
      statusReason: 'No rollback candidate was found to run the rollback',
    })
  })

  test.each([
    ['a service that there is not', { service: 'api' }, 'ServiceNotFoundException'],
    ['a cluster that there is not', { cluster: 'd' }, 'ClusterNotFoundException'],
    ['a stage that there is not', { stage: 'LATER' }, 'InvalidParameterException'],
    ['an answer that no function gives', { answer: 'MAYBE' }, 'InvalidParameterException'],
  ])('is told nothing about %s', (_, more, code) => {
    const aws = deploying(lambda('POST_SCALE_UP'))
    expect(() => answer(aws, more)).toThrow(expect.objectContaining({ code }))
    expect(aws.region.hookAnswers).toEqual({})
  })
})

describe('ContinueServiceDeployment refuses', () => {
  test.each([
    ['a deployment that there is not', { serviceDeploymentArn: 'arn:nothing' }, 'ServiceDeploymentNotFoundException'],
    ['a hook that there is not', { hookId: 'ecs-pause-nothing' }, 'InvalidParameterException'],
    ['an action that there is not', { action: 'WAIT' }, 'InvalidParameterException'],
  ])('%s', (_, more, code) => {
    const aws = deploying(pauseAt('PRE_SCALE_UP'))
    aws.advance(seconds(2))
    expect(() => goOn(aws, more)).toThrow(expect.objectContaining({ code }))
    expect(statuses(aws)).toEqual(['AWAITING_ACTION'])
  })

  test('a hook that was answered, and one of a deployment that is no longer in progress', () => {
    const aws = deploying(pauseAt('PRE_SCALE_UP'))
    aws.advance(seconds(2))
    const [{ hookId }] = hooks(aws) as [Unchecked]
    const { serviceDeploymentArn } = currentServiceDeployment(aws)
    const again = (): Unchecked => goOn(aws, { serviceDeploymentArn, hookId })
    const refused = expect.objectContaining({ code: 'InvalidParameterException' })
    deployWeb(aws, 'v3')
    expect(again).toThrow(refused)
    const second = deploying(pauseAt('PRE_SCALE_UP'))
    second.advance(seconds(2))
    const id = hooks(second)[0]!.hookId
    goOn(second)
    expect(() => goOn(second, { hookId: id })).toThrow(refused)
  })
})
