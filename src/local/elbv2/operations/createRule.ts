// Adds a rule to a listener. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html
import type { CreateRuleInput, CreateRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { checkListenerActions } from '../listenerActions.ts'
import { findListener } from '../listener.ts'
import { completeActions, completeConditions } from '../rule.ts'
import { checkTags, putTags } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { ListenerRule } from '../../world/world.ts'
import { changeListeners } from '../changeListeners.ts'

export const createRule: Operation<CreateRuleInput, CreateRuleOutput> = (input, context): Wire<CreateRuleOutput> => {
  const { region, ids } = context
  const { ListenerArn, Priority, Tags } = input
  const record = findListener(region, ListenerArn)
  checkTags(Tags)
  checkPriority(Priority, record.rules)
  const rule = {
    RuleArn: `${ListenerArn.replace(':listener/', ':listener-rule/')}/${ids.hex(16)}`,
    Priority: String(Priority),
    Conditions: completeConditions(input.Conditions),
    Actions: completeActions(region, record.listener.LoadBalancerArn, input.Actions),
    IsDefault: false,
  }
  checkListenerActions(region, record.listener.Protocol, rule.Actions)
  changeListeners(context, () => {
    record.rules = [...record.rules, rule].toSorted((a, b) => rank(a) - rank(b))
  })
  putTags(region, rule.RuleArn, Tags)
  return { Rules: [rule] }
}

/** The default rule comes last. */
const rank = ({ Priority, IsDefault }: ListenerRule): number => (IsDefault ? Infinity : Number(Priority))

function checkPriority(priority: number, rules: readonly ListenerRule[]): void {
  if (!Number.isInteger(priority) || priority < 1 || priority > 50_000) {
    throw new AwsFault('ValidationError', `Priority '${priority}' must be between '1-50000' inclusive`)
  }
  if (rules.some(({ Priority }) => Priority === String(priority))) {
    throw new AwsFault('PriorityInUse', `Priority '${priority}' is currently in use`)
  }
}
