// Lists the event buses by name. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html
import type { Operation } from '../../world/operation.ts'
import { pageOf } from '../rule.ts'

export const listEventBuses: Operation = (input, { region }) => {
  const { NamePrefix = '' } = input
  const names = new Set(['default', ...Object.keys(region.rules).map((key) => key.slice(0, key.indexOf('/')))])
  const wanted = [...names].filter((name) => name.startsWith(NamePrefix)).toSorted()
  const { items, nextToken } = pageOf(wanted, input)
  const arnOf = (name: string): string => `arn:aws:events:${region.name}:${region.account}:event-bus/${name}`
  return { EventBuses: items.map((name) => ({ Name: name, Arn: arnOf(name) })), NextToken: nextToken }
}
