import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { balancedTargetGroup, behind, createBalanced, deployBalanced, healthOf, shifted } from '../../balancedWeb.ts'
import { localAws, minutes, seconds, type TestAws } from '../../support.ts'
import {
  createWeb,
  currentServiceDeployment,
  deployWeb,
  describeWeb,
  messages,
  story,
  tasksOf,
  updateWeb,
} from '../../webService.ts'

const rollback = { deploymentCircuitBreaker: { enable: true, rollback: true } }
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 2, ...rollback }
const linear = {
  strategy: 'LINEAR',
  bakeTimeInMinutes: 1,
  linearConfiguration: { stepPercent: 33.3, stepBakeTimeInMinutes: 1 },
}

function settled(deploymentConfiguration: Unchecked, more: Unchecked = {}): TestAws {
  const aws = localAws()
  createWeb(aws, { deploymentConfiguration, ...more })
  return aws
}

/** Turns the clock second by second and answers every change of what `look` says, with the second it came. */
function watch(aws: TestAws, duration: number, look: () => string): [number, string][] {
  const seen: [number, string][] = []
  for (let at = 0; at <= duration; at += 1000) {
    const now = look()
    if (seen.at(-1)?.[1] !== now) seen.push([at / 1000, now])
    aws.advance(seconds(1))
  }
  return seen
}

const running = (aws: TestAws): string =>
  describeWeb(aws)
    .deployments.map(({ status, runningCount }: Unchecked) => `${status} ${runningCount}`)
    .join(', ')

const weights = ({ targetServiceRevision, sourceServiceRevisions }: Unchecked): unknown[] =>
  [targetServiceRevision, ...sourceServiceRevisions].map((each) => each.requestedProductionTrafficWeight)

const stageOf = (aws: TestAws): string => currentServiceDeployment(aws).lifecycleStage

/** Turns the clock until the current service deployment is at that stage. */
function reach(aws: TestAws, stage: string): void {
  for (let at = 0; at < 3600 && stageOf(aws) !== stage; at += 1) aws.advance(seconds(1))
  expect(stageOf(aws)).toBe(stage)
}

