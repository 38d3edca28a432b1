// Enables a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
import type { EnableRuleRequest } from '@aws-sdk/client-eventbridge'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findRule } from '../rule.ts'

export const enableRule: Operation<EnableRuleRequest, Nothing> = ({ Name, EventBusName }, { region }): Nothing => {
  findRule(region, Name, EventBusName).rule.State = 'ENABLED'
  return {}
}
