// Lists the instances of a service, oldest first.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html
import type { ListInstancesRequest, ListInstancesResponse } from '@aws-sdk/client-servicediscovery'
import { pageOf } from '../list.ts'
import { findService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listInstances: Operation<ListInstancesRequest, ListInstancesResponse> = (
  input,
  { region },
): Wire<ListInstancesResponse> => {
  const { instances } = findService(region, input.ServiceId)
  const summaries = instances.map(({ CreatorRequestId: _, ...summary }) => summary)
  const { items, nextToken } = pageOf(summaries, input)
  return { ResourceOwner: region.account, Instances: items, NextToken: nextToken }
}
