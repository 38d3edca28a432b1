import type { Operation } from '../../world/operation.ts'
import { rulesOf, pageOf } from '../rule.ts'

/**
 * The names of the rules of a bus that have a target of that ARN: of an ECS target, the cluster's.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html
 */
export const listRuleNamesByTarget: Operation = (input, { region }) => {
  const rules = rulesOf(region, input.EventBusName).filter(({ targets }) =>
    targets.some((target) => target.Arn === input.TargetArn),
  )
  const { items, nextToken } = pageOf(
    rules.map(({ rule }) => rule.Name),
    input,
  )
  return { RuleNames: items, NextToken: nextToken }
}
