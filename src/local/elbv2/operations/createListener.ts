// Creates a listener with its default rule.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
import type { CreateListenerInput, CreateListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { checkListenerActions } from '../listenerActions.ts'
import { withSettings } from '../listener.ts'
import { completeActions } from '../rule.ts'
import { checkTags, putTags } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { ListenerRule } from '../../world/world.ts'
import { changeListeners } from '../changeListeners.ts'

export const createListener: Operation<CreateListenerInput, CreateListenerOutput> = (
  input,
  context,
): Wire<CreateListenerOutput> => {
  const { region, ids } = context
  const { LoadBalancerArn, DefaultActions, Tags } = input
  if (!region.loadBalancers[LoadBalancerArn]) {
    throw new AwsFault('LoadBalancerNotFound', `Load balancer '${LoadBalancerArn}' not found`)
  }
  checkTags(Tags)
  const ListenerArn = `${LoadBalancerArn.replace(':loadbalancer/', ':listener/')}/${ids.hex(16)}`
  const settings = withSettings(region, { ListenerArn, LoadBalancerArn }, input)
  const Actions = completeActions(region, LoadBalancerArn, DefaultActions)
  checkListenerActions(region, settings.Protocol, Actions)
  const listener = { ...settings, DefaultActions: Actions }
  const RuleArn = `${ListenerArn.replace(':listener/', ':listener-rule/')}/${ids.hex(16)}`
  const rule: ListenerRule = { RuleArn, Priority: 'default', Conditions: [], Actions, IsDefault: true }
  changeListeners(context, () => {
    region.listeners[ListenerArn] = { listener, rules: [rule], certificates: [] }
  })
  putTags(region, ListenerArn, Tags)
  return { Listeners: [listener] }
}
