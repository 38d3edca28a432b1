import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, seconds } from '../support.ts'
import type { TestAws } from '../support.ts'
import { change, createZone, namesOf, recordSet, recordSetsOf, vpc } from './zones.ts'

const refusal = (code: string, message: string, status = 400) => expect.objectContaining({ code, message, status })
const route53 = (aws: TestAws, operation: string, input: Unchecked = {}): any => aws.call('route53', operation, input)
const namesOfZones = ({ HostedZones }: Unchecked): string[] => HostedZones.map(({ Name }: Unchecked) => Name)

describe('CreateHostedZone', () => {
  test('creates a public zone with four name servers, an NS and an SOA record', () => {
    const aws = localAws()
    const input = { Name: 'Example.COM', CallerReference: 'one', HostedZoneConfig: { Comment: 'the shop' } }
    const { HostedZone, ChangeInfo, DelegationSet } = route53(aws, 'CreateHostedZone', input)
    expect(HostedZone).toEqual({
      Id: expect.stringMatching(/^\/hostedzone\/Z[0-9A-F]{20}$/),
      Name: 'example.com.',
      CallerReference: 'one',
      Config: { Comment: 'the shop', PrivateZone: 'false' },
      ResourceRecordSetCount: '2',
    })
    expect(ChangeInfo).toMatchObject({ Status: 'PENDING', SubmittedAt: '2026-01-01T00:00:00.000Z' })
    const servers: string[] = DelegationSet.NameServers
    expect(servers.map((server) => server.replace(/\d+/g, 'N'))).toEqual([
      'ns-N.awsdns-N.co.uk',
      'ns-N.awsdns-N.com',
      'ns-N.awsdns-N.org',
      'ns-N.awsdns-N.net',
    ])
    const id = HostedZone.Id.replace('/hostedzone/', '')
    expect(route53(aws, 'ListResourceRecordSets', { HostedZoneId: id })).toEqual({
      ResourceRecordSets: [
        {
          Name: 'example.com.',
          Type: 'NS',
          TTL: '172800',
          ResourceRecords: servers.map((Value) => ({ Value: `${Value}.` })),
        },
        {
          Name: 'example.com.',
          Type: 'SOA',
          TTL: '900',
          ResourceRecords: [{ Value: `${servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400` }],
        },
      ],
      IsTruncated: 'false',
      MaxItems: '300',
    })
    expect(route53(aws, 'GetHostedZone', { Id: id })).toEqual({ HostedZone, DelegationSet })
  })

  test('creates a private zone of a VPC, without public name servers', () => {
    const aws = localAws()
    const Id = createZone(aws, 'corp.internal', vpc())
    const { HostedZone, VPCs, DelegationSet } = route53(aws, 'GetHostedZone', { Id })
    expect(HostedZone.Config).toEqual({ PrivateZone: 'true' })
    expect(VPCs).toEqual([{ VPCRegion: 'us-east-1', VPCId: 'vpc-1' }])
    expect(DelegationSet).toBeUndefined()
  })

  test('creates any number of public zones of a name, but one private zone in each VPC', () => {
    const aws = localAws()
    createZone(aws)
    createZone(aws)
    createZone(aws, 'corp.internal', vpc('vpc-1'))
    const taken = createZone(aws, 'corp.internal', vpc('vpc-2'))
    expect(() => createZone(aws, 'CORP.internal.', vpc('vpc-2'))).toThrow(
      refusal(
        'ConflictingDomainExists',
        `The VPC vpc-2 in region us-east-1 has already been associated with the hosted zone ${taken} with the same domain name.`,
      ),
    )
    expect(route53(aws, 'ListHostedZones').HostedZones).toHaveLength(4)
  })

  test.each<[string, Unchecked, string, string, number]>([
    [
      'no name',
      { Name: 'a..b' },
      'InvalidDomainName',
      "FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..b'",
      400,
    ],
    ['no VPC', vpc('one'), 'InvalidVPCId', 'Invalid or missing VPC Id.', 400],
    [
      'a private zone without a VPC',
      { HostedZoneConfig: { PrivateZone: true } },
      'InvalidVPCId',
      'Invalid or missing VPC Id.',
      400,
    ],
    [
      'a caller reference that has been used',
      { CallerReference: 'used' },
      'HostedZoneAlreadyExists',
      'A hosted zone has already been created with the specified caller reference.',
      409,
    ],
    ['a delegation set that is not there', { DelegationSetId: 'N1' }, 'NoSuchDelegationSet', 'N1', 400],
    [
      'no caller reference',
      { CallerReference: undefined },
      'InvalidInput',
      "Missing required member 'CallerReference' in the input.",
      400,
    ],
  ])('refuses %s', (_, input, code, message, status) => {
    const aws = localAws()
    createZone(aws, 'example.com', { CallerReference: 'used' })
    expect(() => createZone(aws, 'example.org', input)).toThrow(refusal(code, message, status))
    expect(namesOfZones(route53(aws, 'ListHostedZones'))).toEqual(['example.com.'])
  })
})

