// Deletes a rule of a listener, never its default one.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteRule.html
import type { DeleteRuleInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findRule } from '../rule.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { changeListeners } from '../changeListeners.ts'

export const deleteRule: Operation<DeleteRuleInput, Nothing> = ({ RuleArn }, context): Nothing => {
  const { region } = context
  const { record, rule } = findRule(region, RuleArn)
  if (rule.IsDefault) throw new AwsFault('OperationNotPermitted', `Default rule '${RuleArn}' cannot be deleted`)
  changeListeners(context, () => {
    record.rules = record.rules.filter((each) => each !== rule)
  })
  delete region.tags[RuleArn]
  return {}
}
