// Deletes a rule that has no targets; a missing one counts as deleted.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html
import type { DeleteRuleRequest } from '@aws-sdk/client-eventbridge'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { checkBus, ruleKey } from '../rule.ts'

export const deleteRule: Operation<DeleteRuleRequest, Nothing> = ({ Name, EventBusName }, { region }): Nothing => {
  checkBus(region, EventBusName)
  const key = ruleKey(Name, EventBusName)
  const found = region.rules[key]
  if (!found) return {}
  if (found.targets.length > 0) {
    throw new AwsFault('ValidationException', "Rule can't be deleted since it has targets.")
  }
  delete region.rules[key]
  delete region.tags[found.rule.Arn]
  return {}
}