describe('The zones', () => {
  test('are seen from every region', () => {
    const aws = localAws({ region: 'eu-west-1' })
    const Id = createZone(aws)
    const elsewhere = localAws({ world: aws.world, region: 'us-east-1' })
    expect(route53(elsewhere, 'GetHostedZone', { Id }).HostedZone.Name).toBe('example.com.')
  })

  test('are there after the state was saved and loaded', () => {
    const aws = localAws()
    const id = createZone(aws)
    change(aws, id, ['CREATE', recordSet('constructor.example.com', ['10.0.0.1'])])
    const again = localAws({ world: JSON.parse(aws.saved.at(-1)!) })
    expect(namesOf(recordSetsOf(again, id))).toEqual(['constructor.example.com. A'])
    expect(() => route53(again, 'GetHostedZone', { Id: 'constructor' })).toThrow(
      refusal('NoSuchHostedZone', 'No hosted zone found with ID: constructor', 404),
    )
  })

  test('are none in a state that was saved before there were any', () => {
    const { global: _, ...world } = structuredClone(localAws().world)
    expect(route53(localAws({ world: world as TestAws['world'] }), 'ListHostedZones').HostedZones).toEqual([])
  })

  test('are listed page by page, all or the private ones', () => {
    const aws = localAws()
    const ids = [createZone(aws, 'c.com'), createZone(aws, 'a.com', vpc()), createZone(aws, 'b.com')]
    const first = route53(aws, 'ListHostedZones', { MaxItems: 2 })
    expect(namesOfZones(first)).toEqual(['c.com.', 'a.com.'])
    expect(first).toMatchObject({ IsTruncated: 'true', NextMarker: ids[2], MaxItems: '2' })
    const rest = route53(aws, 'ListHostedZones', { Marker: first.NextMarker })
    expect(namesOfZones(rest)).toEqual(['b.com.'])
    expect(rest).toMatchObject({ IsTruncated: 'false', MaxItems: '100' })
    expect(namesOfZones(route53(aws, 'ListHostedZones', { HostedZoneType: 'PrivateHostedZone' }))).toEqual(['a.com.'])
    expect(() => route53(aws, 'ListHostedZones', { Marker: 'Z1' })).toThrow(
      expect.objectContaining({ code: 'InvalidInput' }),
    )
    expect(() => route53(aws, 'ListHostedZones', { MaxItems: 0 })).toThrow(
      expect.objectContaining({ code: 'InvalidInput' }),
    )
  })

  test('are listed by name, read from its end', () => {
    const aws = localAws()
    for (const name of ['www.example.com', 'example.org', 'example.com', 'a.example.com']) createZone(aws, name)
    const first = route53(aws, 'ListHostedZonesByName', { MaxItems: 3 })
    expect(namesOfZones(first)).toEqual(['example.com.', 'a.example.com.', 'www.example.com.'])
    expect(first).toMatchObject({ IsTruncated: 'true', NextDNSName: 'example.org.' })
    const { NextDNSName: DNSName, NextHostedZoneId: HostedZoneId } = first
    expect(namesOfZones(route53(aws, 'ListHostedZonesByName', { DNSName, HostedZoneId }))).toEqual(['example.org.'])
    expect(namesOfZones(route53(aws, 'ListHostedZonesByName', { DNSName: 'b.EXAMPLE.com' }))).toEqual([
      'www.example.com.',
      'example.org.',
    ])
    expect(() => route53(aws, 'ListHostedZonesByName', { HostedZoneId })).toThrow(
      expect.objectContaining({ code: 'InvalidInput' }),
    )
    expect(() => route53(aws, 'ListHostedZonesByName', { DNSName: 'a..b' })).toThrow(
      expect.objectContaining({ code: 'InvalidDomainName' }),
    )
  })
})