describe('A blue/green deployment', () => {
  test('goes through its lifecycle stages, green beside blue, until blue is cleaned up', () => {
    const aws = settled(blueGreen)
    const [{ id: blue, taskDefinition: before }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    const green = deployWeb(aws, 'v2')
    const stages = watch(aws, minutes(5), () => {
      const found = currentServiceDeployment(aws)
      return `${found.status} ${found.lifecycleStage}: ${running(aws)}, ${weights(found).join(':')}`
    })
    expect(stages).toEqual([
      [0, 'PENDING undefined: PRIMARY 0, ACTIVE 2, :'],
      [1, 'IN_PROGRESS PRE_SCALE_UP: PRIMARY 0, ACTIVE 2, 0:100'],
      [6, 'IN_PROGRESS SCALE_UP: PRIMARY 0, ACTIVE 2, 0:100'],
      [11, 'IN_PROGRESS SCALE_UP: PRIMARY 2, ACTIVE 2, 0:100'],
      [51, 'IN_PROGRESS POST_SCALE_UP: PRIMARY 2, ACTIVE 2, 0:100'],
      [56, 'IN_PROGRESS TEST_TRAFFIC_SHIFT: PRIMARY 2, ACTIVE 2, 0:100'],
      [61, 'IN_PROGRESS POST_TEST_TRAFFIC_SHIFT: PRIMARY 2, ACTIVE 2, 0:100'],
      [66, 'IN_PROGRESS PRE_PRODUCTION_TRAFFIC_SHIFT: PRIMARY 2, ACTIVE 2, 0:100'],
      [71, 'IN_PROGRESS PRODUCTION_TRAFFIC_SHIFT: PRIMARY 2, ACTIVE 2, 100:0'],
      [76, 'IN_PROGRESS POST_PRODUCTION_TRAFFIC_SHIFT: PRIMARY 2, ACTIVE 2, 100:0'],
      [81, 'IN_PROGRESS BAKE_TIME: PRIMARY 2, ACTIVE 2, 100:0'],
      [201, 'IN_PROGRESS CLEAN_UP: PRIMARY 2, ACTIVE 0, 100:0'],
      [206, 'SUCCESSFUL CLEAN_UP: PRIMARY 2, 100:0'],
    ])
    expect(story(aws, since)).toBe('+2 -2 done steady')
    const service = describeWeb(aws)
    expect(service.deployments).toMatchObject([{ id: green, status: 'PRIMARY', runningCount: 2 }])
    expect(service.taskDefinition).not.toBe(before)
    expect(tasksOf(aws, blue).map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED', 'STOPPED'])
  })

  test('has no rolloutState, and shifts the test traffic before the production traffic', () => {
    const aws = settled(blueGreen)
    const [{ rolloutState }] = describeWeb(aws).deployments
    expect(rolloutState).toBeUndefined()
    deployWeb(aws, 'v2')
    expect(describeWeb(aws).deployments.map(({ rolloutState: state }: Unchecked) => state)).toEqual([
      undefined,
      undefined,
    ])
    reach(aws, 'PRE_SCALE_UP')
    const tested = (): unknown => currentServiceDeployment(aws).targetServiceRevision.requestedTestTrafficWeight
    expect(tested()).toBe(0)
    reach(aws, 'TEST_TRAFFIC_SHIFT')
    expect(tested()).toBe(100)
    expect(currentServiceDeployment(aws).sourceServiceRevisions[0].requestedTestTrafficWeight).toBe(0)
    expect(weights(currentServiceDeployment(aws))).toEqual([0, 100])
  })

  test('can be a service’s first deployment, which has nothing to bake beside', () => {
    const aws = localAws()
    createWeb(aws, { deploymentConfiguration: { ...blueGreen, bakeTimeInMinutes: 1440 } })
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'SUCCESSFUL',
      lifecycleStage: 'CLEAN_UP',
      sourceServiceRevisions: [],
      targetServiceRevision: { requestedProductionTrafficWeight: 100, runningTaskCount: 2 },
    })
  })

  test('keeps both revisions at the desired count when their tasks stop', () => {
    const aws = settled({ ...blueGreen, bakeTimeInMinutes: 60, maximumPercent: 100, minimumHealthyPercent: 50 })
    deployWeb(aws, 'v2')
    reach(aws, 'BAKE_TIME')
    for (const { id } of describeWeb(aws).deployments) {
      const [task] = tasksOf(aws, id).filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
      aws.call('ecs', 'StopTask', { cluster: 'c', task: task!.taskArn })
    }
    expect(running(aws)).toBe('PRIMARY 1, ACTIVE 1')
    aws.advance(minutes(1))
    expect(running(aws)).toBe('PRIMARY 2, ACTIVE 2')
    updateWeb(aws, { desiredCount: 3 })
    aws.advance(minutes(1))
    expect(running(aws)).toBe('PRIMARY 3, ACTIVE 3')
    updateWeb(aws, { desiredCount: 1 })
    aws.advance(minutes(1))
    expect(running(aws)).toBe('PRIMARY 1, ACTIVE 1')
    expect(describeWeb(aws).deployments).toHaveLength(2)
  })

  test('replaces a blue task that loses its target while green is prepared', () => {
    const aws = localAws()
    const targetGroupArn = balancedTargetGroup(aws)
    createBalanced(aws, [targetGroupArn], { loadBalancers: shifted(targetGroupArn) })
    updateWeb(aws, { deploymentConfiguration: { ...blueGreen, bakeTimeInMinutes: 60 } })
    const [{ id: blue }] = describeWeb(aws).deployments
    const [{ Target }] = healthOf(aws, targetGroupArn) as [Unchecked]
    deployBalanced(aws, 'v2')
    reach(aws, 'BAKE_TIME')
    aws.call('elbv2', 'DeregisterTargets', { TargetGroupArn: targetGroupArn, Targets: [Target] })
    updateWeb(aws, {})
    aws.advance(minutes(10))
    expect(running(aws)).toBe('PRIMARY 2, ACTIVE 2')
    const [lost, ...kept] = tasksOf(aws, blue)
    expect(lost!.stoppedReason).toContain('Task failed ELB health checks')
    expect(kept.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
  })

  test('needs an alternate target group for each load balancer', () => {
    const aws = localAws()
    const targetGroupArn = balancedTargetGroup(aws)
    createBalanced(aws, [targetGroupArn])
    const message =
      'advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy'
    const update = (more: object) => () => updateWeb(aws, { deploymentConfiguration: blueGreen, ...more })
    expect(update({})).toThrow(message)
    update({ loadBalancers: shifted(targetGroupArn) })()
    expect(update({ loadBalancers: behind(targetGroupArn) })).toThrow(message)
    update({ loadBalancers: [] })()
  })

  test('gives up after a day in which green does not become healthy, and rolls back', () => {
    const aws = settled({ ...blueGreen, deploymentCircuitBreaker: { enable: false, rollback: false } })
    const [{ id: blue }] = describeWeb(aws).deployments
    deployWeb(aws, 'crash')
    aws.advance(minutes(1440))
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'SCALE_UP' })
    aws.advance(minutes(2))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Service deployment rolled back because the SCALE_UP lifecycle stage took longer than 24 hours.',
    })
    expect(describeWeb(aws).deployments).toMatchObject([{ id: blue, status: 'PRIMARY', runningCount: 2 }])
  })
})

