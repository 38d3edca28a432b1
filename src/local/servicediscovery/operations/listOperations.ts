// Lists the operations, oldest first. https://docs.aws.amazon.com/cloud-map/latest/api/API_ListOperations.html
import type { ListOperationsRequest, ListOperationsResponse } from '@aws-sdk/client-servicediscovery'
import { filtered, pageOf } from '../list.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listOperations: Operation<ListOperationsRequest, ListOperationsResponse> = (
  input,
  { region },
): Wire<ListOperationsResponse> => {
  const all = Object.values(region.cloudMapOperations).map(({ operation }) => operation)
  const found = filtered(all, input.Filters, {
    NAMESPACE_ID: ({ Targets }) => Targets.NAMESPACE,
    SERVICE_ID: ({ Targets }) => Targets.SERVICE,
    STATUS: ({ Status }) => Status,
    TYPE: ({ Type }) => Type,
    UPDATE_DATE: ({ UpdateDate }) => UpdateDate * 1000,
  })
  const summaries = found.map(({ Id, Status }) => ({ Id, Status }))
  const { items, nextToken } = pageOf(summaries, input)
  return { Operations: items, NextToken: nextToken }
}
