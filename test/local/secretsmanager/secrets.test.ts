import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, minutes, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const call = (aws: TestAws, operation: string, input: Unchecked): Unchecked =>
  aws.call('secretsmanager', operation, input)
const create = (aws: TestAws, more: Unchecked = {}): Unchecked =>
  call(aws, 'CreateSecret', { Name: 'shop/db', SecretString: '{"user":"a"}', ...more })
const value = (aws: TestAws, more: Unchecked = {}): Unchecked =>
  call(aws, 'GetSecretValue', { SecretId: 'shop/db', ...more })
const refused = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message !== undefined && { message }) })
const missing = refused('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")

describe('a secret', () => {
  it('is found by its name and by its ARN, with and without the end', () => {
    const aws = localAws()
    const { ARN, VersionId } = create(aws)
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:shop\/db-[A-Za-z0-9]{6}$/)
    const wanted = { ARN, Name: 'shop/db', VersionId, SecretString: '{"user":"a"}', VersionStages: ['AWSCURRENT'] }
    for (const SecretId of ['shop/db', ARN, ARN.slice(0, -7)]) expect(value(aws, { SecretId })).toMatchObject(wanted)
    expect(() => value(aws, { SecretId: 'shop/other' })).toThrow(missing)
    expect(() => value(aws, { VersionStage: 'AWSPENDING' })).toThrow(
      "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
    )
  })

  it('keeps its versions, of which one is current and one previous', () => {
    const aws = localAws()
    const first = create(aws).VersionId
    const token = 'a'.repeat(32)
    const put = { SecretId: 'shop/db', SecretString: 'two', ClientRequestToken: token }
    expect(call(aws, 'PutSecretValue', put)).toMatchObject({ VersionId: token, VersionStages: ['AWSCURRENT'] })
    // The same again is the same version.
    call(aws, 'PutSecretValue', put)
    expect(() => call(aws, 'PutSecretValue', { ...put, SecretString: 'three' })).toThrow(
      refused('ResourceExistsException'),
    )
    expect(call(aws, 'DescribeSecret', { SecretId: 'shop/db' }).VersionIdsToStages).toEqual({
      [first]: ['AWSPREVIOUS'],
      [token]: ['AWSCURRENT'],
    })
    expect(value(aws).SecretString).toBe('two')
    expect(value(aws, { VersionStage: 'AWSPREVIOUS' }).VersionId).toBe(first)
    expect(value(aws, { VersionId: first }).SecretString).toBe('{"user":"a"}')
    const third = call(aws, 'PutSecretValue', {
      SecretId: 'shop/db',
      SecretBinary: 'AAEC',
      VersionStages: ['AWSPENDING'],
    })
    expect(value(aws).SecretString).toBe('two')
    expect(value(aws, { VersionStage: 'AWSPENDING' })).toMatchObject({
      VersionId: third.VersionId,
      SecretBinary: 'AAEC',
    })
  })

  it('without a value has none', () => {
    const aws = localAws()
    create(aws, { SecretString: undefined })
    expect(call(aws, 'DescribeSecret', { SecretId: 'shop/db' })).toMatchObject({
      Name: 'shop/db',
      CreatedDate: start / 1000,
    })
    expect(() => value(aws)).toThrow(refused('ResourceNotFoundException'))
  })

  it.each<[string, Unchecked]>([
    ['InvalidParameterException', { Name: 'new', SecretBinary: 'AAEC' }],
    ['InvalidParameterException', { Name: 'new', ClientRequestToken: 'short' }],
    ['ValidationException', { Name: 'a b' }],
    ['ResourceExistsException', {}],
  ])('is refused with %s: %j', (code, more) => {
    const aws = localAws()
    create(aws)
    expect(() => create(aws, more)).toThrow(refused(code))
    expect(Object.keys(aws.region.secrets)).toEqual(['shop/db'])
  })

  it('is marked for deletion, and gone after its window', () => {
    const aws = localAws()
    create(aws)
    expect(() => call(aws, 'DeleteSecret', { SecretId: 'shop/db', RecoveryWindowInDays: 6 })).toThrow(
      refused('InvalidParameterException'),
    )
    const day = 86_400
    const { DeletionDate } = call(aws, 'DeleteSecret', { SecretId: 'shop/db', RecoveryWindowInDays: 7 })
    expect(DeletionDate).toBe(start / 1000 + 7 * day)
    expect(() => value(aws)).toThrow(refused('InvalidRequestException'))
    expect(() => create(aws)).toThrow(refused('InvalidRequestException'))
    expect(call(aws, 'DescribeSecret', { SecretId: 'shop/db' }).DeletedDate).toBe(start / 1000)
    expect(call(aws, 'ListSecrets', {}).SecretList).toEqual([])
    expect(call(aws, 'ListSecrets', { IncludePlannedDeletion: true }).SecretList).toHaveLength(1)
    aws.advance(minutes(7 * 24 * 60))
    expect(() => call(aws, 'DescribeSecret', { SecretId: 'shop/db' })).toThrow(missing)
    create(aws)
    call(aws, 'DeleteSecret', { SecretId: 'shop/db', ForceDeleteWithoutRecovery: true })
    expect(() => value(aws)).toThrow(missing)
  })

  it('is listed by the begin of its name', () => {
    const aws = localAws()
    for (const Name of ['shop/a', 'shop/b', 'other']) create(aws, { Name })
    const { SecretList, NextToken } = call(aws, 'ListSecrets', {
      Filters: [{ Key: 'name', Values: ['shop/'] }],
      MaxResults: 1,
    })
    expect(SecretList.map(({ Name }: Unchecked) => Name)).toEqual(['shop/a'])
    expect(JSON.stringify(SecretList)).not.toContain('user')
    const rest = call(aws, 'ListSecrets', { Filters: [{ Key: 'name', Values: ['shop/'] }], NextToken })
    expect(rest.SecretList.map(({ Name }: Unchecked) => Name)).toEqual(['shop/b'])
  })
})
