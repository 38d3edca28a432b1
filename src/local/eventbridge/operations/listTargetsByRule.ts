import type { Operation } from '../../world/operation.ts'
import { findRule, pageOf } from '../rule.ts'

/** The targets of a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export const listTargetsByRule: Operation = (input, { region }) => {
  const { items, nextToken } = pageOf(findRule(region, input.Rule, input.EventBusName).targets, input)
  return { Targets: items, NextToken: nextToken }
}
