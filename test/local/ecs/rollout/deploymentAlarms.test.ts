import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { control, setAlarm } from './control.ts'
import { localAws, minutes, seconds, type TestAws } from '../../support.ts'
import { createWeb, currentServiceDeployment, deployWeb, describeWeb, messages, updateWeb } from '../../webService.ts'

const watched = (rollback = true): object => ({ alarms: { alarmNames: ['errors', 'latency'], enable: true, rollback } })

function settled(deploymentConfiguration: object = watched()): TestAws {
  const aws = localAws()
  createWeb(aws, { deploymentConfiguration })
  return aws
}

const alarms = (aws: TestAws) => currentServiceDeployment(aws).alarms

describe('An alarm that goes off during a rolling update', () => {
  test('rolls it back, and the service deployment names it', () => {
    const aws = settled()
    const before = describeWeb(aws)
    const [{ id: old }] = before.deployments
    const since = aws.now / 1000
    const id = deployWeb(aws, 'v2')
    aws.advance(seconds(10))
    expect(alarms(aws)).toEqual({
      status: 'MONITORING',
      alarmNames: ['errors', 'latency'],
      triggeredAlarmNames: [],
    })
    setAlarm(aws, 'ALARM', 'latency')
    aws.advance(seconds(1))
    expect(describeWeb(aws).deployments).toMatchObject([
      { id: old, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { id, status: 'ACTIVE', rolloutState: 'FAILED', rolloutStateReason: 'ECS deployment alarm: alarm detected.' },
    ])
    const reason = 'Service deployment rolled back because of alarms in the ALARM state: latency.'
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: reason,
      rollback: { reason },
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['latency'] },
    })
    aws.advance(minutes(2))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
    expect(describeWeb(aws)).toMatchObject({ taskDefinition: before.taskDefinition, deployments: [{ id: old }] })
    expect(messages(aws, since)).toContain(`(deployment ${id}) deployment failed: alarm detected.`)
  })

  test('still rolls it back while it bakes, five minutes after the last old task has stopped', () => {
    const aws = settled()
    const [{ id: old }] = describeWeb(aws).deployments
    deployWeb(aws, 'v2')
    aws.advance(seconds(48) + minutes(5) - 1)
    expect(describeWeb(aws).deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS', runningCount: 2 })
    setAlarm(aws, 'ALARM')
    aws.advance(1000)
    aws.advance(minutes(3))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: old, rolloutState: 'COMPLETED', runningCount: 2 }])
  })

  test('without rollback leaves the deployment FAILED and PRIMARY', () => {
    const aws = settled(watched(false))
    const id = deployWeb(aws, 'slow-3m')
    aws.advance(seconds(10))
    setAlarm(aws, 'ALARM')
    aws.advance(minutes(10))
    expect(describeWeb(aws).deployments[0]).toMatchObject({ id, status: 'PRIMARY', rolloutState: 'FAILED' })
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'STOPPED',
      statusReason: 'Service deployment stopped because of alarms in the ALARM state: errors.',
    })
  })

  test('is named once, however often it goes off', () => {
    const aws = settled()
    deployWeb(aws, 'v2')
    for (const state of ['ALARM', 'ALARM']) setAlarm(aws, state)
    expect(alarms(aws).triggeredAlarmNames).toEqual(['errors'])
  })

  test('counts even if it is OK again before the scheduler looks', () => {
    const aws = settled()
    deployWeb(aws, 'v2')
    setAlarm(aws, 'ALARM')
    setAlarm(aws, 'OK')
    aws.advance(minutes(5))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
  })
})

