import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { forwardedTo, loadBalancersOf } from './targetGroupUse.ts'
import type { Region } from '../world/world.ts'

const types = ['forward', 'redirect', 'fixed-response', 'authenticate-cognito', 'authenticate-oidc', 'jwt-validation']
/** Exactly one of these comes last: API_Rule. */
const last = ['forward', 'redirect', 'fixed-response']

/**
 * The actions of a listener or a rule as they are shown, a `forward` with both of its spellings. Refused when a target
 * group is not there or belongs to another load balancer than `loadBalancerArn`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export function completeActions(region: Region, loadBalancerArn: string, given: readonly Wire[]): Wire[] {
  if (given.length === 0) throw new AwsFault('ValidationError', 'An action must be specified')
  for (const [index, action] of given.entries()) checkAction(action, index)
  const ending = given.filter(({ Type }) => last.includes(Type))
  if (ending.length !== 1) {
    const message = "Each rule must include exactly one of the action types 'forward', 'redirect' or 'fixed-response'"
    throw new AwsFault('InvalidLoadBalancerAction', message)
  }
  const actions = given.map(completeAction)
  checkGroups(region, loadBalancerArn, forwardedTo(actions))
  return actions
}

function checkAction(action: Wire, index: number): void {
  if (!types.includes(action.Type)) {
    throw new AwsFault(
      'ValidationError',
      `1 validation error detected: Value '${action.Type}' at 'actions.${index + 1}.member.type' failed to satisfy ` +
        `constraint: Member must satisfy enum value set: [${types.join(', ')}]`,
    )
  }
  const isForwarding = action.TargetGroupArn !== undefined || action.ForwardConfig?.TargetGroups?.length > 0
  const has = { forward: isForwarding, redirect: action.RedirectConfig, 'fixed-response': action.FixedResponseConfig }
  if (action.Type in has && !has[action.Type as keyof typeof has]) {
    throw new AwsFault('InvalidLoadBalancerAction', `The action of type '${action.Type}' does not say where to.`)
  }
}

function completeAction(action: Wire): Wire {
  if (action.Type !== 'forward') return structuredClone(action)
  const { TargetGroupArn, ForwardConfig, ...rest } = structuredClone(action)
  const groups: Wire[] = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn }]
  return {
    ...rest,
    ...(groups.length === 1 && { TargetGroupArn: groups[0]!.TargetGroupArn }),
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
