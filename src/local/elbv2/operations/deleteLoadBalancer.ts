// Deletes a load balancer with its listeners; a missing one counts as deleted.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html
import type { DeleteLoadBalancerInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { listenersOf } from '../listener.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { changeListeners } from '../changeListeners.ts'

export const deleteLoadBalancer: Operation<DeleteLoadBalancerInput, Nothing> = (
  { LoadBalancerArn: arn },
  context,
): Nothing => {
  const { region } = context
  if (region.loadBalancers[arn]?.attributes['deletion_protection.enabled'] === 'true') {
    const message = `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`
    throw new AwsFault('OperationNotPermitted', message)
  }
  return changeListeners(context, () => {
    for (const { listener, rules } of listenersOf(region, arn)) {
      for (const { RuleArn } of rules) delete region.tags[RuleArn]
      delete region.tags[listener.ListenerArn]
      delete region.listeners[listener.ListenerArn]
    }
    delete region.loadBalancers[arn]
    delete region.tags[arn]
    return {}
  })
}
