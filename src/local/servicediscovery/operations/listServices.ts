// Lists the services, oldest first. https://docs.aws.amazon.com/cloud-map/latest/api/API_ListServices.html
import type { ListServicesRequest, ListServicesResponse, ServiceFilter } from '@aws-sdk/client-servicediscovery'
import { nameOf } from '../../world/arn.ts'
import { filtered, pageOf } from '../list.ts'
import { shownService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listServices: Operation<ListServicesRequest, ListServicesResponse> = (
  input,
  { region },
): Wire<ListServicesResponse> => {
  const all = Object.values(region.cloudMapServices).map(shownService)
  const found = filtered(all, input.Filters?.map(withoutArns), {
    NAMESPACE_ID: ({ NamespaceId }) => NamespaceId,
    RESOURCE_OWNER: () => 'SELF',
  })
  const summaries = found.map(({ CreatorRequestId: _, NamespaceId: __, ...summary }) => summary)
  const { items, nextToken } = pageOf(summaries, input)
  return { Services: items, NextToken: nextToken }
}

/** A namespace may be given by its ARN, too. */
const withoutArns = ({ Values, ...filter }: Wire<ServiceFilter>): Wire<ServiceFilter> => ({
  ...filter,
  Values: Values.map(nameOf),
})
