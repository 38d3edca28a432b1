// Lists the record sets of a hosted zone by name, read from its end, then by type, starting at the given one or what
// comes after it. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
import type { ListResourceRecordSetsRequest, ListResourceRecordSetsResponse } from '@aws-sdk/client-route-53'
import { normalDomainName } from '../domainName.ts'
import { AwsFault } from '../../world/fault.ts'
import { findHostedZone } from '../hostedZone.ts'
import { pageSize } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { compareRecordSets } from '../recordSet.ts'
import type { RecordSetPlace } from '../recordSet.ts'

const most = 300

export const listResourceRecordSets: Operation<ListResourceRecordSetsRequest, ListResourceRecordSetsResponse> = (
  input,
  { global },
): Wire<ListResourceRecordSetsResponse> => {
  const { recordSets } = findHostedZone(global, input.HostedZoneId)
  const first = startOf(input)
  const found = first ? recordSets.filter((each) => compareRecordSets(each, first) >= 0) : recordSets
  const size = pageSize(input, most)
  const next = found[size]
  return {
    ResourceRecordSets: found.slice(0, size),
    IsTruncated: next !== undefined,
    NextRecordName: next?.Name,
    NextRecordType: next?.Type,
    NextRecordIdentifier: next?.SetIdentifier,
    MaxItems: input.MaxItems ?? most,
  }
}

function startOf({
  StartRecordName,
  StartRecordType,
  StartRecordIdentifier,
}: Wire<ListResourceRecordSetsRequest>): RecordSetPlace | undefined {
  if (StartRecordType !== undefined && StartRecordName === undefined) {
    throw new AwsFault('InvalidInput', 'The record type needs the record name that it goes with.')
  }
  if (StartRecordIdentifier !== undefined && StartRecordType === undefined) {
    throw new AwsFault('InvalidInput', 'The record identifier needs the record type that it goes with.')
  }
  if (StartRecordName === undefined) return undefined
  const normal = normalDomainName(StartRecordName)
  if ('problem' in normal) throw new AwsFault('InvalidInput', normal.problem)
  return { Name: normal.name, Type: StartRecordType, SetIdentifier: StartRecordIdentifier }
}
