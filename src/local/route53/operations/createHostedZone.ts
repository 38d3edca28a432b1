// Creates a hosted zone with its NS and SOA records; with a VPC it is private. Several public ones may have the same
// name. https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html
import type { CreateHostedZoneRequest, CreateHostedZoneResponse } from '@aws-sdk/client-route-53'
import { nameOf } from '../../world/arn.ts'
import { normalDomainName } from '../domainName.ts'
import { AwsFault } from '../../world/fault.ts'
import { delegationSet, makeHostedZone, shownHostedZone } from '../hostedZone.ts'
import { addChange } from '../change.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createHostedZone: Operation<CreateHostedZoneRequest, CreateHostedZoneResponse> = (
  input,
  context,
): Wire<CreateHostedZoneResponse> => {
  const { Name, VPC, CallerReference, HostedZoneConfig = {}, DelegationSetId } = input
  const normal = normalDomainName(Name)
  if ('problem' in normal) throw new AwsFault('InvalidDomainName', normal.problem)
  if (DelegationSetId !== undefined) throw new AwsFault('NoSuchDelegationSet', nameOf(DelegationSetId))
  if (HostedZoneConfig.PrivateZone && !VPC) throw new AwsFault('InvalidVPCId', 'Invalid or missing VPC Id.')
  const existing = Object.values(context.global.hostedZones)
  if (existing.some(({ hostedZone }) => hostedZone.CallerReference === CallerReference)) {
    const message = 'A hosted zone has already been created with the specified caller reference.'
    throw new AwsFault('HostedZoneAlreadyExists', message, 409)
  }
  const { Comment: comment } = HostedZoneConfig
  const record = makeHostedZone(context, { name: normal.name, callerReference: CallerReference, comment, vpc: VPC })
  return {
    HostedZone: shownHostedZone(record),
    ChangeInfo: addChange(context),
    DelegationSet: delegationSet(record) ?? { NameServers: [] },
    VPC,
    Location: `https://route53.amazonaws.com/2013-04-01${record.hostedZone.Id}`,
  }
}
