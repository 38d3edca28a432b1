import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, seconds, start } from '../support.ts'

const RoleArn = 'arn:aws:iam::123456789012:role/scheduler'
const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'

const target = (TaskDefinitionArn = 'job'): Unchecked => ({
  Arn: cluster,
  RoleArn,
  EcsParameters: { TaskDefinitionArn },
})

const schedule = (Name: string, more: Unchecked = {}): Unchecked => ({
  Name,
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: target(),
  ...more,
})

const refused = (code: string, status: number, message?: string): object =>
  expect.objectContaining({ code, status, ...(message !== undefined && { message }) })

describe('a schedule', () => {
  it('is shown with AWS’s defaults', () => {
    const aws = localAws()
    const Arn = 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly'
    expect(aws.call('scheduler', 'CreateSchedule', schedule('nightly'))).toEqual({ ScheduleArn: Arn })
    expect(aws.call('scheduler', 'GetSchedule', { Name: 'nightly' })).toEqual({
      ...schedule('nightly'),
      Arn,
      GroupName: 'default',
      ScheduleExpressionTimezone: 'UTC',
      State: 'ENABLED',
      ActionAfterCompletion: 'NONE',
      Target: {
        ...target(),
        EcsParameters: { TaskDefinitionArn: 'job', TaskCount: 1 },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
      CreationDate: start / 1000,
      LastModificationDate: start / 1000,
    })
  })

  it('gets the defaults back for all that an update leaves out', () => {
    const aws = localAws()
    const more = {
      Description: 'x',
      State: 'DISABLED',
      ScheduleExpressionTimezone: 'Europe/Vienna',
      EndDate: start / 1000 + 9,
    }
    aws.call('scheduler', 'CreateSchedule', schedule('nightly', more))
    aws.advance(seconds(5))
    aws.call('scheduler', 'UpdateSchedule', schedule('nightly', { Target: target('job:2') }))
    const shown = aws.call('scheduler', 'GetSchedule', { Name: 'nightly' })
    expect(shown).toMatchObject({
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'UTC',
      Target: { EcsParameters: { TaskDefinitionArn: 'job:2' } },
      CreationDate: start / 1000,
      LastModificationDate: start / 1000 + 5,
    })
    expect(shown).not.toHaveProperty('Description')
    expect(shown).not.toHaveProperty('EndDate')
  })

  it('that is there or not there is refused as AWS refuses it', () => {
    const aws = localAws()
    aws.call('scheduler', 'CreateSchedule', schedule('nightly'))
    expect(() => aws.call('scheduler', 'CreateSchedule', schedule('nightly'))).toThrow(
      refused('ConflictException', 409, 'Schedule nightly already exists.'),
    )
    for (const [operation, input] of [
      ['GetSchedule', { Name: 'other' }],
      ['DeleteSchedule', { Name: 'other' }],
      ['UpdateSchedule', schedule('other')],
    ] as const) {
      expect(() => aws.call('scheduler', operation, input)).toThrow(
        refused('ResourceNotFoundException', 404, 'Schedule other does not exist.'),
      )
    }
    expect(() => aws.call('scheduler', 'GetSchedule', { Name: 'nightly', GroupName: 'none' })).toThrow(
      refused('ResourceNotFoundException', 404, 'Schedule group none does not exist.'),
    )
  })

  it.each([
    ['an expression that is none', { ScheduleExpression: 'rate(x)' }, 'Invalid Schedule Expression rate(x).'],
    ['a time zone that is none', { ScheduleExpressionTimezone: 'Mars' }, 'Invalid Schedule Expression Timezone Mars.'],
    [
      'an end before its start',
      { StartDate: 10, EndDate: 9 },
      'The StartDate you specify must come before the EndDate.',
    ],
    ['a window without its size', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, undefined],
    ['a state that is none', { State: 'PAUSED' }, undefined],
    ['a cluster without a task', { Target: { Arn: cluster, RoleArn } }, undefined],
    [
      'eleven tasks',
      { Target: { Arn: cluster, RoleArn, EcsParameters: { TaskDefinitionArn: 'a', TaskCount: 11 } } },
      undefined,
    ],
    ['a role that is none', { Target: { ...target(), RoleArn: 'scheduler' } }, undefined],
    ['an unknown member', { Timezone: 'UTC' }, undefined],
  ])('with %s is refused', (_what, more, message) => {
    const aws = localAws()
    expect(() => aws.call('scheduler', 'CreateSchedule', schedule('nightly', more))).toThrow(
      refused('ValidationException', 400, message),
    )
    expect(aws.region.schedules).toEqual({})
  })

  it('needs a role that trusts EventBridge Scheduler, where the role is there', () => {
    const aws = localAws()
    const trusting = (Service: string): string =>
      JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] })
    aws.call('iam', 'CreateRole', { RoleName: 'scheduler', AssumeRolePolicyDocument: trusting('events.amazonaws.com') })
    expect(() => aws.call('scheduler', 'CreateSchedule', schedule('nightly'))).toThrow(
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    )
    aws.call('iam', 'DeleteRole', { RoleName: 'scheduler' })
    aws.call('iam', 'CreateRole', {
      RoleName: 'scheduler',
      AssumeRolePolicyDocument: trusting('scheduler.amazonaws.com'),
    })
    aws.call('scheduler', 'CreateSchedule', schedule('nightly'))
  })
})

