import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const put = (aws: TestAws, Name: string, Value: string, more: Unchecked = {}): Unchecked =>
  aws.call('ssm', 'PutParameter', { Name, Value, Type: 'String', ...more })
const get = (aws: TestAws, Name: string, more: Unchecked = {}): Unchecked =>
  aws.call('ssm', 'GetParameter', { Name, ...more }).Parameter
const refused = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message !== undefined && { message }) })

describe('a parameter', () => {
  it('is found by its name, by a version and by its ARN', () => {
    const aws = localAws()
    expect(put(aws, '/shop/url', 'one')).toEqual({ Version: 1, Tier: 'Standard' })
    expect(put(aws, '/shop/url', 'two', { Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' })
    put(aws, 'plain', 'three')
    const ARN = 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/url'
    const parameter = { Name: '/shop/url', Type: 'String', ARN, DataType: 'text', LastModifiedDate: start / 1000 }
    expect(get(aws, '/shop/url')).toEqual({ ...parameter, Value: 'two', Version: 2 })
    expect(get(aws, '/shop/url:1')).toEqual({ ...parameter, Value: 'one', Version: 1, Selector: ':1' })
    expect(get(aws, ARN)).toEqual({ ...parameter, Value: 'two', Version: 2 })
    expect(get(aws, 'arn:aws:ssm:us-east-1:123456789012:parameter/plain')).toMatchObject({ Value: 'three' })
    expect(() => get(aws, '/shop/url:3')).toThrow(refused('ParameterNotFound'))
  })

  it('that is a SecureString shows its value only where that is asked for', () => {
    const aws = localAws()
    put(aws, 'password', 's3cret', { Type: 'SecureString' })
    expect(get(aws, 'password').Value).not.toContain('s3cret')
    expect(get(aws, 'password', { WithDecryption: true }).Value).toBe('s3cret')
    expect(JSON.stringify(aws.call('ssm', 'DescribeParameters'))).not.toContain('s3cret')
  })

  it.each<[string, Unchecked, string]>([
    ['again', { Name: 'url', Value: 'x', Type: 'String' }, 'ParameterAlreadyExists'],
    ['without a type', { Name: 'new', Value: 'x' }, 'ValidationException'],
    ['of another type', { Name: 'new', Value: 'x', Type: 'Number' }, 'UnsupportedParameterType'],
    ['without a value', { Name: 'new', Value: '', Type: 'String' }, 'ValidationException'],
    ['too long', { Name: 'new', Value: 'x'.repeat(4097), Type: 'String' }, 'ValidationException'],
    ['by half a path', { Name: 'shop/new', Value: 'x', Type: 'String' }, 'ValidationException'],
    ['of AWS', { Name: '/aws/new', Value: 'x', Type: 'String' }, 'ValidationException'],
    ['with blanks', { Name: 'a b', Value: 'x', Type: 'String' }, 'ValidationException'],
  ])('%s is refused', (_what, input, code) => {
    const aws = localAws()
    put(aws, 'url', 'one')
    expect(() => aws.call('ssm', 'PutParameter', input)).toThrow(refused(code))
    expect(Object.keys(aws.region.parameters)).toEqual(['url'])
  })

  it('goes, and is not found any more', () => {
    const aws = localAws()
    put(aws, 'url', 'one')
    aws.call('ssm', 'DeleteParameter', { Name: 'url' })
    expect(() => aws.call('ssm', 'DeleteParameter', { Name: 'url' })).toThrow(refused('ParameterNotFound'))
  })
})

describe('several parameters', () => {
  const three = () => {
    const aws = localAws()
    for (const name of ['/shop/a', '/shop/b', '/shop/deep/c']) put(aws, name, name)
    return aws
  }
  const names = ({ Parameters }: Unchecked): string[] => Parameters.map(({ Name }: Unchecked) => Name)

  it('are named together, up to ten', () => {
    const aws = three()
    const { InvalidParameters, ...found } = aws.call('ssm', 'GetParameters', {
      Names: ['/shop/b', '/no', '/shop/a:1', '/shop/b'],
    })
    expect(names(found)).toEqual(['/shop/b', '/shop/a'])
    expect(InvalidParameters).toEqual(['/no'])
    const many = Array.from({ length: 11 }, (_, index) => `p${index}`)
    expect(() => aws.call('ssm', 'GetParameters', { Names: many })).toThrow(refused('ValidationException'))
  })

  it('are below a path, or listed by a filter', () => {
    const aws = three()
    const below = (input: Unchecked): string[] =>
      names(aws.call('ssm', 'GetParametersByPath', { Path: '/shop', ...input }))
    expect(below({})).toEqual(['/shop/a', '/shop/b'])
    expect(below({ Recursive: true })).toEqual(['/shop/a', '/shop/b', '/shop/deep/c'])
    const { NextToken } = aws.call('ssm', 'GetParametersByPath', { Path: '/shop/', MaxResults: 1 })
    expect(below({ NextToken, MaxResults: 1 })).toEqual(['/shop/b'])
    const listed = (filter: Unchecked): string[] =>
      names(aws.call('ssm', 'DescribeParameters', { ParameterFilters: [filter] }))
    expect(listed({ Key: 'Name', Option: 'BeginsWith', Values: ['/shop/d'] })).toEqual(['/shop/deep/c'])
    expect(listed({ Key: 'Name', Values: ['/shop/a'] })).toEqual(['/shop/a'])
    expect(listed({ Key: 'Path', Option: 'Recursive', Values: ['/shop/deep'] })).toEqual(['/shop/deep/c'])
    expect(() => listed({ Key: 'tag:x', Values: [] })).toThrow(refused('InvalidFilterKey'))
  })
})
