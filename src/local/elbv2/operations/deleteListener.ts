// Deletes a listener with its rules.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html
import type { DeleteListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { findListener } from '../listener.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { changeListeners } from '../changeListeners.ts'

export const deleteListener: Operation<DeleteListenerInput, Nothing> = ({ ListenerArn }, context): Nothing => {
  const { region } = context
  const { rules } = findListener(region, ListenerArn)
  changeListeners(context, () => {
    delete region.listeners[ListenerArn]
  })
  for (const { RuleArn } of rules) delete region.tags[RuleArn]
  delete region.tags[ListenerArn]
  return {}
}