describe('groups of schedules', () => {
  const grouped = () => {
    const aws = localAws()
    aws.call('scheduler', 'CreateScheduleGroup', { Name: 'shop', Tags: [{ Key: 'team', Value: 'web' }] })
    for (const Name of ['a', 'b', 'c']) {
      aws.call('scheduler', 'CreateSchedule', schedule(Name))
      aws.call('scheduler', 'CreateSchedule', schedule(Name, { GroupName: 'shop', State: 'DISABLED' }))
    }
    return aws
  }

  it('list their schedules page by page', () => {
    const aws = grouped()
    const names: string[] = []
    let NextToken: string | undefined
    do {
      const page = aws.call('scheduler', 'ListSchedules', { MaxResults: 2, NextToken })
      names.push(
        ...page.Schedules.map((each: Unchecked) => `${each.GroupName}/${each.Name} ${each.Target.Arn === cluster}`),
      )
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    const all = ['default', 'shop'].flatMap((group) => ['a', 'b', 'c'].map((name) => `${group}/${name} true`))
    expect(names).toEqual(all)
    const of = (input: Unchecked): string[] =>
      aws.call('scheduler', 'ListSchedules', input).Schedules.map((each: Unchecked) => `${each.GroupName}/${each.Name}`)
    expect(of({ GroupName: 'shop', NamePrefix: 'b' })).toEqual(['shop/b'])
    expect(of({ State: 'ENABLED' })).toEqual(['default/a', 'default/b', 'default/c'])
    expect(() => of({ GroupName: 'none' })).toThrow(refused('ResourceNotFoundException', 404))
    expect(() => of({ NextToken: 'x' })).toThrow(refused('ValidationException', 400))
    expect(() => of({ MaxResults: 101 })).toThrow(refused('ValidationException', 400))
  })

  it('have tags, and go with their schedules', () => {
    const aws = grouped()
    const { Arn, State } = aws.call('scheduler', 'GetScheduleGroup', { Name: 'shop' })
    expect(State).toBe('ACTIVE')
    aws.call('scheduler', 'TagResource', { ResourceArn: Arn, Tags: [{ Key: 'stage', Value: 'dev' }] })
    aws.call('scheduler', 'UntagResource', { ResourceArn: Arn, TagKeys: ['team', 'none'] })
    expect(aws.call('scheduler', 'ListTagsForResource', { ResourceArn: Arn }).Tags).toEqual([
      { Key: 'stage', Value: 'dev' },
    ])
    const names = () => aws.call('scheduler', 'ListScheduleGroups').ScheduleGroups.map(({ Name }: Unchecked) => Name)
    expect(names()).toEqual(['default', 'shop'])
    expect(() => aws.call('scheduler', 'CreateScheduleGroup', { Name: 'shop' })).toThrow(
      refused('ConflictException', 409),
    )
    expect(() => aws.call('scheduler', 'DeleteScheduleGroup', { Name: 'default' })).toThrow(
      refused('ValidationException', 400),
    )
    aws.call('scheduler', 'DeleteScheduleGroup', { Name: 'shop' })
    expect(names()).toEqual(['default'])
    expect(Object.keys(aws.region.schedules)).toEqual(['default/a', 'default/b', 'default/c'])
    expect(() => aws.call('scheduler', 'GetScheduleGroup', { Name: 'shop' })).toThrow(
      refused('ResourceNotFoundException', 404),
    )
  })
})
