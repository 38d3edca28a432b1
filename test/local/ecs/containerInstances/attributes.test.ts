import { expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { instance, join } from '../instances.ts'
import { localAws, type TestAws } from '../../support.ts'

const put = (aws: TestAws, ...attributes: Unchecked[]): Unchecked =>
  aws.call('ecs', 'PutAttributes', { cluster: 'c', attributes })
const remove = (aws: TestAws, ...attributes: Unchecked[]): Unchecked =>
  aws.call('ecs', 'DeleteAttributes', { cluster: 'c', attributes })
const list = (aws: TestAws, input: Unchecked = {}): Unchecked[] =>
  aws.call('ecs', 'ListAttributes', { cluster: 'c', targetType: 'container-instance', ...input }).attributes

test('attributes are set on instances by ARN and by id, changed, listed and deleted', () => {
  const aws = localAws()
  const [one, two] = [join(aws, 'i-1'), join(aws, 'i-2')]
  const targetType = 'container-instance'
  const attributes = [
    { name: 'stack', value: 'prod', targetId: one },
    { name: 'stack', value: 'test', targetId: two.split('/').at(-1), targetType },
    { name: 'ssd', targetId: one },
  ]
  expect(put(aws, ...attributes)).toEqual({ attributes })
  expect(instance(aws, one).attributes).toContainEqual({ name: 'ssd' })
  expect(list(aws, { attributeName: 'stack' })).toEqual([
    { name: 'stack', value: 'prod', targetId: one },
    { name: 'stack', value: 'test', targetId: two },
  ])
  put(aws, { name: 'stack', value: 'prod', targetId: two })
  expect(list(aws, { attributeName: 'stack', attributeValue: 'prod' })).toHaveLength(2)
  remove(aws, { name: 'stack', targetId: one }, { name: 'nope', targetId: one })
  expect(list(aws, { attributeName: 'stack' })).toEqual([{ name: 'stack', value: 'prod', targetId: two }])
})

test('the list has the built-in attributes, page by page', () => {
  const aws = localAws()
  const targetId = join(aws, 'i-1')
  const all = list(aws)
  expect(all).toContainEqual({ name: 'ecs.instance-type', value: 't3.medium', targetId })
  const first = aws.call('ecs', 'ListAttributes', { cluster: 'c', targetType: 'container-instance', maxResults: 3 })
  expect(first.attributes).toEqual(all.slice(0, 3))
  expect(list(aws, { maxResults: 100, nextToken: first.nextToken })).toEqual(all.slice(3))
})

test('an instance has at most 10 custom attributes, and a call that exceeds that sets none', () => {
  const aws = localAws()
  const targetId = join(aws, 'i-1')
  put(aws, ...Array.from({ length: 9 }, (_, index) => ({ name: `a${index}`, targetId })))
  const two = ['x', 'y'].map((name) => ({ name, targetId }))
  expect(() => put(aws, ...two)).toThrow(expect.objectContaining({ code: 'AttributeLimitExceededException' }))
  expect(list(aws, { attributeName: 'x' })).toEqual([])
  put(aws, { name: 'a0', value: 'again', targetId }, { name: 'x', targetId })
  expect(list(aws, { attributeName: 'x' })).toHaveLength(1)
})

const id = 'arn:aws:ecs:us-east-1:123456789012:container-instance/c/0'
test.each([
  ['TargetNotFoundException', [{ name: 'a', targetId: id }]],
  ['TargetNotFoundException', [{ name: 'a', targetId: '0' }]],
  ['TargetNotFoundException', [{ name: 'a', targetId: id, targetType: 'task' }]],
  ['InvalidParameterException', [{ name: 'a' }]],
  ['InvalidParameterException', []],
  ['InvalidParameterException', Array.from({ length: 11 }, () => ({ name: 'a', targetId: id }))],
  ['InvalidParameterException', [{ name: 'no spaces', targetId: id }]],
  ['InvalidParameterException', [{ name: 'a', value: ' b', targetId: id }]],
])('attributes are refused with %s: %j', (code, attributes) => {
  const aws = localAws()
  join(aws, 'i-1')
  for (const change of [put, remove]) {
    expect(() => change(aws, ...attributes)).toThrow(expect.objectContaining({ code }))
  }
})

test('a value can only be searched for with its name, and only of instances', () => {
  const aws = localAws()
  join(aws, 'i-1')
  for (const input of [{ attributeValue: 'prod' }, { targetType: 'task' }]) {
    expect(() => list(aws, input)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
  }
})
