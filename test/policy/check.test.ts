// What of the printed policy a caller lacks, asked of a local AWS that has a policy, and of answers that only Amazon's IAM gives.
import { describe, expect, it } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { read } from '../../src/definition/read.ts'
import { policyText } from '../../src/output/policyText.ts'
import { checkPolicy } from '../../src/deploy/policy/check.ts'
import { readCaller } from '../../src/deploy/policy/place.ts'
import type { Policy } from '../../src/deploy/policy/policy.ts'
import { web } from '../deploy/declared.ts'
import { stage } from '../deploy/support.ts'
import { handClock } from '../handClock.ts'
import { transportInProcess } from '../sdkInProcess.ts'
import { here, printed } from './printed.ts'

const definition = read(web(), 'Web').definition
const wanted = printed([definition])
const user = 'arn:aws:iam::123456789012:user/local'
const role = 'arn:aws:iam::123456789012:role/ci/deploy'

const allowing = (Action: string): Policy['Statement'][number] => ({
  Sid: 'Also',
  Effect: 'Allow',
  Action: [Action],
  Resource: ['*'],
})
const also = (policy: Policy, ...actions: string[]): object => ({
  ...policy,
  Statement: [...policy.Statement, ...actions.map((action, index) => ({ ...allowing(action), Sid: `Also${index}` }))],
})

/** What the caller lacks who has this policy. */
async function checked(policy: object, asked = wanted) {
  const { settings, clock, sent } = stage(web(), { policy: JSON.stringify(policy) })
  const aws = openAws({ transport: sdkTransport(settings, { clock }), clock })
  const caller = await readCaller(aws)
  return { found: await checkPolicy(aws, asked, { caller, region: here.region }), sent }
}

describe('a caller with the printed policy', () => {
  it('lacks nothing of it', async () => {
    const { found } = await checked(also(wanted, 'iam:SimulatePrincipalPolicy'))
    expect(found).toEqual({ principal: user, asked: expect.any(Number), lacking: [], undecided: [] })
    expect(found.asked).toBeGreaterThan(20)
    expect(policyText(found, { color: false, columns: 200 })).toBe(`${user} has all ${found.asked} permissions.\n`)
  })

  it('that may not simulate says so, and claims nothing', async () => {
    const { found } = await checked(wanted)
    expect(found).toEqual({
      principal: user,
      asked: 0,
      lacking: [],
      undecided: [],
      unread: 'the permission iam:SimulatePrincipalPolicy is missing',
    })
    expect(policyText(found, { color: false, columns: 200 })).toBe(
      `? Could not check the permissions of ${user}: the permission iam:SimulatePrincipalPolicy is missing.\n` +
        '    → Allow it in the policy of the caller, or compare the policies yourself.\n',
    )
  })
})

describe('a caller with less', () => {
  it('lacks each action on each resource of what is missing', async () => {
    const less = { ...wanted, Statement: wanted.Statement.filter(({ Sid }) => Sid !== 'RunTasks' && Sid !== 'Targets') }
    const { found } = await checked(also(less, 'iam:SimulatePrincipalPolicy'))
    const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster'
    const rule = 'arn:aws:events:us-east-1:123456789012:rule/nightly'
    expect(found.lacking).toEqual([
      {
        action: 'ecs:RunTask',
        resource: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:*',
        statement: 'RunTasks',
        context: { 'ecs:cluster': cluster },
        isDenied: false,
      },
      ...['PutTargets', 'RemoveTargets'].map((name) => ({
        action: `events:${name}`,
        resource: rule,
        statement: 'Targets',
        context: {},
        isDenied: false,
      })),
    ])
    expect(policyText(found, { color: false, columns: 200 }).split('\n')).toEqual([
      `✗ ecs:RunTask on arn:aws:ecs:us-east-1:123456789012:task-definition/web:* (ecs:cluster ${cluster})`,
      '    RunTasks: no policy allows it',
      `✗ events:PutTargets on ${rule}`,
      '    Targets: no policy allows it',
      `✗ events:RemoveTargets on ${rule}`,
      '    Targets: no policy allows it',
      `${user} lacks 3 of ${found.asked} permissions.`,
      '',
    ])
  })

  it('is told of what a policy denies', async () => {
    const Deny = { Sid: 'Never', Effect: 'Deny', Action: ['ecs:DeregisterTaskDefinition'], Resource: ['*'] }
    const { found } = await checked({ Version: '2012-10-17', Statement: [allowing('*'), Deny] })
    expect(found.lacking).toMatchObject([{ action: 'ecs:DeregisterTaskDefinition', resource: '*', isDenied: true }])
    expect(policyText(found, { color: false, columns: 200 })).toContain('    Revisions: a policy denies it\n')
  })
})

