import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const web = { ServiceNamespace: 'ecs', ResourceId: 'service/shop/web', ScalableDimension: 'ecs:service:DesiredCount' }

function withService(): TestAws {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  aws.call('ecs', 'RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64 }],
  })
  aws.call('ecs', 'CreateService', { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 })
  return aws
}

const scaling = (aws: TestAws, operation: string, input: Unchecked = {}): Unchecked =>
  aws.call('applicationautoscaling', operation, { ...web, ...input })
const targets = (aws: TestAws, input: Unchecked = {}): Unchecked[] =>
  aws.call('applicationautoscaling', 'DescribeScalableTargets', { ServiceNamespace: 'ecs', ...input }).ScalableTargets
const refused = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message !== undefined && { message }) })

describe('a scalable target', () => {
  it('is registered whole and changed in parts', () => {
    const aws = withService()
    const { ScalableTargetARN } = scaling(aws, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 })
    scaling(aws, 'RegisterScalableTarget', { SuspendedState: { DynamicScalingInSuspended: true } })
    scaling(aws, 'RegisterScalableTarget', { MaxCapacity: 6 })
    expect(targets(aws, { ResourceIds: [web.ResourceId, 'service/shop/other'] })).toMatchObject([
      {
        ...web,
        ScalableTargetARN,
        MinCapacity: 1,
        MaxCapacity: 6,
        SuspendedState: {
          DynamicScalingInSuspended: true,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      },
    ])
    expect(targets(aws, { ResourceIds: ['service/shop/other'] })).toEqual([])
  })

  it('brings the number of tasks into its range, at once', () => {
    const aws = withService()
    const count = () => aws.region.services['shop/web']?.service.desiredCount
    scaling(aws, 'RegisterScalableTarget', { MinCapacity: 3, MaxCapacity: 4 })
    expect(count()).toBe(3)
    scaling(aws, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 2 })
    expect(count()).toBe(2)
    scaling(aws, 'RegisterScalableTarget', { MinCapacity: 0, MaxCapacity: 9 })
    expect(count()).toBe(2)
  })

  it('goes with its service, and so do its policies and scheduled actions', () => {
    const aws = withService()
    scaling(aws, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 })
    scaling(aws, 'PutScheduledAction', {
      ScheduledActionName: 'night',
      Schedule: 'rate(1 day)',
      ScalableTargetAction: { MinCapacity: 2 },
    })
    aws.call('ecs', 'DeleteService', { cluster: 'shop', service: 'web', force: true })
    aws.advance(600_000)
    expect([targets(aws), aws.region.scheduledActions]).toEqual([[], {}])
  })

  it.each([
    ['without its capacity', {}, undefined],
    [
      'of more than its most',
      { MinCapacity: 3, MaxCapacity: 2 },
      'Maximum capacity cannot be less than minimum capacity',
    ],
    ['below zero', { MinCapacity: -1, MaxCapacity: 2 }, undefined],
    [
      'of a service that is not there',
      { MinCapacity: 1, MaxCapacity: 2, ResourceId: 'service/shop/no' },
      "ECS service doesn't exist: service/shop/no",
    ],
    ['of another kind', { MinCapacity: 1, MaxCapacity: 2, ServiceNamespace: 'dynamodb' }, undefined],
  ])('%s is refused', (_what, input, message) => {
    const aws = withService()
    expect(() => scaling(aws, 'RegisterScalableTarget', input)).toThrow(refused('ValidationException', message))
    expect(targets(aws)).toEqual([])
  })

  it('takes its policies and scheduled actions with it', () => {
    const aws = withService()
    const TargetTrackingScalingPolicyConfiguration = {
      TargetValue: 62.5,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    }
    const policy = { PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration }
    const none = `No scalable target registered for service namespace: ecs, resource ID: ${web.ResourceId}, scalable dimension: ${web.ScalableDimension}`
    expect(() => scaling(aws, 'PutScalingPolicy', policy)).toThrow(refused('ObjectNotFoundException', none))
    scaling(aws, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 })
    const { PolicyARN, Alarms } = scaling(aws, 'PutScalingPolicy', policy)
    expect(Alarms).toHaveLength(2)
    expect(scaling(aws, 'PutScalingPolicy', policy)).toEqual({ PolicyARN, Alarms })
    expect(scaling(aws, 'DescribeScalingPolicies', { PolicyNames: ['cpu'] }).ScalingPolicies).toMatchObject([policy])
    const action = {
      ScheduledActionName: 'night',
      Schedule: 'cron(0 22 * * ? *)',
      ScalableTargetAction: { MaxCapacity: 1 },
    }
    scaling(aws, 'PutScheduledAction', action)
    scaling(aws, 'PutScheduledAction', { ScheduledActionName: 'night', Timezone: 'Europe/Vienna' })
    expect(scaling(aws, 'DescribeScheduledActions').ScheduledActions).toMatchObject([
      { ...action, Timezone: 'Europe/Vienna' },
    ])
    scaling(aws, 'DeregisterScalableTarget')
    expect([aws.region.scalableTargets, aws.region.scalingPolicies, aws.region.scheduledActions]).toEqual([{}, {}, {}])
    expect(() => scaling(aws, 'DeregisterScalableTarget')).toThrow(refused('ObjectNotFoundException', none))
  })
})

