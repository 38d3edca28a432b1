import * as sdk from '@aws-sdk/client-servicediscovery'
import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import {
  createDiscoveryService,
  createNamespace,
  discovery,
  done,
  recordsIn,
  records,
  refusal,
  register,
} from './cloudMap.ts'
import { localAws, seconds, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const custom = { HealthCheckCustomConfig: { FailureThreshold: 3 } }
const v4 = (AWS_INSTANCE_IPV4 = '10.0.0.1', more: Unchecked = {}): Unchecked => ({ AWS_INSTANCE_IPV4, ...more })

/** A local AWS with the namespace corp.internal and in it the service web. */
function discovered(more?: Unchecked): { aws: TestAws; namespace: string; service: string } {
  const aws = localAws()
  const namespace = createNamespace(aws)
  return { aws, namespace, service: createDiscoveryService(aws, namespace, 'web', more)['Id'] }
}

describe('CreateService', () => {
  test('fills in what Cloud Map fills in', () => {
    const aws = localAws()
    const NamespaceId = createNamespace(aws)
    const service = createDiscoveryService(aws, NamespaceId, 'web', {
      ...records(),
      ...custom,
      CreatorRequestId: 'one',
      Description: 'ours',
    })
    expect(service).toEqual({
      Id: expect.stringMatching(/^srv-[0-9a-f]{16}$/),
      Arn: `arn:aws:servicediscovery:us-east-1:123456789012:service/${service['Id']}`,
      ResourceOwner: '123456789012',
      Name: 'web',
      NamespaceId,
      Description: 'ours',
      InstanceCount: 0,
      DnsConfig: { NamespaceId, RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 10 }] },
      Type: 'DNS_HTTP',
      HealthCheckCustomConfig: { FailureThreshold: 1 },
      CreateDate: start / 1000 + 5,
      CreatorRequestId: 'one',
      CreatedByAccount: '123456789012',
    })
    for (const Id of [service['Id'], service['Arn']])
      expect(discovery(aws, 'GetService', { Id }).Service).toEqual(service)
  })

  test('takes the namespace by its ARN, and in its former place in the input', () => {
    const aws = localAws()
    const NamespaceId = createNamespace(aws)
    const { Arn } = discovery(aws, 'GetNamespace', { Id: NamespaceId }).Namespace
    expect(createDiscoveryService(aws, Arn)['NamespaceId']).toBe(NamespaceId)
    const { DnsConfig } = records('A', { NamespaceId })
    expect(discovery(aws, 'CreateService', { Name: 'old', DnsConfig }).Service.NamespaceId).toBe(NamespaceId)
  })

  test('refuses a name that is taken, and says by which service', () => {
    const { aws, namespace, service } = discovered({ ...records(), CreatorRequestId: 'one' })
    const again = (): unknown => createDiscoveryService(aws, namespace, 'WEB')
    expect(again).toThrow(refusal('ServiceAlreadyExists', 'Service already exists.'))
    expect(again).toThrow(
      expect.objectContaining({ body: expect.stringContaining(`"CreatorRequestId":"one","ServiceId":"${service}"`) }),
    )
  })

  test.each<[string, Unchecked]>([
    [
      'records that do not go together',
      {
        DnsConfig: {
          DnsRecords: [
            { Type: 'A', TTL: 1 },
            { Type: 'CNAME', TTL: 1 },
          ],
        },
      },
    ],
    ['a type of record that there is not', records('TXT')],
    ['no records', { DnsConfig: { DnsRecords: [] } }],
    ['a name for another name that is not weighted', records('CNAME')],
    ['a routing policy that there is not', records('A', { RoutingPolicy: 'LATENCY' })],
    ['a TTL below 0', { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: -1 }] } }],
    ['a health check of Route 53 in a private namespace', { ...records(), HealthCheckConfig: { Type: 'TCP' } }],
    ['both health checks', { ...records(), ...custom, HealthCheckConfig: { Type: 'TCP' } }],
    ['records in a service without', { ...records(), Type: 'HTTP' }],
    ['another type', { Type: 'DNS' }],
    ['a name that cannot be one', { Name: 'a..b', ...records() }],
    ['a misspelt member', { DnsConfg: {} }],
  ])('refuses %s', (_, more) => {
    const { aws, namespace } = discovered()
    expect(() => discovery(aws, 'CreateService', { Name: 'new', NamespaceId: namespace, ...more })).toThrow(
      refusal('InvalidInput'),
    )
    expect(Object.keys(aws.region.cloudMapServices)).toHaveLength(1)
  })

  test('refuses a missing namespace, and none', () => {
    const aws = localAws()
    expect(() => createDiscoveryService(aws, 'ns-1')).toThrow(refusal('NamespaceNotFound'))
    expect(() => discovery(aws, 'CreateService', { Name: 'web' })).toThrow(refusal('InvalidInput'))
  })
})

