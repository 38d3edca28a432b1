// Lists rules by ARN, or those of a listener.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html
import type { DescribeRulesInput, DescribeRulesOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findListener } from '../listener.ts'
import { findRule } from '../rule.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeRules: Operation<DescribeRulesInput, DescribeRulesOutput> = (
  input,
  { region },
): Wire<DescribeRulesOutput> => {
  const { ListenerArn, RuleArns: arns = [] } = input
  if (ListenerArn === undefined && arns.length === 0) {
    throw new AwsFault('ValidationError', 'You must specify either listener rule ARNs or a listener ARN')
  }
  if (ListenerArn !== undefined && arns.length > 0) {
    const message = 'Listener rule ARNs and a listener ARN cannot be specified at the same time'
    throw new AwsFault('ValidationError', message)
  }
  const rules =
    ListenerArn === undefined ? arns.map((arn) => findRule(region, arn).rule) : findListener(region, ListenerArn).rules
  const { items, nextToken } = pageOf(rules, input)
  return { Rules: items, NextMarker: nextToken }
}