describe('a policy of many services', () => {
  it('is asked about in several requests, each page read to its end', async () => {
    const Resource = Array.from(
      { length: 120 },
      (_, index) => `arn:aws:ecs:us-east-1:123456789012:service/shop/${index}`,
    )
    const asked: Policy = {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Many', Effect: 'Allow', Action: ['ecs:UpdateService'], Resource }],
    }
    const { found, sent } = await checked({ Version: '2012-10-17', Statement: [allowing('iam:*')] }, asked)
    expect(sent.filter(({ operation }) => operation === 'SimulatePrincipalPolicy')).toHaveLength(3)
    expect(found.lacking.map(({ resource }) => resource)).toEqual(Resource)
  })
})

describe('a session of a role', () => {
  const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] })

  /** What a session of the role `/ci/deploy` is told, which has this policy. */
  async function ofSession(policy: object) {
    const { settings, clock, call } = stage(web(), { policy: JSON.stringify(policy) })
    call('iam', 'CreateRole', { RoleName: 'deploy', Path: '/ci/', AssumeRolePolicyDocument: trust })
    const { Credentials } = call('sts', 'AssumeRole', { RoleArn: role, RoleSessionName: 'job' })
    const credentials = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: 'local' }
    const aws = openAws({ transport: sdkTransport({ ...settings, credentials }, { clock }), clock })
    const caller = await readCaller(aws)
    expect(caller.arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/job')
    return checkPolicy(aws, wanted, { caller, region: here.region })
  }

  it('stands for its role, whose path only IAM knows', async () => {
    const found = await ofSession(also(wanted, 'iam:SimulatePrincipalPolicy', 'iam:GetRole'))
    expect(found).toMatchObject({ principal: role, lacking: [], undecided: [] })
    expect(found.unread).toBeUndefined()
  })

  it('says that it may not ask for that', async () => {
    expect(await ofSession(also(wanted, 'iam:SimulatePrincipalPolicy'))).toMatchObject({
      asked: 0,
      unread: 'the permission iam:GetRole is missing',
    })
  })
})

describe('answers that Amazon gives', () => {
  const member = (name: string, inside: string): string => `<${name}>${inside}</${name}>`
  const answered = async (inside: string, { arn = user, resources = ['*'] } = {}) => {
    const transport = transportInProcess(() => ({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>${member(
        'EvaluationResults',
        inside,
      )}<IsTruncated>false</IsTruncated></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
    }))
    const one = { ...allowing('ecs:UpdateService'), Sid: 'Services', Resource: resources }
    const asked: Policy = { Version: '2012-10-17', Statement: [one] }
    const aws = openAws({ transport, clock: handClock(0) })
    return checkPolicy(aws, asked, {
      caller: { arn, partition: 'aws', account: '123456789012' },
      region: 'us-east-1',
    })
  }
  const result = (decision: string, more = ''): string =>
    `<member><EvalActionName>ecs:UpdateService</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>${decision}</EvalDecision>${more}</member>`

  it('that depend on what only a request has are no decision', async () => {
    const found = await answered(
      result('implicitDeny', member('MissingContextValues', member('member', 'aws:SourceIp'))),
    )
    expect([found.lacking, found.undecided]).toMatchObject([[], [{ missing: ['aws:SourceIp'] }]])
    expect(policyText(found, { color: false, columns: 200 })).toBe(
      '? ecs:UpdateService on *\n' +
        '    Services: depends on aws:SourceIp, which a simulation does not have\n' +
        `${user} lacks 0 of 1 permissions. 1 could not be decided.\n`,
    )
  })

  it('that name each resource inside are taken one by one', async () => {
    const each = ['a', 'b'].map((name) =>
      member(
        'member',
        `<EvalResourceName>arn:${name}</EvalResourceName><EvalResourceDecision>${name === 'a' ? 'allowed' : 'explicitDeny'}</EvalResourceDecision>`,
      ),
    )
    const inside = result('explicitDeny', member('ResourceSpecificResults', each.join('')))
    const found = await answered(inside, { resources: ['arn:a', 'arn:b', 'arn:c'] })
    expect(found).toMatchObject({
      asked: 3,
      lacking: [{ resource: 'arn:b', isDenied: true }],
      undecided: [{ resource: 'arn:c', missing: [] }],
    })
    expect(policyText(found, { color: false, columns: 200 })).toContain('    Services: IAM did not answer\n')
  })

  it('that say nothing claim nothing', async () => {
    expect(await answered('')).toMatchObject({ asked: 1, lacking: [], undecided: [{ action: 'ecs:UpdateService' }] })
  })

  it.each(['arn:aws:iam::123456789012:root', 'arn:aws:sts::123456789012:federated-user/me'])(
    'are not asked for of %s, whom IAM does not simulate',
    async (arn) => {
      expect(await answered(result('allowed'), { arn })).toMatchObject({
        asked: 0,
        unread: 'IAM simulates users and roles only',
      })
    },
  )
})