describe('ListServices', () => {
  test('finds those of a namespace, by its id and its ARN, and turns pages', () => {
    const aws = localAws()
    const [one, two] = [createNamespace(aws, 'one.internal'), createNamespace(aws, 'two.internal')]
    createDiscoveryService(aws, one, 'a')
    createDiscoveryService(aws, two, 'b')
    createDiscoveryService(aws, two, 'c')
    const names = (input: Unchecked): string[] =>
      discovery(aws, 'ListServices', input).Services.map(({ Name }: Unchecked) => Name)
    const { Arn } = discovery(aws, 'GetNamespace', { Id: two }).Namespace
    for (const Values of [[two], [Arn]])
      expect(names({ Filters: [{ Name: 'NAMESPACE_ID', Values }] })).toEqual(['b', 'c'])
    const { NextToken } = discovery(aws, 'ListServices', { MaxResults: 1 })
    expect(names({ NextToken })).toEqual(['b', 'c'])
    expect(discovery(aws, 'ListServices').Services[0]).not.toHaveProperty('NamespaceId')
  })
})

describe('RegisterInstance', () => {
  test('takes two seconds, and then the instance is a record in the zone', () => {
    const { aws, namespace, service } = discovered()
    const input = {
      ServiceId: service,
      InstanceId: 'i1',
      Attributes: v4('10.0.0.1', { stage: 'dev' }),
      CreatorRequestId: 'one',
    }
    discovery(aws, 'RegisterInstance', input)
    aws.advance(1999)
    expect(() => discovery(aws, 'GetInstance', { ServiceId: service, InstanceId: 'i1' })).toThrow(
      refusal('InstanceNotFound', 'No instance exists with the specified ID.'),
    )
    expect(recordsIn(aws, namespace)).toEqual([])
    aws.advance(1)
    expect(discovery(aws, 'GetInstance', { ServiceId: service, InstanceId: 'i1' }).Instance).toEqual({
      Id: 'i1',
      CreatorRequestId: 'one',
      Attributes: { AWS_INSTANCE_IPV4: '10.0.0.1', stage: 'dev' },
      CreatedByAccount: '123456789012',
    })
    expect(discovery(aws, 'GetService', { Id: service }).Service.InstanceCount).toBe(1)
    expect(recordsIn(aws, namespace)).toEqual(['web.corp.internal. A 10 10.0.0.1'])
  })

  test('creates a record for each instance, and replaces the record of one that is registered again', () => {
    const { aws, namespace, service } = discovered()
    register(aws, service, 'i1', v4('10.0.0.1'))
    register(aws, service, 'i2', v4('10.0.0.2'))
    register(aws, service, 'i1', v4('10.0.0.3'))
    expect(recordsIn(aws, namespace)).toEqual(['web.corp.internal. A 10 10.0.0.3', 'web.corp.internal. A 10 10.0.0.2'])
    const [zone] = Object.values(aws.world.global.hostedZones)
    expect(zone!.recordSets.slice(-1)).toMatchObject([{ SetIdentifier: 'i2', MultiValueAnswer: true }])
  })

  test.each<[string, Unchecked, Unchecked, string[]]>([
    ['AAAA', records('AAAA'), { AWS_INSTANCE_IPV6: '::1' }, ['web.corp.internal. AAAA 10 ::1']],
    [
      'CNAME',
      records('CNAME', { RoutingPolicy: 'WEIGHTED' }),
      { AWS_INSTANCE_CNAME: 'example.com' },
      ['web.corp.internal. CNAME 10 example.com'],
    ],
    [
      'SRV, whose host has an address of its own',
      records('SRV'),
      v4('10.0.0.1', { AWS_INSTANCE_PORT: '8080' }),
      ['web.corp.internal. SRV 10 1 1 8080 i1.web.corp.internal.', 'i1.web.corp.internal. A 10 10.0.0.1'],
    ],
    ['none, in a service without', {}, {}, []],
  ])('makes records of type %s', (_, more, attributes, expected) => {
    const { aws, namespace, service } = discovered(more)
    register(aws, service, 'i1', attributes)
    expect(recordsIn(aws, namespace)).toEqual(expected)
    done(aws, 'DeregisterInstance', { ServiceId: service, InstanceId: 'i1' })
    expect(recordsIn(aws, namespace)).toEqual([])
  })

  test.each<[string, Unchecked, Unchecked]>([
    ['no address', {}, records()],
    ['what is no address', v4('10.0.0'), records()],
    ['no IPv6 address', v4(), records('AAAA')],
    ['no port', v4(), records('SRV')],
    ['what is no port', v4('10.0.0.1', { AWS_INSTANCE_PORT: '65536' }), records('SRV')],
    ['no address for a port', { AWS_INSTANCE_PORT: '80' }, records('SRV')],
    ['no name', v4(), records('CNAME', { RoutingPolicy: 'WEIGHTED' })],
    ['an instance of EC2, which is for HTTP namespaces', { AWS_EC2_INSTANCE_ID: 'i-1' }, records()],
    [
      'a health status where there is no custom health check',
      v4('10.0.0.1', { AWS_INIT_HEALTH_STATUS: 'HEALTHY' }),
      records(),
    ],
    [
      'a health status that there is not',
      v4('10.0.0.1', { AWS_INIT_HEALTH_STATUS: 'OK' }),
      { ...records(), ...custom },
    ],
    [
      '31 attributes',
      v4('10.0.0.1', Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`a${index}`, '']))),
      records(),
    ],
    ['an attribute of 1025 characters', v4('10.0.0.1', { a: 'x'.repeat(1025) }), records()],
  ])('refuses %s', (_, attributes, more) => {
    const { aws, service } = discovered(more)
    expect(() => register(aws, service, 'i1', attributes)).toThrow(refusal('InvalidInput'))
    expect(Object.keys(aws.region.cloudMapOperations)).toHaveLength(1)
  })

  test('refuses an invalid id, a missing service, and an operation in progress', () => {
    const { aws, service } = discovered()
    expect(() => register(aws, service, 'a b', v4())).toThrow(refusal('InvalidInput'))
    expect(() => register(aws, 'srv-1', 'i1', v4())).toThrow(
      refusal('ServiceNotFound', 'No service exists with the specified ID.'),
    )
    const input = { ServiceId: service, InstanceId: 'i1', Attributes: v4() }
    discovery(aws, 'RegisterInstance', input)
    expect(() => discovery(aws, 'RegisterInstance', input)).toThrow(refusal('DuplicateRequest'))
    discovery(aws, 'RegisterInstance', { ...input, InstanceId: 'i2' })
  })

  test('takes instances named like members of Object.prototype', () => {
    const { aws, service } = discovered()
    for (const id of ['__proto__', 'constructor']) register(aws, service, id, v4())
    const again = localAws({ world: JSON.parse(JSON.stringify(aws.world)) })
    expect(discovery(again, 'ListInstances', { ServiceId: service }).Instances.map(({ Id }: Unchecked) => Id)).toEqual([
      '__proto__',
      'constructor',
    ])
    expect(() => discovery(again, 'GetInstance', { ServiceId: service, InstanceId: 'toString' })).toThrow(
      refusal('InstanceNotFound'),
    )
  })
})

