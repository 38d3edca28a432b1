// Deletes a hosted zone that has no records but its own NS and SOA.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html
import type { DeleteHostedZoneRequest, DeleteHostedZoneResponse } from '@aws-sdk/client-route-53'
import { nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import { changeableHostedZone } from '../hostedZone.ts'
import { addChange } from '../change.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const deleteHostedZone: Operation<DeleteHostedZoneRequest, DeleteHostedZoneResponse> = (
  { Id },
  context,
): Wire<DeleteHostedZoneResponse> => {
  const { global } = context
  const { hostedZone, recordSets } = changeableHostedZone(global, Id)
  const isOwn = (name: string, type: string): boolean => name === hostedZone.Name && ['NS', 'SOA'].includes(type)
  if (!recordSets.every(({ Name, Type }) => isOwn(Name, Type))) {
    const message = 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.'
    throw new AwsFault('HostedZoneNotEmpty', message)
  }
  delete global.hostedZones[nameOf(Id)]
  delete global.tags[nameOf(Id)]
  return { ChangeInfo: addChange(context) }
}
