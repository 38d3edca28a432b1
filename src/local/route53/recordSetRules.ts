// What Route 53 refuses of a change, by itself and beside the other record sets of its zone.
import type { Change } from '@aws-sdk/client-route-53'
import { nameOf } from '../world/arn.ts'
import { isWithin } from './domainName.ts'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { recordTypes } from './recordValue.ts'
import type { HostedZoneRecord, RecordSet } from '../world/world.ts'

const actions = ['CREATE', 'DELETE', 'UPSERT']
const policies = [
  'Weight',
  'Region',
  'Failover',
  'GeoLocation',
  'MultiValueAnswer',
  'CidrRoutingConfig',
  'GeoProximityLocation',
] as const satisfies readonly (keyof RecordSet)[]

const invalid = (message: string): AwsFault => new AwsFault('InvalidInput', message)

/** Refuses a change that cannot be told the meaning of, whatever there is in the hosted zone. */
export function checkChange({ Action, ResourceRecordSet }: Wire<Change>): void {
  const { Name, Type, SetIdentifier = null, TTL, ResourceRecords, AliasTarget, Weight } = ResourceRecordSet
  checkEnumerated(Action, actions)
  checkEnumerated(Type, recordTypes)
  const where = `Change with [Action=${Action}, Name=${Name}, Type=${Type}, SetIdentifier=${SetIdentifier}]`
  const hasRecords = TTL !== undefined && (ResourceRecords ?? []).length > 0
  const hasSome = TTL !== undefined || ResourceRecords !== undefined
  if (AliasTarget ? hasSome : !hasRecords) {
    const found = AliasTarget ? 'more than one' : 'none'
    throw invalid(
      'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or ' +
        `TrafficPolicyInstanceId], but found ${found} in ${where}`,
    )
  }
  const chosen = policies.filter((policy) => ResourceRecordSet[policy] !== undefined)
  if (chosen.length > 0 && SetIdentifier === null) {
    throw invalid(`Invalid request: Missing field 'SetIdentifier' in ${where}`)
  }
  if (SetIdentifier !== null && chosen.length !== 1) {
    const found = chosen.length > 1 ? 'more than one' : 'none'
    throw invalid(`Invalid request: Expected exactly one of [${policies.join(', ')}], but found ${found} in ${where}`)
  }
  if (TTL !== undefined && !isWhole(TTL, 2_147_483_647))
    throw invalid(`Invalid request: TTL is out of range in ${where}`)
  if (Weight !== undefined && !isWhole(Weight, 255))
    throw invalid(`Invalid request: Weight is out of range in ${where}`)
}

/** What must hold in a hosted zone once its changes are made; tells what does not, in Route 53's words. */
export function zoneProblems(
  zone: HostedZoneRecord,
  recordSets: readonly RecordSet[],
  changes: readonly Wire<Change>[],
): string[] {
  const name = zone.hostedZone.Name
  const changed = changes.filter(({ Action }) => Action !== 'DELETE').map(({ ResourceRecordSet }) => ResourceRecordSet)
  const has = (type: string): boolean => recordSets.some(({ Name, Type }) => Name === name && Type === type)
  return [
    ...(has('SOA') ? [] : ['A HostedZone must contain exactly one SOA record.']),
    ...(has('NS') ? [] : ['A HostedZone must contain at least one NS record for the zone itself.']),
    ...changed.flatMap((recordSet) => neighborProblem(name, recordSet, recordSets) ?? []),
    ...changed.flatMap((recordSet) => aliasProblem(zone, recordSet, recordSets) ?? []),
  ]
}

function neighborProblem(zone: string, recordSet: RecordSet, recordSets: readonly RecordSet[]): string | undefined {
  const { Name, Type, SetIdentifier } = recordSet
  const neighbors = recordSets.filter((each) => each.Name === Name)
  const what = `RRSet of type ${Type} with DNS name ${Name} is not permitted`
  if (Type === 'CNAME' && neighbors.some((each) => each.Type !== 'CNAME')) {
    return `${what} as it conflicts with other records with the same DNS name in zone ${zone}`
  }
  if (Type !== 'CNAME' && neighbors.some((each) => each.Type === 'CNAME')) {
    return `${what} because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zone}`
  }
  const same = neighbors.filter((each) => each.Type === Type)
  if (same.every((each) => policyOf(each) === policyOf(recordSet))) return undefined
  const identifier = SetIdentifier === undefined ? '' : `, SetIdentifier ${SetIdentifier}`
  return (
    `RRSet with DNS name ${Name}, type ${Type}${identifier} cannot be created as other RRSets exist ` +
    'with the same name and type'
  )
}

const policyOf = (recordSet: RecordSet): string | undefined =>
  policies.find((policy) => recordSet[policy] !== undefined)

/** An alias of another record of the zone has to lie in it and to have something to stand for. */
function aliasProblem(
  { hostedZone }: HostedZoneRecord,
  recordSet: RecordSet,
  recordSets: readonly RecordSet[],
): string | undefined {
  const { Type, AliasTarget } = recordSet
  if (AliasTarget === undefined || nameOf(AliasTarget.HostedZoneId) !== nameOf(hostedZone.Id)) return undefined
  const { DNSName, HostedZoneId } = AliasTarget
  const what = `Tried to create an alias that targets ${DNSName}, type ${Type} in zone ${HostedZoneId}`
  if (!isWithin(DNSName, hostedZone.Name))
    return `${what}, but the alias target name does not lie within the target zone`
  const isThere = recordSets.some((each) => each !== recordSet && each.Name === DNSName && each.Type === Type)
  return isThere ? undefined : `${what}, but that target was not found`
}

const isWhole = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most

function checkEnumerated(value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw invalid(
    `Invalid XML ; cvc-enumeration-valid: Value '${value}' is not facet-valid with respect to enumeration ` +
      `'[${allowed.join(', ')}]'. It must be a value from the enumeration.`,
  )
}
