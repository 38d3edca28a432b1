import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const caller = 'arn:aws:iam::123456789012:user/local'
const arn = 'arn:aws:iam::123456789012:role/deploy'
const trusting = (Principal: unknown): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] })
const policy = (...Statement: Unchecked[]): string => JSON.stringify({ Version: '2012-10-17', Statement })

function withRole(principal: unknown = { AWS: 'arn:aws:iam::123456789012:root' }): TestAws {
  const aws = localAws()
  aws.call('iam', 'CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: trusting(principal) })
  return aws
}
const refused = (code: string, status: number): object => expect.objectContaining({ code, status })

describe('a role', () => {
  it('is shown with its trust policy encoded as in a URL', () => {
    const aws = withRole()
    const { Role } = aws.call('iam', 'GetRole', { RoleName: 'deploy' })
    expect(Role).toMatchObject({ RoleName: 'deploy', Arn: arn, Path: '/', MaxSessionDuration: '3600' })
    expect(Role.AssumeRolePolicyDocument).toMatch(/^%7B/)
    expect(decodeURIComponent(Role.AssumeRolePolicyDocument)).toBe(trusting({ AWS: 'arn:aws:iam::123456789012:root' }))
  })

  it('belongs to every region', () => {
    const aws = withRole()
    expect(
      localAws({ world: aws.world, region: 'eu-west-1' }).call('iam', 'GetRole', { RoleName: 'deploy' }).Role.Arn,
    ).toBe(arn)
  })

  it('that is there, is not there, or has no sound policy is refused', () => {
    const aws = withRole()
    const document = trusting('*')
    const create = (RoleName: string, AssumeRolePolicyDocument: string) =>
      aws.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument })
    expect(() => create('deploy', document)).toThrow(refused('EntityAlreadyExists', 409))
    expect(() => create('a b', document)).toThrow(refused('ValidationError', 400))
    expect(() => create('other', '{')).toThrow(refused('MalformedPolicyDocument', 400))
    expect(() => create('other', '{"Statement":[{"Effect":"Maybe"}]}')).toThrow(refused('MalformedPolicyDocument', 400))
    expect(() => aws.call('iam', 'GetRole', { RoleName: 'other' })).toThrow('The role with name other cannot be found.')
    aws.call('iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 'p', PolicyDocument: document })
    expect(() => aws.call('iam', 'DeleteRole', { RoleName: 'deploy' })).toThrow(refused('DeleteConflict', 409))
    aws.call('iam', 'DeleteRolePolicy', { RoleName: 'deploy', PolicyName: 'p' })
    aws.call('iam', 'DeleteRole', { RoleName: 'deploy' })
    expect(() => aws.call('iam', 'GetRole', { RoleName: 'deploy' })).toThrow(refused('NoSuchEntity', 404))
  })
})

