// Disables a rule; its targets stay. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html
import type { DisableRuleRequest } from '@aws-sdk/client-eventbridge'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findRule } from '../rule.ts'

export const disableRule: Operation<DisableRuleRequest, Nothing> = ({ Name, EventBusName }, { region }): Nothing => {
  findRule(region, Name, EventBusName).rule.State = 'DISABLED'
  return {}
}