describe('DeregisterInstance', () => {
  test('deregisters the instance, after which DeleteService succeeds', () => {
    const { aws, namespace, service: Id } = discovered()
    discovery(aws, 'RegisterInstance', { ServiceId: Id, InstanceId: 'i1', Attributes: v4() })
    const inUse = refusal(
      'ResourceInUse',
      'Service contains registered instances; delete the instances before deleting the service',
    )
    expect(() => discovery(aws, 'DeleteService', { Id })).toThrow(inUse)
    aws.advance(seconds(2))
    discovery(aws, 'DeregisterInstance', { ServiceId: Id, InstanceId: 'i1' })
    aws.advance(1999)
    expect(() => discovery(aws, 'DeleteService', { Id })).toThrow(inUse)
    aws.advance(1)
    expect(recordsIn(aws, namespace)).toEqual([])
    expect(discovery(aws, 'DeleteService', { Id })).toEqual({})
    expect(() => discovery(aws, 'DeleteService', { Id })).toThrow(refusal('ServiceNotFound'))
    expect(done(aws, 'DeleteNamespace', { Id: namespace })).toMatchObject({ Status: 'SUCCESS' })
  })

  test('refuses an unknown instance', () => {
    const { aws, service } = discovered()
    expect(() => discovery(aws, 'DeregisterInstance', { ServiceId: service, InstanceId: 'i1' })).toThrow(
      refusal('InstanceNotFound'),
    )
  })
})

