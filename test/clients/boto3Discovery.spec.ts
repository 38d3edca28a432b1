import { expect, test } from 'vitest'
import { neverCalled, soon } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3 } = useDrivers()

/** Waits until an operation of Cloud Map is done, and answers it. */
async function done({ OperationId }: any): Promise<any> {
  for (;;) {
    const { Operation } = await boto3.call('servicediscovery', 'get_operation', { OperationId })
    if (!['SUBMITTED', 'PENDING'].includes(Operation.Status)) return Operation
  }
}

test('boto3 and Route 53: a zone, its records, its tags and its end', async () => {
  const Comment = 'größe <&>'
  const made = await boto3.call('route53', 'create_hosted_zone', {
    Name: 'example.com',
    CallerReference: 'one',
    HostedZoneConfig: { Comment },
  })
  expect(made).toMatchObject({
    HostedZone: { Name: 'example.com.', Config: { Comment, PrivateZone: false }, ResourceRecordSetCount: 2 },
    ChangeInfo: { Status: 'PENDING' },
  })
  const { Id } = made.HostedZone
  const sets = ['a', 'b', '*'].map((name) => {
    return { Name: `${name}.example.com`, Type: 'A', TTL: 5, ResourceRecords: [{ Value: '10.0.0.1' }] }
  })
  const change = (Action: string): Promise<any> =>
    boto3.call('route53', 'change_resource_record_sets', {
      HostedZoneId: Id,
      ChangeBatch: { Changes: sets.map((ResourceRecordSet) => ({ Action, ResourceRecordSet })) },
    })
  const { ChangeInfo } = await change('CREATE')
  await boto3.wait('route53', 'resource_record_sets_changed', { Id: ChangeInfo.Id, WaiterConfig: soon })
  expect(await boto3.call('route53', 'get_change', { Id: ChangeInfo.Id })).toMatchObject({
    ChangeInfo: { Status: 'INSYNC' },
  })
  await expect(change('CREATE')).rejects.toMatchObject({
    code: 'InvalidChangeBatch',
    message: expect.stringMatching(
      /^\[Tried to create resource record set \[name='a\.example\.com\.', type='A'\] but /,
    ),
    status: 400,
  })
  const pages = await boto3.pages('route53', 'list_resource_record_sets', {
    HostedZoneId: Id,
    PaginationConfig: { PageSize: 2 },
  })
  expect(pages.map(({ ResourceRecordSets }) => ResourceRecordSets.map(({ Name }: any) => Name))).toEqual([
    ['example.com.', 'example.com.'],
    ['\\052.example.com.', 'a.example.com.'],
    ['b.example.com.'],
  ])
  const of = { ResourceType: 'hostedzone', ResourceId: Id.replace('/hostedzone/', '') }
  await boto3.call('route53', 'change_tags_for_resource', { ...of, AddTags: [{ Key: 'team', Value: 'größe' }] })
  const { ResourceTagSet } = await boto3.call('route53', 'list_tags_for_resource', of)
  expect(ResourceTagSet).toEqual({ ...of, Tags: [{ Key: 'team', Value: 'größe' }] })
  const zones = await boto3.pages('route53', 'list_hosted_zones')
  const byName = await boto3.call('route53', 'list_hosted_zones_by_name', { DNSName: 'example.com' })
  for (const { HostedZones } of [...zones, byName]) expect(HostedZones.map((zone: any) => zone.Id)).toEqual([Id])
  await expect(boto3.call('route53', 'delete_hosted_zone', { Id })).rejects.toMatchObject({
    code: 'HostedZoneNotEmpty',
  })
  await change('DELETE')
  await boto3.call('route53', 'delete_hosted_zone', { Id })
  await expect(boto3.call('route53', 'get_hosted_zone', { Id })).rejects.toMatchObject({
    code: 'NoSuchHostedZone',
    status: 404,
  })
})

test('boto3 and Cloud Map: a namespace, its service, an instance, and the end of them', async () => {
  const map = (method: string, input: object): Promise<any> => boto3.call('servicediscovery', method, input)
  const create = await map('create_private_dns_namespace', { Name: 'corp.internal', Vpc: 'vpc-1' })
  const { Status, Targets } = await done(create)
  expect(Status).toBe('SUCCESS')
  const { Namespace } = await map('get_namespace', { Id: Targets.NAMESPACE })
  expect(Namespace).toMatchObject({ Name: 'corp.internal', Type: 'DNS_PRIVATE', ServiceCount: 0 })
  const namespaces = await boto3.pages('servicediscovery', 'list_namespaces')
  expect(namespaces.flatMap(({ Namespaces }) => Namespaces)).toMatchObject([{ Id: Namespace.Id }])
  const records = (TTL: number): object => ({ DnsRecords: [{ Type: 'A', TTL }] })
  const { Service } = await map('create_service', { Name: 'web', NamespaceId: Namespace.Id, DnsConfig: records(5) })
  const one = { ServiceId: Service.Id, InstanceId: 'one' }
  await done(await map('register_instance', { ...one, Attributes: { AWS_INSTANCE_IPV4: '10.0.0.1' } }))
  await done(await map('update_service', { Id: Service.Id, Service: { DnsConfig: records(60) } }))
  expect(await map('get_service', { Id: Service.Id })).toMatchObject({
    Service: { InstanceCount: 1, DnsConfig: records(60) },
  })
  const services = await boto3.pages('servicediscovery', 'list_services', {
    Filters: [{ Name: 'NAMESPACE_ID', Values: [Namespace.Id] }],
  })
  expect(services.flatMap(({ Services }) => Services)).toMatchObject([{ Id: Service.Id }])
  const instances = await boto3.pages('servicediscovery', 'list_instances', { ServiceId: Service.Id })
  expect(instances.flatMap(({ Instances }) => Instances)).toMatchObject([{ Id: 'one' }])
  expect(await map('get_instance', one)).toMatchObject({ Instance: { Id: 'one' } })
  const names = { NamespaceName: 'corp.internal', ServiceName: 'web' }
  expect(await map('discover_instances', names)).toMatchObject({ Instances: [{ InstanceId: 'one' }] })
  const Tags = [{ Key: 'team', Value: 'shop' }]
  await map('tag_resource', { ResourceARN: Service.Arn, Tags })
  expect(await map('list_tags_for_resource', { ResourceARN: Service.Arn })).toMatchObject({ Tags })
  await map('untag_resource', { ResourceARN: Service.Arn, TagKeys: ['team'] })
  await expect(map('delete_service', { Id: Service.Id })).rejects.toMatchObject({ code: 'ResourceInUse' })
  await expect(map('delete_namespace', { Id: Namespace.Id })).rejects.toMatchObject({ code: 'ResourceInUse' })
  await done(await map('deregister_instance', one))
  await map('delete_service', { Id: Service.Id })
  expect(await done(await map('delete_namespace', { Id: Namespace.Id }))).toMatchObject({ Status: 'SUCCESS' })
  const operations = await boto3.pages('servicediscovery', 'list_operations')
  expect(operations.flatMap(({ Operations }) => Operations)).toHaveLength(5)
})

test('boto3 has called every operation that the local AWS has of Route 53 and Cloud Map', () => {
  expect(neverCalled(boto3, (service) => service === 'route53' || service === 'servicediscovery')).toEqual([])
})