describe('Production traffic shifts', () => {
  const shifts = (aws: TestAws): [number, string][] =>
    watch(aws, minutes(20), () => weights(currentServiceDeployment(aws)).join(':')).filter(([, now]) => now !== ':')

  test('in steps of a linear deployment, each with its own bake time but the last', () => {
    const aws = settled(linear)
    deployWeb(aws, 'v2')
    expect(shifts(aws)).toEqual([
      [1, '0:100'],
      [71, '33.3:66.7'],
      [136, '66.6:33.4'],
      [201, '99.9:0.1'],
      [266, '100:0'],
    ])
    const { status, createdAt, finishedAt } = currentServiceDeployment(aws)
    // After the last step only the bake time of the whole deployment is left.
    expect([status, finishedAt - createdAt]).toEqual(['SUCCESSFUL', 266 + 5 + 5 + 60 + 5])
  })

  test('first for the canary, then for all', () => {
    const canaryConfiguration = { canaryPercent: 0.5, canaryBakeTimeInMinutes: 3 }
    const aws = settled({ strategy: 'CANARY', bakeTimeInMinutes: 0, canaryConfiguration })
    deployWeb(aws, 'v2')
    expect(shifts(aws)).toEqual([
      [1, '0:100'],
      [71, '0.5:99.5'],
      [256, '100:0'],
    ])
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test.each([
    ['LINEAR', 10, 9 * (6 * 60 + 5)],
    ['CANARY', 5, 10 * 60 + 5],
  ])('by the defaults of AWS: %s, %i percent first, all after %i s', (strategy, first, last) => {
    const aws = settled({ strategy })
    // The first deployment has nothing to shift the traffic from.
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
    deployWeb(aws, 'v2')
    reach(aws, 'PRODUCTION_TRAFFIC_SHIFT')
    expect(weights(currentServiceDeployment(aws))).toEqual([first, 100 - first])
    aws.advance(seconds(last - 1))
    expect(weights(currentServiceDeployment(aws))[0]).toBeLessThan(100)
    aws.advance(seconds(1))
    expect(weights(currentServiceDeployment(aws))).toEqual([100, 0])
  })

  test('through PRE_PRODUCTION_TRAFFIC_SHIFT before every step', () => {
    const aws = settled(linear)
    deployWeb(aws, 'v2')
    const stages = watch(aws, minutes(10), () => stageOf(aws)).map(([, stage]) => stage)
    expect(stages.filter((stage) => stage === 'PRE_PRODUCTION_TRAFFIC_SHIFT')).toHaveLength(4)
    expect(stages.slice(-5)).toEqual([
      'PRE_PRODUCTION_TRAFFIC_SHIFT',
      'PRODUCTION_TRAFFIC_SHIFT',
      'POST_PRODUCTION_TRAFFIC_SHIFT',
      'BAKE_TIME',
      'CLEAN_UP',
    ])
  })
})

describe('A deployment with lifecycle stages that fails', () => {
  test('by the circuit breaker goes back to blue, which never stopped serving', () => {
    const aws = settled(blueGreen)
    const before = describeWeb(aws)
    const [{ id: blue }] = before.deployments
    const since = aws.now / 1000
    const green = deployWeb(aws, 'crash')
    const seen = watch(aws, minutes(3), () => `${currentServiceDeployment(aws).status} ${running(aws)}`)
    expect(seen).toEqual([
      [0, 'PENDING PRIMARY 0, ACTIVE 2'],
      [1, 'IN_PROGRESS PRIMARY 0, ACTIVE 2'],
      [16, 'ROLLBACK_IN_PROGRESS PRIMARY 2, ACTIVE 0'],
      [21, 'ROLLBACK_SUCCESSFUL PRIMARY 2'],
    ])
    const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    expect(currentServiceDeployment(aws)).toMatchObject({
      statusReason: reason,
      rollback: { reason, serviceRevisionArn: before.currentServiceRevisions[0].arn },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3 },
    })
    expect(describeWeb(aws)).toMatchObject({ taskDefinition: before.taskDefinition, deployments: [{ id: blue }] })
    expect(messages(aws, since).slice(-4)).toEqual([
      `(deployment ${green}) deployment failed: tasks failed to start.`,
      `rolling back to deployment ${blue}.`,
      `(deployment ${blue}) deployment completed.`,
      'has reached a steady state.',
    ])
    expect(tasksOf(aws, blue).map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
  })

  test('after the shift has its traffic taken back before its tasks are stopped', () => {
    const aws = settled(blueGreen)
    deployWeb(aws, 'v2')
    reach(aws, 'BAKE_TIME')
    const { serviceDeploymentArn } = currentServiceDeployment(aws)
    aws.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn })
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_REQUESTED')
    const seen = watch(aws, minutes(1), () => {
      const found = currentServiceDeployment(aws)
      const { requestedTestTrafficWeight: tested } = found.targetServiceRevision
      return `${found.status} ${found.lifecycleStage} ${weights(found).join(':')} ${tested} ${running(aws)}`
    })
    expect(seen).toEqual([
      [0, 'ROLLBACK_REQUESTED BAKE_TIME 100:0 100 PRIMARY 2, ACTIVE 2'],
      [1, 'ROLLBACK_IN_PROGRESS PRODUCTION_TRAFFIC_SHIFT 0:100 100 PRIMARY 2, ACTIVE 2'],
      [6, 'ROLLBACK_IN_PROGRESS TEST_TRAFFIC_SHIFT 0:100 0 PRIMARY 2, ACTIVE 2'],
      [11, 'ROLLBACK_IN_PROGRESS CLEAN_UP 0:100 0 PRIMARY 2, ACTIVE 0'],
      [16, 'ROLLBACK_SUCCESSFUL CLEAN_UP 0:100 0 PRIMARY 2'],
    ])
  })

  test('when blue is on its way out already waits for it to come back', () => {
    const aws = settled(blueGreen)
    const [{ id: blue }] = describeWeb(aws).deployments
    deployWeb(aws, 'v2')
    reach(aws, 'CLEAN_UP')
    const { serviceDeploymentArn } = currentServiceDeployment(aws)
    aws.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn })
    aws.advance(seconds(30))
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'ROLLBACK_IN_PROGRESS', lifecycleStage: 'SCALE_UP' })
    expect(weights(currentServiceDeployment(aws))).toEqual([100, 0])
    expect(running(aws)).toBe('PRIMARY 2, ACTIVE 2')
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
    expect(describeWeb(aws).deployments).toMatchObject([{ id: blue, runningCount: 2 }])
  })

  test('without rollback stays where it is, and both revisions go on', () => {
    const aws = settled({ ...blueGreen, deploymentCircuitBreaker: { enable: true, rollback: false } })
    const [{ id: blue }] = describeWeb(aws).deployments
    const green = deployWeb(aws, 'no-pull')
    aws.advance(minutes(10))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'STOPPED',
      statusReason: 'Service deployment stopped because the circuit breaker threshold was exceeded.',
    })
    expect(describeWeb(aws).deployments).toMatchObject([
      { id: green, status: 'PRIMARY', runningCount: 0, pendingCount: 0 },
      { id: blue, status: 'ACTIVE', runningCount: 2 },
    ])
    expect(tasksOf(aws, green)).toHaveLength(4)
  })

  test('as the first deployment has nothing to roll back to', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'crash', deploymentConfiguration: blueGreen })
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'STOPPED',
      statusReason: 'No rollback candidate was found to run the rollback',
    })
  })

  test('rolls back to a rolling deployment as well, whose rolloutState shows it', () => {
    const aws = settled(rollback)
    const [{ id }] = describeWeb(aws).deployments
    deployWeb(aws, 'crash', { deploymentConfiguration: blueGreen })
    aws.advance(seconds(17))
    expect(describeWeb(aws).deployments[0]).toMatchObject({
      id,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
    })
    aws.advance(minutes(1))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }])
  })
})

