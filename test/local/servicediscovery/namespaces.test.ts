import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createDiscoveryService, createNamespace, discovery, done, operationOf, refusal } from './cloudMap.ts'
import { localAws, minutes, seconds, start } from '../support.ts'
import type { TestAws } from '../support.ts'
import { createZone } from '../route53/zones.ts'

const input = { Name: 'corp.internal', Vpc: 'vpc-1' }
const namesOf = ({ Namespaces }: Unchecked): string[] => Namespaces.map(({ Name }: Unchecked) => Name)

describe('CreatePrivateDnsNamespace', () => {
  test.each([
    [0, 'SUBMITTED', 0],
    [999, 'SUBMITTED', 0],
    [1000, 'PENDING', 1000],
    [4999, 'PENDING', 1000],
    [5000, 'SUCCESS', 5000],
    [60_000, 'SUCCESS', 5000],
  ])('after %i ms is %s', (milliseconds, Status, since) => {
    const aws = localAws({ region: 'eu-west-1' })
    const { OperationId } = discovery(aws, 'CreatePrivateDnsNamespace', input)
    aws.advance(milliseconds)
    const { Targets, ...operation } = operationOf(aws, OperationId)
    expect(operation).toEqual({
      Id: OperationId,
      OwnerAccount: '123456789012',
      Type: 'CREATE_NAMESPACE',
      Status,
      CreateDate: start / 1000,
      UpdateDate: (start + since) / 1000,
    })
    expect(Targets).toEqual({ NAMESPACE: expect.stringMatching(/^ns-[0-9a-f]{16}$/) })
    expect(namesOf(discovery(aws, 'ListNamespaces'))).toEqual(Status === 'SUCCESS' ? ['corp.internal'] : [])
  })

  test('creates the namespace and a private zone that Route 53 lists', () => {
    const aws = localAws({ region: 'eu-west-1' })
    const Properties = { DnsProperties: { SOA: { TTL: 60 } } }
    const Id = createNamespace(aws, 'Corp.internal', { Description: 'ours', CreatorRequestId: 'one', Properties })
    const { Namespace } = discovery(aws, 'GetNamespace', { Id })
    const { HostedZoneId } = Namespace.Properties.DnsProperties
    expect(Namespace).toEqual({
      Id,
      Arn: `arn:aws:servicediscovery:eu-west-1:123456789012:namespace/${Id}`,
      ResourceOwner: '123456789012',
      Name: 'Corp.internal',
      Type: 'DNS_PRIVATE',
      Description: 'ours',
      ServiceCount: 0,
      Properties: { DnsProperties: { HostedZoneId, SOA: { TTL: 60 } }, HttpProperties: { HttpName: 'Corp.internal' } },
      CreateDate: start / 1000 + 5,
      CreatorRequestId: 'one',
    })
    const { HostedZone, VPCs } = aws.call('route53', 'GetHostedZone', { Id: HostedZoneId })
    expect(HostedZone).toMatchObject({
      Name: 'corp.internal.',
      Config: { PrivateZone: 'true', Comment: `Created by AWS Cloud Map namespace with ARN ${Namespace.Arn}` },
      LinkedService: { ServicePrincipal: 'servicediscovery.amazonaws.com', Description: Namespace.Arn },
    })
    expect(VPCs).toEqual([{ VPCRegion: 'eu-west-1', VPCId: 'vpc-1' }])
    const elsewhere = localAws({ world: aws.world, region: 'us-east-1' })
    expect(elsewhere.call('route53', 'ListHostedZones').HostedZones).toHaveLength(1)
    expect(namesOf(discovery(elsewhere, 'ListNamespaces'))).toEqual([])
  })

  test('when repeated names the operation in progress, and the namespace once it exists', () => {
    const aws = localAws()
    const { OperationId } = discovery(aws, 'CreatePrivateDnsNamespace', { ...input, CreatorRequestId: 'one' })
    const again = (): unknown => discovery(aws, 'CreatePrivateDnsNamespace', input)
    expect(again).toThrow(refusal('DuplicateRequest'))
    expect(again).toThrow(
      expect.objectContaining({ body: expect.stringContaining(`"DuplicateOperationId":"${OperationId}"`) }),
    )
    aws.advance(seconds(5))
    const { NAMESPACE } = operationOf(aws, OperationId)['Targets']
    expect(again).toThrow(refusal('NamespaceAlreadyExists', 'Namespace already exists.'))
    expect(again).toThrow(
      expect.objectContaining({
        body: expect.stringContaining(`"NamespaceId":"${NAMESPACE}","CreatorRequestId":"one"`),
      }),
    )
    expect(Object.keys(aws.region.cloudMapOperations)).toHaveLength(1)
  })

  test('fails in its operation when the VPC has a zone of that name', () => {
    const aws = localAws()
    const zone = createZone(aws, 'corp.internal', { VPC: { VPCRegion: 'us-east-1', VPCId: 'vpc-1' } })
    expect(done(aws, 'CreatePrivateDnsNamespace', input)).toMatchObject({
      Status: 'FAIL',
      ErrorCode: 'CANNOT_CREATE_HOSTED_ZONE',
      ErrorMessage:
        `The VPC vpc-1 in region us-east-1 has already been associated with the hosted zone ${zone} with the same domain ` +
        'name. (Service: AmazonRoute53; Status Code: 400; Error Code: ConflictingDomainExists)',
    })
    expect(namesOf(discovery(aws, 'ListNamespaces'))).toEqual([])
  })

  test('creates namespaces of one name in several VPCs, which DiscoverInstances can tell apart', () => {
    const aws = localAws()
    createNamespace(aws)
    createNamespace(aws, 'corp.internal', { Vpc: 'vpc-2' })
    const [first, second] = discovery(aws, 'ListNamespaces').Namespaces.map(
      ({ Properties }: Unchecked) => Properties.HttpProperties.HttpName,
    )
    expect(first).toBe('corp.internal')
    expect(second).toMatch(/^corp\.internal-[0-9a-f]{8}$/)
  })

  test.each<[string, Unchecked]>([
    ['no name', { Name: 'a..b' }],
    ['no VPC', { Vpc: 'one' }],
    ['an unknown member', { VpcId: 'vpc-1' }],
  ])('refuses %s', (_, more) => {
    const aws = localAws()
    expect(() => discovery(aws, 'CreatePrivateDnsNamespace', { ...input, ...more })).toThrow(refusal('InvalidInput'))
    expect(aws.region.cloudMapOperations).toEqual({})
  })
})

