import { describe, expect, it } from 'vitest'
import { problemOf } from '../../src/engine/problem.ts'
import { EcsTaskError, UncaughtError } from '../../src/ground/errors.ts'
import { read } from '../../src/definition/read.ts'
import { transportInProcess } from '../sdkInProcess.ts'

const named = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more })

const notOfAws = 'It answered with a web page or other text, not with the JSON or XML of AWS.'

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

  it.each<[Error, object]>([
    [named('AccessDenied', 'no'), { what: 'AWS denied a required call.', why: 'no' }],
    [named('AuthorizationError', 'no'), { what: 'AWS denied a required call.' }],
    [
      named(
        'UnauthorizedOperation',
        'You are not authorized to perform: ec2:DescribeInstances because no policy allows it',
      ),
      { what: 'AWS denied ec2:DescribeInstances.' },
    ],
    [
      named(
        'AccessDeniedException',
        'User: arn:aws:iam::1:user/ci is not authorized to perform: ecs:RunTask on resource: arn:aws:ecs:eu-west-1:1:task-definition/web:7 because no policy allows it',
      ),
      {
        what: 'AWS denied ecs:RunTask on arn:aws:ecs:eu-west-1:1:task-definition/web:7.',
        fix: "Allow it in the caller's policy; all permissions: https://github.com/ecs-task/ecs-task/blob/main/docs/permissions.md",
      },
    ],
    [named('RequestExpired', 'late'), { what: 'AWS does not accept the credentials.', why: 'RequestExpired: late' }],
    [
      named('ClientException', 'no such thing', { $fault: 'client', $metadata: { httpStatusCode: 400 } }),
      { what: 'AWS refused: no such thing', why: 'It answered ClientException.' },
    ],
    [
      named('SyntaxError', 'Unexpected token <', { $metadata: { httpStatusCode: 407 } }),
      {
        what: 'AWS, or a proxy before it, answered with HTTP 407.',
        why: 'The proxy asks for a name and a password.',
        fix: 'Write them into HTTPS_PROXY: http://NAME:PASSWORD@HOST:PORT',
      },
    ],
    [
      named('SyntaxError', 'Unexpected token <', { $metadata: { httpStatusCode: 502 } }),
      { what: 'AWS, or a proxy before it, answered with HTTP 502.', why: notOfAws },
    ],
    [
      // What has no body that the SDK can read comes without a message of AWS's.
      named('Unknown', 'UnknownError', { $fault: 'client', $metadata: { httpStatusCode: 503 } }),
      { what: 'AWS, or a proxy before it, answered with HTTP 503.', why: notOfAws },
    ],
    [
      named('Error', 'ENOSPC: no space left', { code: 'ENOSPC', syscall: 'write', path: '/x/log' }),
      { code: 'BadArguments', what: 'No space left on the disk.', why: 'ENOSPC: no space left' },
    ],
    [
      named('Error', 'ENOSPC: no space left, write', { code: 'ENOSPC', syscall: 'write' }),
      { code: 'BadArguments', what: 'No space left on the disk.' },
    ],
    [
      named('Error', 'EDQUOT: quota exceeded', { code: 'EDQUOT' }),
      { code: 'BadArguments', what: 'No space left on the disk.' },
    ],
    [
      named('Error', 'EACCES: permission denied', { code: 'EACCES', syscall: 'open', path: '/x/log' }),
      { code: 'BadArguments', what: 'The file /x/log cannot be used.', why: 'EACCES: permission denied' },
    ],
    [
      named('Error', 'EIO: i/o error, write', { code: 'EIO', syscall: 'write' }),
      { code: 'BadArguments', what: 'The operating system refused.', why: 'EIO: i/o error, write' },
    ],
    [
      named('Error', 'connect EACCES 10.0.0.1:443', { code: 'EACCES', syscall: 'connect' }),
      { code: 'RefusedByAws', what: 'AWS cannot be reached.' },
    ],
    [
      named('Error', 'connect EMFILE 10.0.0.1:443', { code: 'EMFILE', syscall: 'connect' }),
      { code: 'RefusedByAws', what: 'AWS cannot be reached.' },
    ],
    [
      named('Error', 'getaddrinfo EAI_AGAIN', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
      { what: 'AWS cannot be reached.', why: 'EAI_AGAIN: getaddrinfo EAI_AGAIN' },
    ],
    [named('TimeoutError', 'slow'), { what: 'AWS cannot be reached.', why: 'TimeoutError: slow' }],
    [named('Error', 'odd', { code: 'ERR_ASSERTION' }), { code: 'Unexpected', what: 'odd' }],
    [
      named('CredentialsProviderError', 'Profile x requires multi-factor authentication'),
      { code: 'NoCredentials', what: 'The profile needs an MFA code, and there is no terminal.' },
    ],
    [
      named('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.'),
      { code: 'NoCredentials', what: 'AWS did not accept the MFA code.' },
    ],
    [new UncaughtError('x'), { code: 'Unexpected', why: 'This is a bug in ecs-task, or in a file that it loaded.' }],
    [new RangeError('x'), { code: 'Unexpected', why: 'This is a bug in ecs-task.' }],
  ])('%s says what happened and what to do', (error, expected) => {
    expect(problemOf(error)).toMatchObject(expected)
  })

  it('keeps what it is told in our words, and lists findings only where there are some', () => {
    const told = new EcsTaskError('NotFound', 'x', { why: 'because', fix: 'do' })
    expect(problemOf(told)).toEqual({ code: 'NotFound', what: 'x', why: 'because', fix: 'do' })
    const problems = ['a: b.']
    expect(problemOf(new EcsTaskError('BadDefinition', 'x', { problems }))).toEqual({
      code: 'BadDefinition',
      what: 'x',
      problems,
    })
    // What looks like an error of AWS in our own words stays as it is.
    expect(problemOf(new EcsTaskError('BadArguments', 'Region is missing'))).toMatchObject({ code: 'BadArguments' })
  })

  it.each([
    [named('CredentialsProviderError', 'No profile'), 'NoCredentials'],
    [named('Error', 'could not load credentials'), 'NoCredentials'],
    [named('Error', 'odd', { syscall: 'read', path: 7 }), 'Unexpected'],
    [named('Error', 'odd', { path: '/x' }), 'Unexpected'],
  ])('%s is %s by its name or by its text', (error, code) => {
    expect(problemOf(error).code).toBe(code)
  })

  it('has a fix only where there is one', () => {
    const { fix } = problemOf(named('ClientException', 'no', { $fault: 'client', $metadata: { httpStatusCode: 400 } }))
    expect(fix).toBeUndefined()
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

describe.each(['describeServices', 'describeAutoScalingGroups', 'publish'] as const)(
  'a web page in place of %s',
  (method) => {
    it.each([200, 302, 403, 502])('with HTTP %i is told without the words of the SDK', async (status) => {
      const page = '<!DOCTYPE html>\n<html><body>Access <b>denied</b><br>by policy</body></html>'
      const transport = transportInProcess(() => ({ status, headers: { 'content-type': 'text/html' }, body: page }))
      const input = { services: ['web'], TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: 'x' }
      const error = await transport(method, input as any, new AbortController().signal).catch((one: unknown) => one)
      const problem = problemOf(error)
      expect(problem).toMatchObject({
        code: 'RefusedByAws',
        why: notOfAws,
        fix: expect.stringContaining('HTTPS_PROXY'),
      })
      expect(JSON.stringify(problem)).not.toMatch(/SyntaxError|@aws-sdk|\$response|Unexpected token|Unknown/)
    })
  },
)