describe('policies and scheduled actions', () => {
  const registered = (): TestAws => {
    const aws = withService()
    scaling(aws, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 })
    return aws
  }

  it.each([
    ['PutScalingPolicy', { PolicyName: 'a', PolicyType: 'TargetTrackingScaling' }],
    ['PutScalingPolicy', { PolicyName: 'a', PolicyType: 'Other' }],
    ['PutScheduledAction', { ScheduledActionName: 'a', ScalableTargetAction: { MinCapacity: 1 } }],
    ['PutScheduledAction', { ScheduledActionName: 'a', Schedule: 'daily', ScalableTargetAction: { MinCapacity: 1 } }],
    ['PutScheduledAction', { ScheduledActionName: 'a', Schedule: 'rate(1 day)' }],
    [
      'PutScheduledAction',
      { ScheduledActionName: 'a', Schedule: 'rate(1 day)', ScalableTargetAction: { MinCapacity: 3, MaxCapacity: 2 } },
    ],
  ])('%s refuses %j', (operation, input) => {
    expect(() => scaling(registered(), operation, input)).toThrow(refused('ValidationException'))
  })

  it('are deleted by name, once', () => {
    const aws = registered()
    scaling(aws, 'PutScalingPolicy', {
      PolicyName: 'a',
      StepScalingPolicyConfiguration: { AdjustmentType: 'ChangeInCapacity' },
    })
    scaling(aws, 'PutScheduledAction', {
      ScheduledActionName: 'a',
      Schedule: 'rate(1 day)',
      ScalableTargetAction: { MinCapacity: 1 },
    })
    scaling(aws, 'DeleteScalingPolicy', { PolicyName: 'a' })
    scaling(aws, 'DeleteScheduledAction', { ScheduledActionName: 'a' })
    expect(() => scaling(aws, 'DeleteScalingPolicy', { PolicyName: 'a' })).toThrow(refused('ObjectNotFoundException'))
    expect(() => scaling(aws, 'DeleteScheduledAction', { ScheduledActionName: 'a' })).toThrow(
      refused('ObjectNotFoundException'),
    )
  })
})

describe('a scheduled action that is due', () => {
  function scheduled(SuspendedState = {}) {
    const open = localAws()
    open.call('ecs', 'CreateCluster', { clusterName: 'shop' })
    const containerDefinitions = [{ name: 'web', image: 'web:1', memory: 64 }]
    open.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    open.call('ecs', 'CreateService', { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 })
    scaling(open, 'RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 9, SuspendedState })
    const put = (ScheduledActionName: string, Schedule: string, ScalableTargetAction: object) =>
      scaling(open, 'PutScheduledAction', {
        ScheduledActionName,
        Schedule,
        Timezone: 'Europe/Berlin',
        ScalableTargetAction,
      })
    put('day', 'cron(0 8 * * ? *)', { MinCapacity: 4 })
    put('night', 'cron(0 20 * * ? *)', { MinCapacity: 1, MaxCapacity: 3 })
    const at = (hour: number) => {
      open.advance(start + hour * 3_600_000 - open.now)
      const [target] = targets(open)
      const { desiredCount } = open.call('ecs', 'DescribeServices', { cluster: 'shop', services: ['web'] }).services[0]
      return [target?.['MinCapacity'], target?.['MaxCapacity'], desiredCount]
    }
    return { open, at }
  }

  it('gives the service another range, in its time zone, every day', () => {
    const { at, open } = scheduled()
    expect([at(6), at(7), at(12), at(19), at(24 + 6), at(24 + 7)]).toEqual([
      [1, 9, 1],
      [4, 9, 4],
      [4, 9, 4],
      [1, 3, 3],
      [1, 3, 3],
      [1, 3, 3],
    ])
    expect(Object.keys(scaling(open, 'DescribeScheduledActions').ScheduledActions[0])).not.toContain('nextAt')
  })

  it('does nothing while scheduled scaling is suspended', () => {
    const { at } = scheduled({ ScheduledScalingSuspended: true })
    expect([at(7), at(19)]).toEqual([
      [1, 9, 1],
      [1, 9, 1],
    ])
  })
})