describe('Alarms', () => {
  test('that stay OK let the deployment complete, minutes after its tasks are in place', () => {
    const aws = settled()
    const id = deployWeb(aws, 'v2')
    aws.advance(seconds(48) + minutes(5) - 1)
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'IN_PROGRESS', runningCount: 2 }, {}])
    aws.advance(1)
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }])
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'SUCCESSFUL',
      alarms: { status: 'MONITORING_COMPLETE', triggeredAlarmNames: [] },
    })
  })

  test('of which one is in ALARM already are ignored for that deployment, and watched again by the next', () => {
    const aws = settled()
    setAlarm(aws, 'ALARM')
    deployWeb(aws, 'v2')
    aws.advance(seconds(5))
    setAlarm(aws, 'ALARM', 'latency')
    aws.advance(minutes(1))
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'SUCCESSFUL', alarms: { status: 'DISABLED' } })
    setAlarm(aws, 'OK')
    setAlarm(aws, 'OK', 'latency')
    deployWeb(aws, 'v3')
    aws.advance(seconds(5))
    expect(alarms(aws).status).toBe('MONITORING')
    setAlarm(aws, 'ALARM')
    aws.advance(minutes(2))
    expect(currentServiceDeployment(aws).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test.each([
    ['of another name', watched(), 'disk'],
    ['that are not enabled', { alarms: { alarmNames: ['errors'], enable: false, rollback: true } }, 'errors'],
  ])('%s change nothing', (_, deploymentConfiguration, name) => {
    const aws = settled(deploymentConfiguration)
    deployWeb(aws, 'v2')
    aws.advance(seconds(10))
    setAlarm(aws, 'ALARM', name)
    aws.advance(minutes(10))
    expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
  })

  test('that go off after a deployment has completed change nothing', () => {
    const aws = settled()
    const before = describeWeb(aws)
    setAlarm(aws, 'ALARM')
    aws.advance(minutes(10))
    expect(describeWeb(aws)).toEqual(before)
  })

  test('roll a blue/green deployment back while it bakes', () => {
    const aws = settled()
    updateWeb(aws, { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 30 } })
    const [{ id: blue }] = describeWeb(aws).deployments
    deployWeb(aws, 'v2')
    aws.advance(minutes(20))
    expect(currentServiceDeployment(aws)).toMatchObject({ lifecycleStage: 'BAKE_TIME', status: 'IN_PROGRESS' })
    setAlarm(aws, 'ALARM')
    aws.advance(seconds(1))
    expect(currentServiceDeployment(aws)).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT',
      targetServiceRevision: { requestedProductionTrafficWeight: 0 },
      sourceServiceRevisions: [{ requestedProductionTrafficWeight: 100 }],
    })
    aws.advance(minutes(1))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: blue, runningCount: 2 }])
  })

  test('without rollback leave a blue/green deployment where it is, with both revisions', () => {
    const aws = settled(watched(false))
    updateWeb(aws, { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 30 } })
    deployWeb(aws, 'v2')
    aws.advance(minutes(20))
    setAlarm(aws, 'ALARM')
    aws.advance(minutes(120))
    expect(currentServiceDeployment(aws)).toMatchObject({ status: 'STOPPED', lifecycleStage: 'BAKE_TIME' })
    expect(describeWeb(aws).deployments.map(({ runningCount }: Unchecked) => runningCount)).toEqual([2, 2])
  })

  test.each([
    ['no name', { state: 'ALARM' }],
    ['a state that there is not', { name: 'errors', state: 'LOUD' }],
    ['no state', { name: 'errors' }],
  ])('with %s are refused', (_, input) => {
    const aws = settled()
    const refused = expect.objectContaining({ code: 'InvalidParameterException', status: 400 })
    expect(() => control(aws, 'alarm', input)).toThrow(refused)
    expect(aws.region.alarms).toEqual({})
  })

  test('are saved with the state, each in its region', () => {
    const aws = settled()
    const count = aws.saved.length
    control(aws, 'alarm', { region: 'eu-west-1', name: 'errors', state: 'ALARM' })
    expect(aws.saved).toHaveLength(count + 1)
    expect(JSON.parse(aws.saved.at(-1)!).regions['eu-west-1'].alarms).toEqual({ errors: 'ALARM' })
    expect(aws.region.alarms).toEqual({})
  })
})