describe('A deployment with lifecycle stages that is overtaken', () => {
  test('stops, and the next one begins by reconciling the service with what it ran before', () => {
    const aws = settled(blueGreen)
    const [{ id: blue }] = describeWeb(aws).deployments
    const green = deployWeb(aws, 'v2')
    reach(aws, 'BAKE_TIME')
    const overtaken = currentServiceDeployment(aws)
    const next = deployWeb(aws, 'v3')
    const find = () => aws.region.serviceDeployments[overtaken.serviceDeploymentArn]!.serviceDeployment
    expect(find()).toMatchObject({
      status: 'STOP_REQUESTED',
      statusReason: 'A new service deployment was started.',
    })
    aws.advance(seconds(1))
    expect(find().status).toBe('STOPPED')
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'RECONCILE_SERVICE',
      targetServiceRevision: { requestedProductionTrafficWeight: 0 },
    })
    expect(describeWeb(aws).deployments.map(({ id, runningCount }: Unchecked) => [id, runningCount])).toEqual([
      [next, 0],
      [green, 0],
      [blue, 2],
    ])
    reach(aws, 'SCALE_UP')
    expect(describeWeb(aws).deployments.map(({ id }: Unchecked) => id)).toEqual([next, blue])
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
    expect(describeWeb(aws).deployments).toMatchObject([{ id: next, runningCount: 2 }])
  })

  test('does not wait for a revision that never worked', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'unhealthy' })
    deployWeb(aws, 'unhealthy')
    aws.advance(seconds(30))
    const id = deployWeb(aws, 'v2', { deploymentConfiguration: blueGreen })
    aws.advance(seconds(1))
    expect(stageOf(aws)).toBe('RECONCILE_SERVICE')
    aws.advance(minutes(10))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, runningCount: 2 }])
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('before it has started any task leaves nothing to reconcile', () => {
    const aws = settled(blueGreen)
    deployWeb(aws, 'v2')
    aws.advance(seconds(3))
    deployWeb(aws, 'v3')
    aws.advance(seconds(1))
    expect(stageOf(aws)).toBe('PRE_SCALE_UP')
  })

  test('by a rolling update is superseded like any other', () => {
    const aws = settled(blueGreen)
    deployWeb(aws, 'v2')
    reach(aws, 'BAKE_TIME')
    const id = deployWeb(aws, 'v3', { deploymentConfiguration: { strategy: 'ROLLING' } })
    aws.advance(minutes(3))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED', runningCount: 2 }])
    const found = currentServiceDeployment(aws)
    expect(found).toMatchObject({ status: 'SUCCESSFUL' })
    expect(found.lifecycleStage).toBeUndefined()
  })
})