describe('UpdateService', () => {
  test('changes TTLs in the records of all instances after a while', () => {
    const { aws, namespace, service } = discovered()
    register(aws, service, 'i1', v4())
    const change = { Description: 'new', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } }
    const { OperationId } = discovery(aws, 'UpdateService', { Id: service, Service: change })
    expect(recordsIn(aws, namespace)).toEqual(['web.corp.internal. A 10 10.0.0.1'])
    aws.advance(seconds(2))
    expect(discovery(aws, 'GetOperation', { OperationId }).Operation).toMatchObject({
      Type: 'UPDATE_SERVICE',
      Status: 'SUCCESS',
      Targets: { SERVICE: service },
    })
    expect(recordsIn(aws, namespace)).toEqual(['web.corp.internal. A 60 10.0.0.1'])
    expect(discovery(aws, 'GetService', { Id: service }).Service).toMatchObject(change)
  })

  test('deletes the records that it leaves out', () => {
    const { aws, namespace, service } = discovered({
      DnsConfig: {
        DnsRecords: [
          { Type: 'A', TTL: 1 },
          { Type: 'AAAA', TTL: 1 },
        ],
      },
    })
    register(aws, service, 'i1', v4('10.0.0.1', { AWS_INSTANCE_IPV6: '::1' }))
    expect(recordsIn(aws, namespace)).toHaveLength(2)
    done(aws, 'UpdateService', { Id: service, Service: { DnsConfig: { DnsRecords: [{ Type: 'AAAA', TTL: 1 }] } } })
    expect(recordsIn(aws, namespace)).toEqual(['web.corp.internal. AAAA 1 ::1'])
  })

  test.each<[string, Unchecked]>([
    ['another type of record', records('AAAA')],
    ['a TTL below 0', { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: -1 }] } }],
    ['a health check of Route 53', { HealthCheckConfig: { Type: 'TCP' } }],
    ['a custom health check, which no update changes', custom],
  ])('refuses %s', (_, change) => {
    const { aws, service } = discovered()
    expect(() => discovery(aws, 'UpdateService', { Id: service, Service: change })).toThrow(refusal('InvalidInput'))
  })
})

