// Returns one rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html
import type { DescribeRuleRequest, DescribeRuleResponse } from '@aws-sdk/client-eventbridge'
import type { Operation, Wire } from '../../world/operation.ts'
import { findRule } from '../rule.ts'

export const describeRule: Operation<DescribeRuleRequest, DescribeRuleResponse> = (
  input,
  { region },
): Wire<DescribeRuleResponse> => findRule(region, input.Name, input.EventBusName).rule
