// Lists the hosted zones, oldest first.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html
import type { ListHostedZonesRequest, ListHostedZonesResponse } from '@aws-sdk/client-route-53'
import { nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import { shownHostedZone } from '../hostedZone.ts'
import { pageSize } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

/** The model has a marker in every answer; the first page has none, as the example in Route 53's own reference shows it. */
type Answer = Omit<ListHostedZonesResponse, 'Marker'> & Pick<ListHostedZonesRequest, 'Marker'>

const most = 100

export const listHostedZones: Operation<ListHostedZonesRequest, Answer> = (input, { global }): Wire<Answer> => {
  const { Marker, HostedZoneType, DelegationSetId } = input
  if (DelegationSetId !== undefined) throw new AwsFault('NoSuchDelegationSet', nameOf(DelegationSetId))
  if (HostedZoneType !== undefined && HostedZoneType !== 'PrivateHostedZone') {
    throw new AwsFault('InvalidInput', `'${HostedZoneType}' is no type of hosted zone.`)
  }
  const zones = Object.values(global.hostedZones).filter(({ vpcs }) => HostedZoneType === undefined || vpcs.length > 0)
  const from = Marker === undefined ? 0 : zones.findIndex(({ hostedZone }) => nameOf(hostedZone.Id) === nameOf(Marker))
  if (from < 0) throw new AwsFault('InvalidInput', `The marker '${Marker}' is no hosted zone.`)
  const to = from + pageSize(input, most)
  const next = zones[to]
  return {
    HostedZones: zones.slice(from, to).map(shownHostedZone),
    Marker,
    IsTruncated: next !== undefined,
    NextMarker: next && nameOf(next.hostedZone.Id),
    MaxItems: input.MaxItems ?? most,
  }
}