describe('DeleteHostedZone', () => {
  test('deletes a zone that has only its first records', () => {
    const aws = localAws()
    const Id = createZone(aws)
    change(aws, Id, ['CREATE', recordSet('www.example.com', ['10.0.0.1'])])
    expect(() => route53(aws, 'DeleteHostedZone', { Id })).toThrow(
      refusal(
        'HostedZoneNotEmpty',
        'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
      ),
    )
    change(aws, Id, ['DELETE', recordSet('www.example.com', ['10.0.0.1'])])
    expect(route53(aws, 'DeleteHostedZone', { Id }).ChangeInfo.Status).toBe('PENDING')
    expect(aws.world.global.hostedZones).toEqual({})
    expect(() => route53(aws, 'DeleteHostedZone', { Id })).toThrow(
      refusal('NoSuchHostedZone', `No hosted zone found with ID: ${Id}`, 404),
    )
  })

  test('refuses a zone with name servers of a part of it', () => {
    const aws = localAws()
    const Id = createZone(aws)
    change(aws, Id, ['CREATE', recordSet('part.example.com', ['ns.example.org.'], { Type: 'NS' })])
    expect(() => route53(aws, 'DeleteHostedZone', { Id })).toThrow(
      expect.objectContaining({ code: 'HostedZoneNotEmpty' }),
    )
  })
})

describe('GetChange', () => {
  test.each([
    [9999, 'PENDING'],
    [10_000, 'INSYNC'],
  ])('after %i ms shows %s', (milliseconds, Status) => {
    const aws = localAws()
    const id = createZone(aws)
    aws.advance(seconds(5))
    const { Id } = change(aws, id, ['CREATE', recordSet('www.example.com', ['10.0.0.1'])])
    expect(Id).toMatch(/^\/change\/C[0-9A-F]{20}$/)
    aws.advance(milliseconds)
    expect(route53(aws, 'GetChange', { Id: Id.replace('/change/', '') }).ChangeInfo).toEqual({
      Id,
      Status,
      SubmittedAt: '2026-01-01T00:00:05.000Z',
    })
  })

  test('refuses an unknown change', () => {
    const unknown = refusal('NoSuchChange', 'Could not find resource with ID: C1', 404)
    expect(() => route53(localAws(), 'GetChange', { Id: 'C1' })).toThrow(unknown)
  })
})

describe('Tags', () => {
  const tagged = (aws: TestAws, ResourceId: string, input: Unchecked): Unchecked[] => {
    route53(aws, 'ChangeTagsForResource', { ResourceType: 'hostedzone', ResourceId, ...input })
    return route53(aws, 'ListTagsForResource', { ResourceType: 'hostedzone', ResourceId }).ResourceTagSet.Tags
  }
  const team = { Key: 'team', Value: 'shop' }

  test('are set on zones, replaced and removed, and deleted with the zone', () => {
    const aws = localAws()
    const id = createZone(aws)
    expect(tagged(aws, id, { AddTags: [team, { Key: 'stage', Value: 'dev' }] })).toEqual([
      team,
      { Key: 'stage', Value: 'dev' },
    ])
    expect(tagged(aws, id, { AddTags: [{ Key: 'stage', Value: 'prod' }] })).toEqual([
      team,
      { Key: 'stage', Value: 'prod' },
    ])
    expect(tagged(aws, id, { RemoveTagKeys: ['stage', 'none'] })).toEqual([team])
    route53(aws, 'DeleteHostedZone', { Id: id })
    expect(aws.world.global.tags).toEqual({})
  })

  test.each<[string, Unchecked, string]>([
    ['a zone that is not there', { ResourceId: 'Z1', AddTags: [team] }, 'NoSuchHostedZone'],
    ['a health check, of which there are none', { ResourceType: 'healthcheck', AddTags: [team] }, 'NoSuchHealthCheck'],
    ['another type of resource', { ResourceType: 'record', AddTags: [team] }, 'InvalidInput'],
    ['nothing to add or to remove', {}, 'InvalidInput'],
    ['a tag without a key', { AddTags: [{ Value: 'shop' }] }, 'InvalidInput'],
    [
      'more than ten tags',
      { AddTags: Array.from({ length: 11 }, (_, index) => ({ Key: `${index}`, Value: '' })) },
      'InvalidInput',
    ],
  ])('are refused for %s', (_, input, code) => {
    const aws = localAws()
    const ResourceId = createZone(aws)
    expect(() => tagged(aws, ResourceId, input)).toThrow(expect.objectContaining({ code }))
    expect(aws.world.global.tags).toEqual({})
  })
})

test('five requests a second are answered, from all regions together', () => {
  const aws = localAws({ throttle: true })
  const elsewhere = localAws({ throttle: true, world: aws.world, region: 'eu-west-1' })
  for (let count = 0; count < 4; count += 1) route53(aws, 'ListHostedZones')
  route53(elsewhere, 'ListHostedZonesByName')
  for (const each of [aws, elsewhere]) {
    expect(() => route53(each, 'GetHostedZone', { Id: 'Z1' })).toThrow(refusal('Throttling', 'Rate exceeded'))
  }
  aws.advance(200)
  expect(route53(aws, 'ListHostedZones').HostedZones).toEqual([])
})
