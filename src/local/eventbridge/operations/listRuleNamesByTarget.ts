// Lists the names of the rules of a bus with a target of that ARN: for an ECS target, the ARN of the cluster.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html
import type { ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse } from '@aws-sdk/client-eventbridge'
import type { Operation, Wire } from '../../world/operation.ts'
import { rulesOf, pageOf } from '../rule.ts'

export const listRuleNamesByTarget: Operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse> = (
  input,
  { region },
): Wire<ListRuleNamesByTargetResponse> => {
  const rules = rulesOf(region, input.EventBusName).filter(({ targets }) =>
    targets.some((target) => target.Arn === input.TargetArn),
  )
  const { items, nextToken } = pageOf(
    rules.map(({ rule }) => rule.Name),
    input,
  )
  return { RuleNames: items, NextToken: nextToken }
}
