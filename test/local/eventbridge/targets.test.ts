import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'
const RoleArn = 'arn:aws:iam::123456789012:role/events'
const TaskDefinitionArn = 'arn:aws:ecs:us-east-1:123456789012:task-definition/nobody-made-it:7'
const queue = { Arn: 'arn:aws:sqs:us-east-1:123456789012:queue' }
const task = (Id: string, more: Unchecked = {}): Unchecked => ({
  Id,
  Arn: cluster,
  RoleArn,
  EcsParameters: { TaskDefinitionArn },
  ...more,
})

function rules(...names: string[]): TestAws {
  const aws = localAws()
  for (const Name of names) aws.call('events', 'PutRule', { Name, ScheduleExpression: 'rate(1 day)' })
  return aws
}

const put = (aws: TestAws, ...Targets: Unchecked[]): Unchecked =>
  aws.call('events', 'PutTargets', { Rule: 'nightly', Targets })

const listed = (aws: TestAws, input: Unchecked = {}): Unchecked[] =>
  aws.call('events', 'ListTargetsByRule', { Rule: 'nightly', ...input }).Targets

describe('PutTargets', () => {
  it('adds targets, whether or not the task definition exists', () => {
    const aws = rules('nightly')
    expect(put(aws, task('web'), { Id: 'queue', ...queue })).toEqual({ FailedEntryCount: 0, FailedEntries: [] })
    expect(listed(aws)).toEqual([
      task('web', { EcsParameters: { TaskDefinitionArn, TaskCount: 1 } }),
      { Id: 'queue', ...queue },
    ])
  })

  it('replaces a target whole, in its place: members left out are gone', () => {
    const aws = rules('nightly')
    const Input = '{"containerOverrides":[]}'
    const EcsParameters = { TaskDefinitionArn, TaskCount: 3, LaunchType: 'EC2', Group: 'g' }
    put(aws, task('web', { Input, EcsParameters, RetryPolicy: { MaximumRetryAttempts: 1 } }), task('worker'))
    put(aws, task('web'))
    expect(listed(aws)).toEqual([
      task('web', { EcsParameters: { TaskDefinitionArn, TaskCount: 1 } }),
      task('worker', { EcsParameters: { TaskDefinitionArn, TaskCount: 1 } }),
    ])
  })

  it('takes no more than 5 targets to a rule', () => {
    const aws = rules('nightly')
    put(aws, ...['a', 'b', 'c', 'd', 'e'].map((id) => task(id)))
    const refused = expect.objectContaining({
      code: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    })
    expect(() => put(aws, task('f'))).toThrow(refused)
    put(aws, task('e', { Input: '{}' }))
    expect(listed(aws).map(({ Id }) => Id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(listed(aws)[4]).toMatchObject({ Input: '{}' })
  })

  it('takes no more than 10 entries to a request', () => {
    const aws = rules('nightly')
    const many = Array.from({ length: 11 }, (_, index) => task(`web${index}`))
    expect(() => put(aws, ...many)).toThrow(expect.objectContaining({ code: 'LimitExceededException' }))
    expect(listed(aws)).toEqual([])
  })

  it('changes nothing when one target of several is refused', () => {
    const aws = rules('nightly')
    put(aws, task('web'))
    const before = listed(aws)
    expect(() => put(aws, task('web', { Input: '{}' }), task('worker', { RoleArn: undefined }))).toThrow()
    expect(listed(aws)).toEqual(before)
  })

  it.each([
    [task('web', { RoleArn: undefined }), `RoleArn is required for target ${cluster}.`],
    [task('web', { EcsParameters: undefined }), 'Parameter(s) EcsParameters must be specified for target: web.'],
    [task('web', { Arn: 'shop' }), 'Parameter shop is not valid. Reason: Provided Arn is not in correct format.'],
    [task('web', { Input: 'not json' }), 'JSON syntax error in input for target web'],
    [
      task('web', { Input: '{}', InputPath: '$' }),
      'Only one of Input, InputPath, or InputTransformer must be provided for target web.',
    ],
    [
      task('web', { EcsParameters: { TaskDefinitionArn, TaskCount: 0 } }),
      'TaskCount must be at least 1 for target web.',
    ],
  ])('refuses %j', (target, message) => {
    const aws = rules('nightly')
    expect(() => put(aws, target)).toThrow(
      expect.objectContaining({ code: 'ValidationException', message, status: 400 }),
    )
    expect(listed(aws)).toEqual([])
  })

  it('takes an Input of 8192 characters and a single task', () => {
    const aws = rules('nightly')
    const EcsParameters = { TaskDefinitionArn, TaskCount: 1 }
    put(aws, task('web', { Input: `"${'a'.repeat(8190)}"`, EcsParameters }))
    expect(listed(aws)).toMatchObject([{ Id: 'web', EcsParameters }])
  })

  it.each(['', 'my web', 'a'.repeat(65)])('refuses the target id %j', (id) => {
    expect(() => put(rules('nightly'), task(id))).toThrow(/^1 validation error detected: .*'targets.member.id'/)
  })

  it('refuses a rule that is not there, and an empty list', () => {
    expect(() => put(rules(), task('web'))).toThrow(
      expect.objectContaining({
        code: 'ResourceNotFoundException',
        message: 'Rule nightly does not exist on EventBus default.',
      }),
    )
    expect(() => put(rules('nightly'))).toThrow(expect.objectContaining({ code: 'ValidationException' }))
  })
})

const remove = (Ids: string[], Rule: string): Unchecked =>
  rules('nightly').call('events', 'RemoveTargets', { Rule, Ids })

describe('RemoveTargets', () => {
  it('removes by id and skips unknown ids', () => {
    const aws = rules('nightly')
    put(aws, task('a'), task('b'), task('c'))
    const input = { Rule: 'nightly', Ids: ['a', 'c', 'never'] }
    expect(aws.call('events', 'RemoveTargets', input)).toEqual({ FailedEntryCount: 0, FailedEntries: [] })
    expect(listed(aws).map(({ Id }) => Id)).toEqual(['b'])
  })

  it('refuses a rule that is not there, and an empty list', () => {
    expect(() => remove(['a'], 'hourly')).toThrow(expect.objectContaining({ code: 'ResourceNotFoundException' }))
    expect(() => remove([], 'nightly')).toThrow(expect.objectContaining({ code: 'ValidationException' }))
  })
})

describe('The lists of targets', () => {
  it('give the targets of a rule in pages', () => {
    const aws = rules('nightly')
    put(aws, task('a'), task('b'), task('c'))
    const first = aws.call('events', 'ListTargetsByRule', { Rule: 'nightly', Limit: 2 })
    expect(first.Targets.map(({ Id }: Unchecked) => Id)).toEqual(['a', 'b'])
    const second = aws.call('events', 'ListTargetsByRule', { Rule: 'nightly', Limit: 2, NextToken: first.NextToken })
    expect(second.Targets.map(({ Id }: Unchecked) => Id)).toEqual(['c'])
    expect(second).not.toHaveProperty('NextToken')
    expect(() => listed(aws, { NextToken: 'x' })).toThrow(expect.objectContaining({ code: 'ValidationException' }))
    expect(() => listed(aws, { Limit: 101 })).toThrow(expect.objectContaining({ code: 'ValidationException' }))
  })

  it('give the rules that have a target of an ARN, each once', () => {
    const aws = rules('nightly', 'hourly', 'idle')
    put(aws, task('a'), task('b'))
    const Targets = [task('web'), { Id: 'queue', ...queue }]
    aws.call('events', 'PutTargets', { Rule: 'hourly', Targets })
    const names = (TargetArn: string, more: Unchecked = {}): Unchecked =>
      aws.call('events', 'ListRuleNamesByTarget', { TargetArn, ...more })
    expect(names(cluster)).toEqual({ RuleNames: ['hourly', 'nightly'] })
    expect(names(queue.Arn)).toEqual({ RuleNames: ['hourly'] })
    expect(names(TaskDefinitionArn)).toEqual({ RuleNames: [] })
    const { RuleNames, NextToken } = names(cluster, { Limit: 1 })
    expect(RuleNames).toEqual(['hourly'])
    expect(names(cluster, { Limit: 1, NextToken })).toEqual({ RuleNames: ['nightly'] })
  })
})
