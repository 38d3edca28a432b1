// Lists the hosted zones by name, read from its end, starting at `DNSName` or what comes after it.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html
import type { ListHostedZonesByNameRequest, ListHostedZonesByNameResponse } from '@aws-sdk/client-route-53'
import { nameOf } from '../../world/arn.ts'
import { normalDomainName, reversedName } from '../domainName.ts'
import { AwsFault } from '../../world/fault.ts'
import { shownHostedZone } from '../hostedZone.ts'
import { pageSize } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { compare } from '../recordSet.ts'
import type { HostedZoneRecord } from '../../world/world.ts'

const most = 100

export const listHostedZonesByName: Operation<ListHostedZonesByNameRequest, ListHostedZonesByNameResponse> = (
  input,
  { global },
): Wire<ListHostedZonesByNameResponse> => {
  const { DNSName, HostedZoneId } = input
  if (HostedZoneId !== undefined && DNSName === undefined) {
    throw new AwsFault('InvalidInput', 'A hosted zone ID needs the DNS name that it goes with.')
  }
  const first = DNSName === undefined ? undefined : { name: keptName(DNSName), id: nameOf(HostedZoneId ?? '') }
  const zones = Object.values(global.hostedZones)
    .map((record) => ({ record, ...placeOf(record) }))
    .filter((zone) => first === undefined || comparePlaces(zone, first) >= 0)
    .toSorted(comparePlaces)
  const size = pageSize(input, most)
  const next = zones[size]
  return {
    HostedZones: zones.slice(0, size).map(({ record }) => shownHostedZone(record)),
    DNSName,
    HostedZoneId,
    IsTruncated: next !== undefined,
    NextDNSName: next?.name,
    NextHostedZoneId: next?.id,
    MaxItems: input.MaxItems ?? most,
  }
}

interface Place {
  readonly name: string
  readonly id: string
}

const placeOf = ({ hostedZone }: HostedZoneRecord): Place => ({ name: hostedZone.Name, id: nameOf(hostedZone.Id) })

const comparePlaces = (a: Place, b: Place): number =>
  compare(reversedName(a.name), reversedName(b.name)) || compare(a.id, b.id)

function keptName(given: string): string {
  const normal = normalDomainName(given)
  if ('problem' in normal) throw new AwsFault('InvalidDomainName', normal.problem)
  return normal.name
}
