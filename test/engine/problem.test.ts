import { describe, expect, it } from 'vitest'
import { problemOf } from '../../src/engine/problem.ts'
import { read } from '../../src/definition/read.ts'

const named = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more })

describe('an error in words', () => {
  it.each([
    [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'NoCredentials'],
    [named('Error', 'Region is missing'), 'NoRegion'],
    [named('ExpiredTokenException', 'expired'), 'NoCredentials'],
    [named('AccessDeniedException', 'not authorized to perform: ecs:RunTask'), 'RefusedByAws'],
    [named('ClientException', 'no', { $fault: 'client', $metadata: { httpStatusCode: 400 } }), 'RefusedByAws'],
    [Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 502 } }), 'RefusedByAws'],
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'RefusedByAws'],
    [named('TimeoutError', 'timed out'), 'RefusedByAws'],
    [new TypeError('x is not a function'), 'Unexpected'],
    ['a string', 'Unexpected'],
  ])('%s is %s', (error, code) => {
    expect(problemOf(error).code).toBe(code)
  })

  it('keeps its stack only when it is a bug of ecs-task', () => {
    expect(problemOf(new TypeError('x')).stack).toContain('TypeError: x')
    expect(problemOf(named('AccessDeniedException', 'x')).stack).toBeUndefined()
  })
})

it('whatever a getter throws is a problem of the definition', () => {
  const source = {
    get taskDefinition(): never {
      throw Object.create(null)
    },
  }
  expect(() => read(source, 'Web')).toThrow(expect.objectContaining({ code: 'BadDefinition' }))
})
