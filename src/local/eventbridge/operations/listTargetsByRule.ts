// Lists the targets of a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html
import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from '@aws-sdk/client-eventbridge'
import type { Operation, Wire } from '../../world/operation.ts'
import { findRule, pageOf } from '../rule.ts'

export const listTargetsByRule: Operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse> = (
  input,
  { region },
): Wire<ListTargetsByRuleResponse> => {
  const { items, nextToken } = pageOf(findRule(region, input.Rule, input.EventBusName).targets, input)
  return { Targets: items, NextToken: nextToken }
}
