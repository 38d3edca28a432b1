// Lists the namespaces, oldest first. https://docs.aws.amazon.com/cloud-map/latest/api/API_ListNamespaces.html
import type { ListNamespacesRequest, ListNamespacesResponse } from '@aws-sdk/client-servicediscovery'
import { filtered, pageOf } from '../list.ts'
import { shownNamespace } from '../namespace.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listNamespaces: Operation<ListNamespacesRequest, ListNamespacesResponse> = (
  input,
  { region },
): Wire<ListNamespacesResponse> => {
  const all = Object.values(region.namespaces).map((record) => shownNamespace(region, record))
  const found = filtered(all, input.Filters, {
    TYPE: ({ Type }) => Type,
    NAME: ({ Name }) => Name,
    HTTP_NAME: ({ Properties }) => Properties.HttpProperties.HttpName,
    RESOURCE_OWNER: () => 'SELF',
  })
  const summaries = found.map(({ CreatorRequestId: _, ...summary }) => summary)
  const { items, nextToken } = pageOf(summaries, input)
  return { Namespaces: items, NextToken: nextToken }
}
