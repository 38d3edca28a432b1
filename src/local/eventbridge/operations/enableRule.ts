// Enables a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
import type { EnableRuleRequest } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../world/operation.ts'
import { findRule } from '../rule.ts'

export const enableRule: Operation<EnableRuleRequest, {}> = ({ Name, EventBusName }, { region }) => {
  findRule(region, Name, EventBusName).rule.State = 'ENABLED'
  return {}
}
