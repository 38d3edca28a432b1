// The records of an instance in the hosted zone of its namespace.
import { keptName, withoutRecordSet, withRecordSet } from '../route53/recordSet.ts'
import type {
  CloudMapDnsRecord,
  CloudMapInstance,
  CloudMapNamespace,
  CloudMapService,
  Global,
  RecordSet,
  Region,
} from '../world/world.ts'

/** Puts the records of an instance into the hosted zone of its namespace. */
export function putInstanceRecordSets(
  region: Region,
  global: Global,
  service: CloudMapService,
  instance: CloudMapInstance,
): void {
  change(region, global, service, instance, withRecordSet)
}

/** Takes them out of it. */
export function takeInstanceRecordSets(
  region: Region,
  global: Global,
  service: CloudMapService,
  instance: CloudMapInstance,
): void {
  change(region, global, service, instance, withoutRecordSet)
}

function change(
  region: Region,
  global: Global,
  service: CloudMapService,
  instance: CloudMapInstance,
  changed: (recordSets: readonly RecordSet[], recordSet: RecordSet) => RecordSet[],
): void {
  const namespace = region.namespaces[service.NamespaceId]?.namespace
  const zone = namespace && global.hostedZones[namespace.Properties.DnsProperties.HostedZoneId]
  if (!namespace || !zone) return
  for (const recordSet of recordSetsOf(namespace, service, instance))
    zone.recordSets = changed(zone.recordSets, recordSet)
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html */
function recordSetsOf(
  namespace: CloudMapNamespace,
  { Name, DnsConfig }: CloudMapService,
  { Id, Attributes }: CloudMapInstance,
): RecordSet[] {
  const name = keptName(`${Name}.${namespace.Name}`)
  const policy = DnsConfig?.RoutingPolicy === 'WEIGHTED' ? { Weight: 1 } : { MultiValueAnswer: true }
  return (DnsConfig?.DnsRecords ?? []).flatMap(({ Type, TTL }) => {
    const host = keptName(`${Id}.${Name}.${namespace.Name}`)
    const value =
      Type === 'SRV' ? `1 1 ${Attributes['AWS_INSTANCE_PORT']} ${host}` : (Attributes[attributeOf[Type]] ?? '')
    const own: RecordSet = { Name: name, Type, SetIdentifier: Id, ...policy, TTL, ResourceRecords: [{ Value: value }] }
    return Type === 'SRV' ? [own, ...addressesOf(host, TTL, Attributes)] : [own]
  })
}

const attributeOf: Readonly<Record<Exclude<CloudMapDnsRecord['Type'], 'SRV'>, string>> = {
  A: 'AWS_INSTANCE_IPV4',
  AAAA: 'AWS_INSTANCE_IPV6',
  CNAME: 'AWS_INSTANCE_CNAME',
}

/** What an SRV record points to has records of its own, each of one address. */
const addressesOf = (host: string, TTL: number, attributes: CloudMapInstance['Attributes']): RecordSet[] =>
  (['A', 'AAAA'] as const).flatMap((Type) => {
    const value = attributes[attributeOf[Type]]
    return value === undefined ? [] : [{ Name: host, Type, TTL, ResourceRecords: [{ Value: value }] }]
  })
