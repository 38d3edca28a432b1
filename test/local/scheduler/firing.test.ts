import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, minutes, seconds, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const RoleArn = 'arn:aws:iam::123456789012:role/scheduler'
const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'

/** A cluster with a task definition `job`, and a schedule of it. */
function scheduled(more: Unchecked, ecs: Unchecked = {}): TestAws {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  aws.call('ecs', 'RegisterTaskDefinition', {
    family: 'job',
    containerDefinitions: [{ name: 'job', image: 'job:1', memory: 64 }],
  })
  aws.call('scheduler', 'CreateSchedule', {
    Name: 'nightly',
    ScheduleExpression: 'rate(10 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: cluster, RoleArn, EcsParameters: { TaskDefinitionArn: 'job', ...ecs } },
    ...more,
  })
  aws.advance(0)
  return aws
}

/** When its tasks were created, in minutes after the start. */
const created = (aws: TestAws): number[] =>
  Object.values(aws.region.tasks).map(({ task }) => (task['createdAt'] * 1000 - start) / minutes(1))

describe('a schedule that is due', () => {
  it('starts its tasks, each time, with what its target says', () => {
    const input = JSON.stringify({ containerOverrides: [{ name: 'job', command: ['migrate'] }] })
    const aws = scheduled({
      Target: {
        Arn: cluster,
        RoleArn,
        Input: input,
        EcsParameters: { TaskDefinitionArn: 'job', TaskCount: 2, Group: 'night' },
      },
    })
    aws.advance(minutes(25))
    expect(created(aws)).toEqual([0, 0, 10, 10, 20, 20])
    expect(Object.values(aws.region.tasks)[0]?.task).toMatchObject({
      startedBy: 'chronos-schedule/nightly',
      group: 'night',
      lastStatus: 'STOPPED',
      overrides: { containerOverrides: [{ command: ['migrate'] }] },
    })
  })

  it('makes the same history in one big step as in many small ones', () => {
    const [big, small] = [scheduled({}), scheduled({})]
    big.advance(minutes(45))
    for (let step = 0; step < 45 * 4; step += 1) small.advance(seconds(15))
    expect(created(big)).toEqual([0, 10, 20, 30, 40])
    expect(big.world).toEqual(small.world)
  })

  it('begins at its start date and ends with its end date', () => {
    const aws = scheduled({ StartDate: start / 1000 + 300, EndDate: start / 1000 + 1500 })
    aws.advance(minutes(40))
    expect(created(aws)).toEqual([5, 15, 25])
  })

  it('goes on in its rhythm after an update, and starts what it says from then on', () => {
    const aws = scheduled({})
    aws.call('ecs', 'RegisterTaskDefinition', {
      family: 'job',
      containerDefinitions: [{ name: 'job', image: 'job:2', memory: 64 }],
    })
    aws.advance(minutes(4))
    const {
      Arn: _,
      CreationDate: __,
      LastModificationDate: ___,
      ...shown
    } = aws.call('scheduler', 'GetSchedule', { Name: 'nightly' })
    const EcsParameters = { TaskDefinitionArn: 'job:1' }
    aws.call('scheduler', 'UpdateSchedule', { ...shown, Target: { ...shown.Target, EcsParameters } })
    aws.advance(minutes(16))
    expect(created(aws)).toEqual([0, 10, 20])
    const revisions = Object.values(aws.region.tasks).map(({ task }) => task['taskDefinitionArn'].split('/')[1])
    expect(revisions).toEqual(['job:1', 'job:1', 'job:1'])
  })

  it('once is deleted afterwards, where that is wanted', () => {
    const ScheduleExpression = 'at(2026-01-01T01:30:00)'
    const once = { ScheduleExpression, ScheduleExpressionTimezone: 'Europe/Vienna' }
    const [kept, deleted] = [scheduled(once), scheduled({ ...once, ActionAfterCompletion: 'DELETE' })]
    for (const aws of [kept, deleted]) {
      aws.advance(minutes(29))
      expect(created(aws)).toEqual([])
      aws.advance(minutes(20))
      expect(created(aws)).toEqual([30])
    }
    expect(Object.keys(kept.region.schedules)).toEqual(['default/nightly'])
    expect(deleted.region.schedules).toEqual({})
  })

  it('starts nothing while it is DISABLED, and nothing that ECS refuses', () => {
    const aws = scheduled({ State: 'DISABLED' })
    const broken = scheduled({}, { TaskDefinitionArn: 'other' })
    for (const each of [aws, broken]) {
      each.advance(minutes(30))
      expect(created(each)).toEqual([])
    }
    expect(broken.warnings).toEqual([])
  })
})
