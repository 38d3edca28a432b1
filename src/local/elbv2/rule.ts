// A rule of a listener, which its default actions are one of, too: its conditions and its actions.
import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../world/fault.ts'
import { violation } from '../wire/violation.ts'
import type { Wire } from '../world/operation.ts'
import { checkActions } from './actionRules.ts'
import { forwardedTo, loadBalancersOf } from './targetGroup.ts'
import type { ListenerAction, ListenerRecord, ListenerRule, Region } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

export function findRule(region: Region, arn: string): { record: ListenerRecord; rule: ListenerRule } {
  for (const record of Object.values(region.listeners)) {
    const rule = record.rules.find(({ RuleArn }) => RuleArn === arn)
    if (rule) return { record, rule }
  }
  throw new AwsFault('RuleNotFound', 'One or more rules not found')
}

/** Where the values of a condition are; the first two may also have them in `Values`. */
const configs = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
} as const satisfies Readonly<Record<string, keyof Wire<RuleCondition>>>

const isField = (field: string): field is keyof typeof configs => Object.hasOwn(configs, field)

/**
 * The conditions of a rule as they are shown, those that have two spellings with both.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
 */
export function completeConditions(given: readonly Wire<RuleCondition>[]): Wire<RuleCondition>[] {
  if (given.length === 0) throw new AwsFault('ValidationError', 'A condition must be specified')
  return given.map((condition) => {
    const { Field = '', Values } = condition
    if (!isField(Field)) {
      const fields = Object.keys(configs).join(',')
      throw new AwsFault('ValidationError', `Condition field '${Field}' must be one of '[${fields}]'`)
    }
    const values = condition[configs[Field]]?.Values ?? Values ?? []
    if (values.length === 0) throw new AwsFault('ValidationError', 'A condition value must be specified')
    if (Field === 'path-pattern') return withBoth(Field, 'PathPatternConfig', condition)
    if (Field === 'host-header') return withBoth(Field, 'HostHeaderConfig', condition)
    if (Values) throw new AwsFault('ValidationError', `The 'Values' field is not compatible with '${Field}'`)
    return copyOf(condition)
  })
}

/** A condition in both of its spellings. */
function withBoth(
  Field: string,
  member: 'PathPatternConfig' | 'HostHeaderConfig',
  condition: Wire<RuleCondition>,
): Wire<RuleCondition> {
  const Values = [...(condition[member]?.Values ?? condition.Values ?? [])]
  return { Field, Values, [member]: { Values: [...Values] } }
}

const types = ['forward', 'redirect', 'fixed-response', 'authenticate-cognito', 'authenticate-oidc', 'jwt-validation']
/** Exactly one of these comes last: API_Rule. */
const last = ['forward', 'redirect', 'fixed-response']

/**
 * The actions of a listener or a rule as they are shown, a `forward` with both of its spellings. Refused when a target
 * group is not there or belongs to another load balancer than `loadBalancerArn`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export function completeActions(
  region: Region,
  loadBalancerArn: string,
  given: readonly ListenerAction[],
): ListenerAction[] {
  if (given.length === 0) throw new AwsFault('ValidationError', 'An action must be specified')
  for (const [index, action] of given.entries()) checkAction(action, index)
  const ending = given.filter(({ Type }) => last.includes(Type))
  if (ending.length !== 1) {
    const message = "Each rule must include exactly one of the action types 'forward', 'redirect' or 'fixed-response'"
    throw new AwsFault('InvalidLoadBalancerAction', message)
  }
  checkActions(region, loadBalancerArn, given)
  const actions = given.map(completeAction)
  checkGroups(region, loadBalancerArn, forwardedTo(actions))
  return actions
}

function checkAction(action: ListenerAction, index: number): void {
  if (!types.includes(action.Type)) {
    const member = `actions.${index + 1}.member.type`
    throw new AwsFault(
      'ValidationError',
      violation(member, action.Type, `satisfy enum value set: [${types.join(', ')}]`),
    )
  }
  const isForwarding = action.TargetGroupArn !== undefined || (action.ForwardConfig?.TargetGroups ?? []).length > 0
  const has = { forward: isForwarding, redirect: action.RedirectConfig, 'fixed-response': action.FixedResponseConfig }
  if (action.Type in has && !has[action.Type as keyof typeof has]) {
    throw new AwsFault('InvalidLoadBalancerAction', `The action of type '${action.Type}' does not say where to.`)
  }
}

function completeAction(action: ListenerAction): ListenerAction {
  if (action.Type !== 'forward') return copyOf(action)
  const { TargetGroupArn, ForwardConfig, ...rest } = copyOf(action)
  const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn }]
  return {
    ...rest,
    ...(groups.length === 1 && { TargetGroupArn: groups[0]?.TargetGroupArn }),
    ForwardConfig: {
      TargetGroups: groups.map((group) => ({ Weight: 1, ...group })),
      TargetGroupStickinessConfig: ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false },
    },
  }
}

function checkGroups(region: Region, loadBalancerArn: string, arns: readonly string[]): void {
  const missing = arns.find((arn) => !region.targetGroups[arn])
  if (missing !== undefined) throw new AwsFault('TargetGroupNotFound', `Target group '${missing}' not found`)
  const elsewhere = arns.filter((arn) => loadBalancersOf(region, arn).some((other) => other !== loadBalancerArn))
  if (elsewhere.length > 0) {
    throw new AwsFault(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${elsewhere.join(', ')}`,
    )
  }
}
