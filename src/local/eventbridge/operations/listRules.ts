// Lists the rules of a bus by name. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
import type { ListRulesRequest, ListRulesResponse } from '@aws-sdk/client-eventbridge'
import type { Operation, Wire } from '../../world/operation.ts'
import { rulesOf, pageOf } from '../rule.ts'

export const listRules: Operation<ListRulesRequest, ListRulesResponse> = (
  input,
  { region },
): Wire<ListRulesResponse> => {
  const { NamePrefix = '', EventBusName } = input
  const rules = rulesOf(region, EventBusName)
    .map(({ rule }) => rule)
    .filter((rule) => rule.Name.startsWith(NamePrefix))
  const { items, nextToken } = pageOf(rules, input)
  // Who made a rule is for DescribeRule to say.
  return { Rules: items.map(({ CreatedBy: _, ...rule }) => rule), NextToken: nextToken }
}
