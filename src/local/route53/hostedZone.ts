// A hosted zone: how it is made with its own records, shown and found.
import type { DelegationSet, HostedZone as ShownHostedZone, VPC } from '@aws-sdk/client-route-53'
import { nameOf } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { Global, HostedZoneRecord, RecordSet } from '../world/world.ts'

/** What makes a hosted zone. */
interface HostedZoneOrigin {
  /** Without `/hostedzone/`; a new one where it is left out. */
  readonly id?: string | undefined
  /** As Route 53 keeps it. */
  readonly name: string
  readonly callerReference: string
  readonly comment?: string | undefined
  /** With `VPCRegion` and `VPCId`; without it the zone is public. */
  readonly vpc?: Wire<VPC> | undefined
  /** The service that alone may change the zone, and what of that service it belongs to. */
  readonly linkedService?: { ServicePrincipal: string; Description: string }
  /** Seconds that resolvers remember that there is no record, 900 by default. */
  readonly soaTtl?: number
}

/** Makes a hosted zone with the records that Route 53 makes for it: NS and SOA. */
export function makeHostedZone({ global, ids }: Context, origin: HostedZoneOrigin): HostedZoneRecord {
  const { name, comment, vpc, linkedService } = origin
  if (vpc) checkVpc(global, name, vpc)
  const id = origin.id ?? `Z${ids.hex(20).toUpperCase()}`
  const record: HostedZoneRecord = {
    hostedZone: {
      Id: `/hostedzone/${id}`,
      Name: name,
      CallerReference: origin.callerReference,
      Config: { Comment: comment, PrivateZone: vpc !== undefined },
      LinkedService: linkedService,
    },
    vpcs: vpc ? [vpc] : [],
    nameServers: vpc ? privateNameServers : publicNameServers(ids.digits(16)),
    recordSets: [],
  }
  record.recordSets = defaultRecordSets(record, origin.soaTtl ?? 900)
  global.hostedZones[id] = record
  return record
}

/** The hosted zone of an id, with or without `/hostedzone/`; refused when it is not there. */
export function findHostedZone(global: Global, id: string): HostedZoneRecord {
  const found = own(global.hostedZones, nameOf(id))
  if (!found) throw new AwsFault('NoSuchHostedZone', `No hosted zone found with ID: ${nameOf(id)}`, 404)
  return found
}

/** The id under which the tags of a resource of Route 53 are kept; refused when it is not there. Only hosted zones are. */
export function taggedHostedZone(global: Global, type: string, id: string): string {
  if (type === 'healthcheck') {
    throw new AwsFault('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404)
  }
  if (type !== 'hostedzone') throw new AwsFault('InvalidInput', `'${type}' is no type of resource that has tags.`)
  findHostedZone(global, id)
  return id
}

/** The hosted zone of an id, to be changed; one that belongs to another service is refused. */
export function changeableHostedZone(global: Global, id: string): HostedZoneRecord {
  const found = findHostedZone(global, id)
  const { LinkedService } = found.hostedZone
  if (!LinkedService) return found
  const message = `The resource hostedzone/${nameOf(id)} can only be managed through AWS Cloud Map (${LinkedService.Description})`
  throw new AwsFault('AccessDenied', message, 403)
}

export const shownHostedZone = ({ hostedZone, recordSets }: HostedZoneRecord) => {
  const { LinkedService, ...shown } = hostedZone
  return { ...shown, ResourceRecordSetCount: recordSets.length, LinkedService } satisfies Wire<ShownHostedZone>
}

/** The name servers to be entered at the registrar; a private zone has none. */
export const delegationSet = ({ vpcs, nameServers }: HostedZoneRecord): Wire<DelegationSet> | undefined =>
  vpcs.length > 0 ? undefined : { NameServers: [...nameServers] }

function checkVpc(global: Global, name: string, { VPCId, VPCRegion }: Wire<VPC>): void {
  if (!/^vpc-\w+$/.test(VPCId ?? '') || VPCRegion === undefined) {
    throw new AwsFault('InvalidVPCId', 'Invalid or missing VPC Id.')
  }
  const taken = Object.values(global.hostedZones).find(
    ({ hostedZone, vpcs }) => hostedZone.Name === name && vpcs.some((vpc) => vpc.VPCId === VPCId),
  )
  if (!taken) return
  throw new AwsFault(
    'ConflictingDomainExists',
    `The VPC ${VPCId} in region ${VPCRegion} has already been associated with the hosted zone ` +
      `${nameOf(taken.hostedZone.Id)} with the same domain name.`,
  )
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
function defaultRecordSets({ hostedZone, nameServers }: HostedZoneRecord, soaTtl: number): RecordSet[] {
  const [first] = nameServers
  const soa = `${first}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`
  return [
    {
      Name: hostedZone.Name,
      Type: 'NS',
      TTL: 172_800,
      ResourceRecords: nameServers.map((server) => ({ Value: `${server}.` })),
    },
    { Name: hostedZone.Name, Type: 'SOA', TTL: soaTtl, ResourceRecords: [{ Value: soa }] },
  ]
}

/** Private hosted zones have name servers that nobody can ask. */
const privateNameServers = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
]

const domains = ['co.uk', 'com', 'org', 'net']

/** The four name servers of a public hosted zone, one in each of four top-level domains. `digits` are 16 of them. */
const publicNameServers = (digits: string): string[] =>
  domains.map((domain, index) => {
    const [server, group] = [digits.slice(index * 4, index * 4 + 2), digits.slice(index * 4 + 2, index * 4 + 4)]
    return `ns-${index * 512 + Number(server)}.awsdns-${group}.${domain}`
  })
