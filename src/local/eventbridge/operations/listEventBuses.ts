// Lists the event buses by name. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html
import type { ListEventBusesRequest, ListEventBusesResponse } from '@aws-sdk/client-eventbridge'
import type { Operation, Wire } from '../../world/operation.ts'
import { busesOf } from '../bus.ts'
import { pageOf } from '../rule.ts'

export const listEventBuses: Operation<ListEventBusesRequest, ListEventBusesResponse> = (
  input,
  { region },
): Wire<ListEventBusesResponse> => {
  const { NamePrefix = '' } = input
  const wanted = busesOf(region).filter(({ Name }) => Name.startsWith(NamePrefix))
  const { items, nextToken } = pageOf(wanted, input)
  return { EventBuses: items.map(({ KmsKeyIdentifier: _, ...bus }) => bus), NextToken: nextToken }
}