describe('The zone of a namespace', () => {
  test('can only be changed by Cloud Map', () => {
    const aws = localAws()
    const { Arn, Properties } = discovery(aws, 'GetNamespace', { Id: createNamespace(aws) }).Namespace
    const { HostedZoneId } = Properties.DnsProperties
    const denied = expect.objectContaining({
      code: 'AccessDenied',
      status: 403,
      message: `The resource hostedzone/${HostedZoneId} can only be managed through AWS Cloud Map (${Arn})`,
    })
    const Changes = [
      {
        Action: 'CREATE',
        ResourceRecordSet: { Name: 'a.corp.internal', Type: 'A', TTL: 1, ResourceRecords: [{ Value: '10.0.0.1' }] },
      },
    ]
    expect(() => aws.call('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } })).toThrow(
      denied,
    )
    expect(() => aws.call('route53', 'DeleteHostedZone', { Id: HostedZoneId })).toThrow(denied)
  })
})

describe('ListNamespaces', () => {
  test.each<[string, Unchecked[], string[]]>([
    ['all', [], ['a.internal', 'b.internal', 'c.local']],
    ['a name', [{ Name: 'NAME', Values: ['b.internal'] }], ['b.internal']],
    ['a type', [{ Name: 'TYPE', Values: ['DNS_PRIVATE'], Condition: 'EQ' }], ['a.internal', 'b.internal', 'c.local']],
    ['a type that none has', [{ Name: 'TYPE', Values: ['HTTP'] }], []],
    ['the beginning of a name', [{ Name: 'NAME', Values: ['c'], Condition: 'BEGINS_WITH' }], ['c.local']],
    [
      'every filter',
      [
        { Name: 'NAME', Values: ['c.local'] },
        { Name: 'TYPE', Values: ['HTTP'] },
      ],
      [],
    ],
  ])('finds by %s', (_, Filters, names) => {
    const aws = localAws()
    for (const name of ['a.internal', 'b.internal', 'c.local']) createNamespace(aws, name)
    expect(namesOf(discovery(aws, 'ListNamespaces', { Filters }))).toEqual(names)
  })

  test('turns pages', () => {
    const aws = localAws()
    for (const name of ['a.internal', 'b.internal', 'c.local']) createNamespace(aws, name)
    const { NextToken, ...first } = discovery(aws, 'ListNamespaces', { MaxResults: 2 })
    expect(namesOf(first)).toEqual(['a.internal', 'b.internal'])
    const rest = discovery(aws, 'ListNamespaces', { NextToken })
    expect(namesOf(rest)).toEqual(['c.local'])
    expect(rest.NextToken).toBeUndefined()
  })

  test.each<[string, Unchecked]>([
    ['a filter that there is not', { Filters: [{ Name: 'VPC', Values: ['vpc-1'] }] }],
    ['a condition that there is not', { Filters: [{ Name: 'NAME', Values: ['a'], Condition: 'ENDS_WITH' }] }],
    ['two values for one', { Filters: [{ Name: 'NAME', Values: ['a', 'b'] }] }],
    ['no value', { Filters: [{ Name: 'NAME', Values: [] }] }],
    ['a page of more than a hundred', { MaxResults: 101 }],
    ['a token of its own', { NextToken: 'next' }],
  ])('refuses %s', (_, more) => {
    expect(() => discovery(localAws(), 'ListNamespaces', more)).toThrow(refusal('InvalidInput'))
  })
})

describe('DeleteNamespace', () => {
  test('deletes the namespace and its zone after a while', () => {
    const aws = localAws()
    const Id = createNamespace(aws, 'corp.internal', { Tags: [{ Key: 'a', Value: 'b' }] })
    const { OperationId } = discovery(aws, 'DeleteNamespace', { Id })
    expect(() => discovery(aws, 'DeleteNamespace', { Id })).toThrow(refusal('DuplicateRequest'))
    aws.advance(4999)
    expect(aws.call('route53', 'ListHostedZones').HostedZones).toHaveLength(1)
    aws.advance(1)
    expect(operationOf(aws, OperationId)).toMatchObject({
      Type: 'DELETE_NAMESPACE',
      Status: 'SUCCESS',
      Targets: { NAMESPACE: Id },
    })
    expect(aws.world.global.hostedZones).toEqual({})
    expect(aws.region.tags).toEqual({})
    expect(() => discovery(aws, 'GetNamespace', { Id })).toThrow(
      refusal('NamespaceNotFound', 'No namespace exists with the specified ID.'),
    )
  })

  test('refuses a namespace with services', () => {
    const aws = localAws()
    const Id = createNamespace(aws)
    createDiscoveryService(aws, Id)
    expect(() => discovery(aws, 'DeleteNamespace', { Id })).toThrow(
      refusal('ResourceInUse', 'Namespace has associated services; delete the services before deleting the namespace'),
    )
    expect(discovery(aws, 'GetNamespace', { Id }).Namespace.ServiceCount).toBe(1)
  })

  test('fails when a service was created meanwhile', () => {
    const aws = localAws()
    const Id = createNamespace(aws)
    const { OperationId } = discovery(aws, 'DeleteNamespace', { Id })
    createDiscoveryService(aws, Id)
    aws.advance(seconds(5))
    expect(operationOf(aws, OperationId)).toMatchObject({ Status: 'FAIL', ErrorCode: 'INTERNAL_FAILURE' })
    expect(aws.call('route53', 'ListHostedZones').HostedZones).toHaveLength(1)
  })
})

describe('Operations', () => {
  const statuses = (aws: TestAws, ...Filters: Unchecked[]): string[] =>
    discovery(aws, 'ListOperations', { Filters }).Operations.map(({ Status }: Unchecked) => Status)

  test('are listed by type and status', () => {
    const aws = localAws()
    const Id = createNamespace(aws)
    discovery(aws, 'DeleteNamespace', { Id })
    expect(statuses(aws)).toEqual(['SUCCESS', 'SUBMITTED'])
    expect(statuses(aws, { Name: 'STATUS', Values: ['PENDING', 'SUBMITTED'], Condition: 'IN' })).toEqual(['SUBMITTED'])
    expect(statuses(aws, { Name: 'TYPE', Values: ['CREATE_NAMESPACE'] })).toEqual(['SUCCESS'])
    expect(statuses(aws, { Name: 'NAMESPACE_ID', Values: [Id] })).toHaveLength(2)
    const times = [String(start + 5000), String(start + 5000)]
    expect(statuses(aws, { Name: 'UPDATE_DATE', Values: times, Condition: 'BETWEEN' })).toHaveLength(2)
    expect(statuses(aws, { Name: 'SERVICE_ID', Values: ['srv-1'] })).toEqual([])
  })

  test('are shown for an hour after they end', () => {
    const aws = localAws()
    const { OperationId } = discovery(aws, 'CreatePrivateDnsNamespace', input)
    aws.advance(seconds(5) + minutes(60) - 1)
    expect(operationOf(aws, OperationId)['Status']).toBe('SUCCESS')
    aws.advance(1)
    expect(() => operationOf(aws, OperationId)).toThrow(
      refusal('OperationNotFound', 'No operation exists with the specified ID.'),
    )
    expect(namesOf(discovery(aws, 'ListNamespaces'))).toEqual(['corp.internal'])
  })

  test('come out the same in one big step as in many small ones', () => {
    const worldAfter = (step: number): string => {
      const aws = localAws()
      discovery(aws, 'CreatePrivateDnsNamespace', input)
      discovery(aws, 'CreatePrivateDnsNamespace', { ...input, Name: 'other.internal' })
      for (let at = 0; at < 12_000; at += step) aws.advance(step)
      return JSON.stringify(aws.world)
    }
    expect(worldAfter(500)).toBe(worldAfter(12_000))
  })
})
