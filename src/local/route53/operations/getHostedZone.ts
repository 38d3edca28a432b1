// Returns a hosted zone with its name servers and VPCs.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html
import type { GetHostedZoneRequest, GetHostedZoneResponse } from '@aws-sdk/client-route-53'
import { delegationSet, findHostedZone, shownHostedZone } from '../hostedZone.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const getHostedZone: Operation<GetHostedZoneRequest, GetHostedZoneResponse> = (
  { Id },
  { global },
): Wire<GetHostedZoneResponse> => {
  const record = findHostedZone(global, Id)
  const { vpcs } = record
  return {
    HostedZone: shownHostedZone(record),
    DelegationSet: delegationSet(record),
    VPCs: vpcs.length > 0 ? [...vpcs] : undefined,
  }
}