describe('AssumeRole', () => {
  const assume = (aws: TestAws, more: Unchecked = {}): Unchecked =>
    aws.call('sts', 'AssumeRole', { RoleArn: arn, RoleSessionName: 'ci', ...more })

  it.each([['*'], [{ AWS: '123456789012' }], [{ AWS: ['arn:aws:iam::999999999999:root', caller] }]])(
    'answers credentials of a role that trusts %j',
    (principal) => {
      const aws = withRole(principal)
      const { Credentials, AssumedRoleUser } = assume(aws, { DurationSeconds: 900 })
      expect(Credentials.AccessKeyId).toMatch(/^ASIA[0-9A-F]{16}$/)
      expect(Credentials.Expiration).toBe('2026-01-01T00:15:00.000Z')
      expect(AssumedRoleUser.Arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/ci')
      const authorization = `AWS4-HMAC-SHA256 Credential=${Credentials.AccessKeyId}/20260101/us-east-1/sts/aws4_request`
      const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization }
      const asked = { method: 'POST', path: '/', headers, body: 'Action=GetCallerIdentity&Version=2011-06-15' }
      expect(aws.handle(asked).body).toContain(`<Arn>${AssumedRoleUser.Arn}</Arn>`)
    },
  )

  it('takes a role of another account on trust', () => {
    const RoleArn = 'arn:aws:iam::999999999999:role/path/deploy'
    expect(assume(localAws(), { RoleArn }).AssumedRoleUser.Arn).toBe('arn:aws:sts::999999999999:assumed-role/deploy/ci')
  })

  it('refuses a role that is not there or trusts another, and what is too long', () => {
    const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${arn}`
    for (const aws of [localAws(), withRole({ Service: 'ecs-tasks.amazonaws.com' })]) {
      expect(() => assume(aws)).toThrow(expect.objectContaining({ code: 'AccessDenied', status: 403, message }))
    }
    expect(() => assume(withRole(), { DurationSeconds: 7200 })).toThrow(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
    for (const more of [{ DurationSeconds: 60 }, { RoleArn: 'deploy' }, { RoleSessionName: 'a b' }]) {
      expect(() => assume(withRole(), more)).toThrow(refused('ValidationError', 400))
    }
  })
})

describe('SimulatePrincipalPolicy', () => {
  const simulate = (aws: TestAws, PolicySourceArn: string, more: Unchecked = {}): string[] =>
    aws
      .call('iam', 'SimulatePrincipalPolicy', {
        PolicySourceArn,
        ActionNames: ['ecs:UpdateService', 'iam:PassRole'],
        ...more,
      })
      .EvaluationResults.map((each: Unchecked) => each.EvalDecision)

  it('allows the caller everything, until it has a policy', () => {
    const aws = localAws()
    expect(simulate(aws, caller)).toEqual(['allowed', 'allowed'])
    const PolicyDocument = policy({ Effect: 'Allow', Action: 'ecs:*', Resource: '*' })
    aws.call('iam', 'PutUserPolicy', { UserName: 'local', PolicyName: 'p', PolicyDocument })
    expect(simulate(aws, caller)).toEqual(['allowed', 'implicitDeny'])
    aws.call('iam', 'DeleteUserPolicy', { UserName: 'local', PolicyName: 'p' })
    expect(simulate(aws, caller)).toEqual(['allowed', 'allowed'])
  })

  it.each<[string, Unchecked[], Unchecked, string[]]>([
    ['nothing', [], {}, ['implicitDeny', 'implicitDeny']],
    ['a wildcard', [{ Effect: 'Allow', Action: ['ECS:update*'], Resource: '*' }], {}, ['allowed', 'implicitDeny']],
    [
      'a Deny beside an Allow',
      [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
      ],
      {},
      ['allowed', 'explicitDeny'],
    ],
    [
      'all but one action',
      [{ Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' }],
      {},
      ['allowed', 'implicitDeny'],
    ],
    [
      'one resource',
      [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:ecs:*:*:service/shop/*' }],
      {
        ActionNames: ['ecs:UpdateService'],
        ResourceArns: ['arn:aws:ecs:us-east-1:1:service/shop/web', 'arn:aws:ecs:us-east-1:1:service/x/web'],
      },
      ['allowed', 'implicitDeny'],
    ],
    [
      'a condition that holds',
      [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        },
      ],
      {
        ActionNames: ['iam:PassRole'],
        ContextEntries: [
          {
            ContextKeyName: 'iam:passedtoservice',
            ContextKeyType: 'string',
            ContextKeyValues: ['ecs-tasks.amazonaws.com'],
          },
        ],
      },
      ['allowed'],
    ],
    [
      'a condition that does not',
      [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:RequestedRegion': 'eu-*' } } }],
      {},
      ['implicitDeny', 'implicitDeny'],
    ],
  ])('decides of a role with %s', (_what, statements, more, wanted) => {
    const aws = withRole()
    if (statements.length > 0) {
      aws.call('iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 'p', PolicyDocument: policy(...statements) })
    }
    expect(simulate(aws, arn, more)).toEqual(wanted)
  })

  it('refuses who is not there and what is no action', () => {
    const aws = localAws()
    expect(() => simulate(aws, arn)).toThrow(refused('NoSuchEntity', 404))
    expect(() => simulate(aws, 'arn:aws:sts::123456789012:assumed-role/deploy/ci')).toThrow(
      refused('InvalidInput', 400),
    )
    expect(() => simulate(aws, caller, { ActionNames: ['deploy'] })).toThrow(refused('InvalidInput', 400))
  })
})
