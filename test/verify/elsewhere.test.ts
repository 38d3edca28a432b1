import { describe, expect, it } from 'vitest'
import { quotas } from '../../src/verify/checks/quotas.ts'
import type { Reads } from '../../src/verify/reads.ts'
import type { Subject } from '../../src/verify/subject.ts'
import { isTrusted } from '../../src/verify/trust.ts'
import { ecr, role, told, verified, web, wholeWorld } from './support.ts'

describe('what is in another region or account', () => {
  it('is unknown, and says where it is', async () => {
    const image = `${ecr.replace('us-east-1', 'eu-west-1')}/web:v1`
    const secrets = [
      { name: 'A', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a' },
      { name: 'B', valueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:b-AbCdEf' },
    ]
    const options = { 'awslogs-group': 'web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' }
    const taskRoleArn = role('web').replace('123456789012', '210987654321')
    const container = { image, secrets, logConfiguration: { logDriver: 'awslogs' as const, options } }
    const found = await verified(wholeWorld(), { Web: web({ container, taskDefinition: { taskRoleArn } }) })
    const here = 'Web/taskDefinition/containerDefinitions/0'
    expect(found.map(told)).toEqual([
      `unknown images ${here}/image: Could not check ${image}: its registry is in eu-west-1, and calls go to us-east-1.`,
      'unknown roles Web/taskDefinition/taskRoleArn: Could not check role web: it is of account 210987654321, and the credentials are of 123456789012.',
      `unknown parameters ${here}/secrets/0/valueFrom: Could not check parameter a: it is in eu-west-1, and calls go to us-east-1.`,
      `unknown secrets ${here}/secrets/1/valueFrom: Could not check secret b: it is in eu-west-1, and calls go to us-east-1.`,
      `unknown logGroups ${here}/logConfiguration/options/awslogs-group: Could not check log group web: it is in eu-west-1, and calls go to us-east-1.`,
    ])
  })
})

describe('a trust policy', () => {
  const service = 'ecs-tasks.amazonaws.com'
  const trusts = (...Statement: object[]): boolean =>
    isTrusted(encodeURIComponent(JSON.stringify({ Statement })), service)
  const allow = { Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com', service] }, Action: 'sts:AssumeRole' }

  it('trusts a service that it allows to assume the role', () => {
    expect(trusts(allow)).toBe(true)
    expect(trusts({ ...allow, Action: ['sts:TagSession', 'sts:*'] })).toBe(true)
    expect(trusts({ ...allow, Principal: '*' })).toBe(true)
    expect(trusts({ ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } })).toBe(true)
  })

  it('does not trust one that it names for something else, or denies', () => {
    expect(trusts({ ...allow, Principal: { Service: 'ec2.amazonaws.com' } })).toBe(false)
    expect(trusts({ ...allow, Principal: { AWS: '*' } })).toBe(false)
    expect(trusts({ ...allow, Action: 'sts:TagSession' })).toBe(false)
    expect(trusts(allow, { ...allow, Effect: 'Deny' })).toBe(false)
    expect(trusts()).toBe(false)
  })

  it('that cannot be read is not held against a role', () => {
    for (const document of [undefined, '', '{', '%', '[]', 'null']) expect(isTrusted(document, service)).toBe(true)
  })
})

it('a stack that would bring a cluster beyond its services is told of', async () => {
  const wanted = { path: 'updateServices/0', cluster: 'shop', service: 'new', settings: {}, isCreated: true }
  const subject: Subject = {
    name: 'new',
    taskDefinition: { family: 'new', containerDefinitions: [] },
    services: [wanted],
    runs: [],
    eventTargets: [],
    networks: [],
    where: (path) => path,
  }
  const found = (activeServicesCount: number) =>
    quotas.of(
      {
        subjects: [subject],
        region: undefined,
        account: undefined,
        clusters: { state: 'found', value: new Map([['shop', { activeServicesCount }]]) },
        services: { state: 'found', value: new Map() },
      },
      {} as Reads,
    )
  expect(await found(4_999)).toEqual([])
  expect(await found(5_000)).toMatchObject([{ severity: 'warning', what: expect.stringContaining('5001 services') }])
})