describe('The strategy of a service', () => {
  test('changes without a deployment, and drops settings that only the former strategy has', () => {
    const aws = settled({ ...linear, ...rollback })
    const [{ id }] = describeWeb(aws).deployments
    const { deployments, deploymentConfiguration } = updateWeb(aws, {
      deploymentConfiguration: { strategy: 'CANARY', bakeTimeInMinutes: 7 },
    })
    expect(deployments).toMatchObject([{ id }])
    expect(deploymentConfiguration).toEqual({
      strategy: 'CANARY',
      bakeTimeInMinutes: 7,
      alarms: { alarmNames: [], enable: false, rollback: false },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      ...rollback,
    })
  })

  test('changes for the next deployment, not for one in progress', () => {
    const aws = settled(rollback)
    deployWeb(aws, 'slow-2m')
    updateWeb(aws, { deploymentConfiguration: blueGreen })
    aws.advance(minutes(4))
    const found = currentServiceDeployment(aws)
    expect(found).toMatchObject({ status: 'SUCCESSFUL', deploymentConfiguration: { strategy: 'ROLLING' } })
    expect(found.lifecycleStage).toBeUndefined()
  })

  const hook = (more: Unchecked): Unchecked => ({ ...blueGreen, lifecycleHooks: [{ targetType: 'PAUSE', ...more }] })
  const wrong: [string, Unchecked, string][] = [
    [
      'a bake time of a rolling update',
      { bakeTimeInMinutes: 5 },
      'bakeTimeInMinutes is not supported with the ROLLING',
    ],
    ['hooks of a rolling update', { lifecycleHooks: [{ lifecycleStages: ['PRE_SCALE_UP'] }] }, 'lifecycleHooks is not'],
    ['steps of a canary', { strategy: 'CANARY', linearConfiguration: {} }, 'linearConfiguration is not supported'],
    ['two days of baking', { ...blueGreen, bakeTimeInMinutes: 2880 }, 'bakeTimeInMinutes must be a whole number'],
    [
      'steps that are too small',
      { ...linear, linearConfiguration: { stepPercent: 2.9 } },
      'stepPercent must be a mult',
    ],
    [
      'hundredths of a percent',
      { ...linear, linearConfiguration: { stepPercent: 3.33 } },
      'stepPercent must be a mult',
    ],
    ['a canary of nothing', { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0 } }, 'canaryPercent must be'],
    ['a hook without a stage', hook({}), 'lifecycleStages is required'],
    [
      'a hook while scaling up',
      hook({ lifecycleStages: ['SCALE_UP'] }),
      'lifecycleStages of a hook of type PAUSE should be one',
    ],
    [
      'a pause in the shift',
      hook({ lifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT'] }),
      'lifecycleStages of a hook of type',
    ],
    [
      'a function while baking',
      hook({ targetType: 'AWS_LAMBDA', hookTargetArn: 'arn:f', lifecycleStages: ['BAKE_TIME'] }),
      'lifecycleStages of a hook of type AWS_LAMBDA should be one of [RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, TEST',
    ],
    [
      'a function without its ARN',
      hook({ targetType: 'AWS_LAMBDA', lifecycleStages: ['PRE_SCALE_UP'] }),
      'hookTargetArn',
    ],
    [
      'a patience of a month',
      hook({ lifecycleStages: ['PRE_SCALE_UP'], timeoutConfiguration: { timeoutInMinutes: 43_200 } }),
      'timeoutInMinutes must be a whole number from 1 to 20160.',
    ],
  ]
  test.each(wrong)('refuses %s', (_, deploymentConfiguration, message) => {
    const aws = settled({})
    const before = JSON.stringify(aws.region.services)
    expect(() => updateWeb(aws, { deploymentConfiguration })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException', message: expect.stringContaining(message) }),
    )
    expect(JSON.stringify(aws.region.services)).toBe(before)
  })

  test.each([
    ['CodeDeploy', { deploymentController: { type: 'CODE_DEPLOY' } }],
    ['daemons', { schedulingStrategy: 'DAEMON', desiredCount: undefined }],
  ])('is rolling for %s', (_, more) => {
    expect(() => settled(blueGreen, more)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
  })
})
