import { describe, expect, it } from 'vitest'
import { quotas } from '../../../src/deploy/verify/checks/quotas.ts'
import type { Reads } from '../../../src/deploy/verify/reads.ts'
import type { Subject } from '../../../src/deploy/verify/subject.ts'
import { isTrusted } from '../../../src/deploy/verify/trust.ts'

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
    schedules: [],
    isClass: true,
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
