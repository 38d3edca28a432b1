// Changes the settings of a listener and the actions of its default rule.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html
import type { ModifyListenerInput, ModifyListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { checkListenerActions } from '../listenerActions.ts'
import { findListener, withSettings } from '../listener.ts'
import { completeActions } from '../rule.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { changeListeners } from '../changeListeners.ts'

export const modifyListener: Operation<ModifyListenerInput, ModifyListenerOutput> = (
  input,
  context,
): Wire<ModifyListenerOutput> => {
  const { region } = context
  const record = findListener(region, input.ListenerArn)
  const { listener: before, rules } = record
  const settings = withSettings(region, before, input)
  const Actions = input.DefaultActions
    ? completeActions(region, before.LoadBalancerArn, input.DefaultActions)
    : before.DefaultActions
  checkListenerActions(region, settings.Protocol, Actions)
  const listener = { ...settings, DefaultActions: Actions }
  changeListeners(context, () => {
    region.listeners[input.ListenerArn] = {
      listener,
      rules: rules.map((rule) => (rule.IsDefault ? { ...rule, Actions } : rule)),
      certificates: settings.Certificates ? record.certificates : [],
    }
  })
  return { Listeners: [listener] }
}
