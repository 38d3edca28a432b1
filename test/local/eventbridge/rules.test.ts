import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const schedule = { ScheduleExpression: 'rate(1 day)' }
const pattern = { EventPattern: '{"source":["app"]}' }

function nightly(): TestAws {
  const aws = localAws()
  aws.call('events', 'PutRule', { Name: 'nightly', ...schedule })
  return aws
}

const rule = (aws: TestAws, Name = 'nightly'): Unchecked => aws.call('events', 'DescribeRule', { Name })

const unknown = (name: string): object =>
  expect.objectContaining({
    code: 'ResourceNotFoundException',
    message: `Rule ${name} does not exist on EventBus default.`,
    status: 400,
  })

describe('PutRule', () => {
  it('creates a rule that is ENABLED', () => {
    const aws = localAws()
    const Arn = 'arn:aws:events:us-east-1:123456789012:rule/nightly'
    expect(aws.call('events', 'PutRule', { Name: 'nightly', ...schedule })).toEqual({ RuleArn: Arn })
    expect(rule(aws)).toEqual({
      Name: 'nightly',
      Arn,
      ...schedule,
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: '123456789012',
    })
  })

  it('replaces a rule whole: members left out are gone, its targets stay', () => {
    const aws = localAws()
    aws.call('events', 'PutRule', {
      Name: 'nightly',
      ...schedule,
      Description: 'old',
      State: 'DISABLED',
      RoleArn: 'arn:aws:iam::123456789012:role/r',
    })
    aws.call('events', 'PutTargets', { Rule: 'nightly', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:1:q' }] })
    aws.call('events', 'PutRule', { Name: 'nightly', ...pattern })
    const after = rule(aws)
    expect(after).toMatchObject({ ...pattern, State: 'ENABLED' })
    for (const member of ['Description', 'RoleArn', 'ScheduleExpression']) expect(after).not.toHaveProperty(member)
    expect(aws.call('events', 'ListTargetsByRule', { Rule: 'nightly' }).Targets).toHaveLength(1)
  })

  it('applies tags only when the rule is created', () => {
    const aws = localAws()
    aws.call('events', 'PutRule', { Name: 'nightly', ...schedule, Tags: [{ Key: 'team', Value: 'a' }] })
    aws.call('events', 'PutRule', { Name: 'nightly', ...schedule, Tags: [{ Key: 'team', Value: 'b' }] })
    expect(aws.region.tags[rule(aws)['Arn']]).toEqual([{ Key: 'team', Value: 'a' }])
    expect(rule(aws)).not.toHaveProperty('Tags')
  })

  it.each([
    'rate(1 minute)',
    'rate(5 minutes)',
    'rate(12 hours)',
    'cron(0 3 * * ? *)',
    'cron(0/15 8-17 ? * MON-FRI *)',
  ])('takes the schedule %s', (ScheduleExpression) => {
    const aws = localAws()
    aws.call('events', 'PutRule', { Name: 'nightly', ScheduleExpression })
    expect(rule(aws)['ScheduleExpression']).toBe(ScheduleExpression)
  })

  it.each([
    'daily',
    'rate(0 days)',
    'rate(1 days)',
    'rate(2 day)',
    'rate(1 week)',
    'rate(1.5 hours)',
    'cron(0 3 * * *)',
    'cron(0 3 * * * *)',
    'cron(0 3 ? * ? *)',
    'cron()',
    'at(2026-01-01T00:00:00)',
  ])('refuses the schedule %j', (ScheduleExpression) => {
    const aws = localAws()
    expect(() => aws.call('events', 'PutRule', { Name: 'nightly', ScheduleExpression })).toThrow(
      expect.objectContaining({
        code: 'ValidationException',
        message: 'Parameter ScheduleExpression is not valid.',
      }),
    )
    expect(aws.region.rules).toEqual({})
  })

  it.each([
    [{ Name: 'nightly' }, 'ValidationException'],
    [{ Name: 'my rule', ...schedule }, 'ValidationException'],
    [{ Name: '', ...schedule }, 'ValidationException'],
    [{ Name: 'a'.repeat(65), ...schedule }, 'ValidationException'],
    [{ Name: 'a b'.repeat(30), ...schedule }, 'ValidationException'],
    [{ Name: 'nightly', ...schedule, State: 'ON' }, 'ValidationException'],
    [{ Name: 'nightly', EventPattern: '{' }, 'InvalidEventPatternException'],
    [{ Name: 'nightly', EventPattern: '["app"]' }, 'InvalidEventPatternException'],
    [{ Name: 'nightly', ...pattern, EventBusName: 'orders' }, 'ResourceNotFoundException'],
    [{ Name: 'nightly', ...schedule, EventBusName: 'orders' }, 'ValidationException'],
  ])('refuses %j', (input, code) => {
    const aws = localAws()
    expect(() => aws.call('events', 'PutRule', input)).toThrow(expect.objectContaining({ code }))
    expect(aws.region.rules).toEqual({})
  })
})

describe('A rule', () => {
  it('that is unknown does not exist on EventBus default', () => {
    const aws = localAws()
    expect(() => rule(aws, 'hourly')).toThrow(unknown('hourly'))
    expect(() => aws.call('events', 'EnableRule', { Name: 'hourly' })).toThrow(unknown('hourly'))
    expect(() => aws.call('events', 'DisableRule', { Name: 'hourly' })).toThrow(unknown('hourly'))
    expect(() => aws.call('events', 'ListTargetsByRule', { Rule: 'hourly' })).toThrow(unknown('hourly'))
  })

  it('is found by the name and by the ARN of its bus', () => {
    const aws = nightly()
    for (const EventBusName of ['default', 'arn:aws:events:us-east-1:123456789012:event-bus/default']) {
      expect(aws.call('events', 'DescribeRule', { Name: 'nightly', EventBusName }).Name).toBe('nightly')
    }
    expect(() => aws.call('events', 'DescribeRule', { Name: 'nightly', EventBusName: 'orders' })).toThrow(
      'Rule nightly does not exist on EventBus orders.',
    )
  })

  it('is disabled and enabled without losing anything', () => {
    const aws = nightly()
    const before = rule(aws)
    aws.call('events', 'DisableRule', { Name: 'nightly' })
    expect(rule(aws)).toEqual({ ...before, State: 'DISABLED' })
    aws.call('events', 'EnableRule', { Name: 'nightly' })
    expect(rule(aws)).toEqual(before)
  })

  it('is deleted only when it has no targets', () => {
    const aws = nightly()
    aws.call('events', 'PutTargets', { Rule: 'nightly', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:1:q' }] })
    expect(() => aws.call('events', 'DeleteRule', { Name: 'nightly' })).toThrow(
      expect.objectContaining({
        code: 'ValidationException',
        message: "Rule can't be deleted since it has targets.",
      }),
    )
    expect(rule(aws)['Name']).toBe('nightly')
    aws.call('events', 'RemoveTargets', { Rule: 'nightly', Ids: ['a'] })
    aws.call('events', 'DeleteRule', { Name: 'nightly' })
    expect(() => rule(aws)).toThrow(unknown('nightly'))
    expect(aws.call('events', 'DeleteRule', { Name: 'nightly' })).toEqual({})
  })
})

describe('ListRules', () => {
  it('gives the rules of a bus by name, in pages', () => {
    const aws = localAws()
    for (const Name of ['c', 'a', 'b', 'ab']) aws.call('events', 'PutRule', { Name, ...schedule })
    const names = (input: Unchecked): string[] =>
      aws.call('events', 'ListRules', input).Rules.map((one: Unchecked) => one['Name'])
    expect(names({})).toEqual(['a', 'ab', 'b', 'c'])
    expect(names({ NamePrefix: 'a' })).toEqual(['a', 'ab'])
    const { NextToken } = aws.call('events', 'ListRules', { Limit: 3 })
    expect(aws.call('events', 'ListRules', { Limit: 3, NextToken })).toEqual({
      Rules: [
        {
          Name: 'c',
          Arn: 'arn:aws:events:us-east-1:123456789012:rule/c',
          ...schedule,
          State: 'ENABLED',
          EventBusName: 'default',
        },
      ],
    })
    expect(() => names({ EventBusName: 'orders' })).toThrow('Event bus orders does not exist.')
  })

  it.each([{ Limit: 0 }, { Limit: 101 }, { NextToken: 'x' }])('refuses %j', (input) => {
    expect(() => nightly().call('events', 'ListRules', input)).toThrow(
      expect.objectContaining({ code: 'ValidationException' }),
    )
  })
})