describe('DiscoverInstances', () => {
  const found = (aws: TestAws, more: Unchecked = {}): string[] =>
    discovery(aws, 'DiscoverInstances', { NamespaceName: 'corp.internal', ServiceName: 'web', ...more }).Instances.map(
      ({ InstanceId }: Unchecked) => InstanceId,
    )

  test('finds instances by names, with their revision', () => {
    const { aws, service } = discovered({ ...records(), ...custom })
    const ask = { NamespaceName: 'corp.internal', ServiceName: 'web' }
    const { InstancesRevision } = discovery(aws, 'DiscoverInstances', ask)
    register(aws, service, 'i1', v4())
    expect(discovery(aws, 'DiscoverInstances', ask)).toEqual({
      Instances: [{ InstanceId: 'i1', ...ask, HealthStatus: 'HEALTHY', Attributes: v4() }],
      InstancesRevision: InstancesRevision + 1,
    })
  })

  test.each<[string, Unchecked, string[]]>([
    ['the healthy ones', {}, ['i1', 'i3']],
    ['all', { HealthStatus: 'ALL' }, ['i1', 'i2', 'i3']],
    ['the unhealthy ones', { HealthStatus: 'UNHEALTHY' }, ['i2']],
    ['what has an attribute', { QueryParameters: { stage: 'dev' } }, ['i1']],
    ['what no instance has', { QueryParameters: { stage: 'test' } }, []],
    ['all where none has what is optional', { OptionalParameters: { stage: 'test' } }, ['i1', 'i3']],
    ['what is optional where there is some', { OptionalParameters: { stage: 'prod' } }, ['i3']],
    ['so many', { HealthStatus: 'ALL', MaxResults: 2 }, ['i1', 'i2']],
  ])('finds %s', (_, more, ids) => {
    const { aws, service } = discovered({ ...records(), ...custom })
    register(aws, service, 'i1', v4('10.0.0.1', { stage: 'dev' }))
    register(aws, service, 'i2', v4('10.0.0.2', { stage: 'prod', AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' }))
    register(aws, service, 'i3', v4('10.0.0.3', { stage: 'prod' }))
    expect(found(aws, more)).toEqual(ids)
  })

  test('finds all when none is healthy, and when there is no health check', () => {
    const { aws, service } = discovered({ ...records(), ...custom })
    register(aws, service, 'i1', v4('10.0.0.1', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' }))
    expect(found(aws)).toEqual(['i1'])
    expect(found(aws, { HealthStatus: 'HEALTHY' })).toEqual([])
    const unchecked = discovered()
    register(unchecked.aws, unchecked.service, 'i1', v4())
    expect(found(unchecked.aws, { HealthStatus: 'UNHEALTHY' })).toEqual(['i1'])
  })

  test('refuses unknown names, and filters that it does not have', () => {
    const { aws } = discovered()
    expect(() => found(aws, { NamespaceName: 'other' })).toThrow(refusal('NamespaceNotFound'))
    expect(() => found(aws, { ServiceName: 'other' })).toThrow(refusal('ServiceNotFound'))
    expect(() => found(aws, { HealthStatus: 'SICK' })).toThrow(refusal('InvalidInput'))
    expect(() => found(aws, { MaxResults: 1001 })).toThrow(refusal('InvalidInput'))
  })

  test('is refused as Cloud Map does when it is asked too often', () => {
    const aws = localAws({ throttle: true })
    aws.region.buckets['DiscoverInstances'] = { tokens: 0, at: aws.now }
    expect(() => found(aws)).toThrow(refusal('RequestLimitExceeded', 'Rate exceeded'))
  })
})

describe('Tags', () => {
  test('are set on namespaces and services, replaced and removed', () => {
    const aws = localAws()
    const Id = createNamespace(aws, 'corp.internal', { Tags: [{ Key: 'a', Value: '1' }] })
    const service = createDiscoveryService(aws, Id, 'web', { ...records(), Tags: [{ Key: 'b', Value: '2' }] })
    const tagsOf = (ResourceARN: string): Unchecked[] => discovery(aws, 'ListTagsForResource', { ResourceARN }).Tags
    const { Arn } = discovery(aws, 'GetNamespace', { Id }).Namespace
    expect([tagsOf(Arn), tagsOf(service['Arn'])]).toEqual([[{ Key: 'a', Value: '1' }], [{ Key: 'b', Value: '2' }]])
    discovery(aws, 'TagResource', {
      ResourceARN: Arn,
      Tags: [
        { Key: 'a', Value: '3' },
        { Key: 'c', Value: '' },
      ],
    })
    discovery(aws, 'UntagResource', { ResourceARN: Arn, TagKeys: ['c', 'none'] })
    expect(tagsOf(Arn)).toEqual([{ Key: 'a', Value: '3' }])
    discovery(aws, 'DeleteService', { Id: service['Id'] })
    expect(() => tagsOf(service['Arn'])).toThrow(refusal('ResourceNotFoundException'))
    expect(() => discovery(aws, 'TagResource', { ResourceARN: 'arn', Tags: [] })).toThrow(
      refusal('ResourceNotFoundException'),
    )
  })
})

test('the Cloud Map client works against the local AWS', async () => {
  let now = start
  const server = await startServer(createLocalAws({ now: () => now }), { port: 0 })
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  // Its data plane has a host of its own in AWS, which a local endpoint has not.
  const client = new sdk.ServiceDiscoveryClient({
    endpoint: server.url,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials,
    disableHostPrefix: true,
  })
  const { OperationId } = await client.send(
    new sdk.CreatePrivateDnsNamespaceCommand({ Name: 'corp.internal', Vpc: 'vpc-1' }),
  )
  now += 5000
  const { Operation } = await client.send(new sdk.GetOperationCommand({ OperationId }))
  expect(Operation).toMatchObject({ Status: 'SUCCESS', UpdateDate: new Date(now) })
  const NamespaceId = Operation!.Targets!.NAMESPACE!
  const { Service } = await client.send(
    new sdk.CreateServiceCommand({ Name: 'web', NamespaceId, DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] } }),
  )
  await client.send(
    new sdk.RegisterInstanceCommand({
      ServiceId: Service!.Id,
      InstanceId: 'i1',
      Attributes: { AWS_INSTANCE_IPV4: '10.0.0.1' },
    }),
  )
  now += 2000
  const { Instances } = await client.send(
    new sdk.DiscoverInstancesCommand({ NamespaceName: 'corp.internal', ServiceName: 'web' }),
  )
  expect(Instances).toMatchObject([{ InstanceId: 'i1', Attributes: { AWS_INSTANCE_IPV4: '10.0.0.1' } }])
  await expect(client.send(new sdk.DeleteServiceCommand({ Id: Service!.Id }))).rejects.toThrow(sdk.ResourceInUse)
  const again = client.send(new sdk.CreateServiceCommand({ Name: 'web', NamespaceId }))
  await expect(again).rejects.toMatchObject({
    name: 'ServiceAlreadyExists',
    ServiceId: Service!.Id,
    message: 'Service already exists.',
  })
  await server.close()
})
