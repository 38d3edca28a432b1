// What Elastic Load Balancing refuses in the actions of a listener or a rule.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
import type { RedirectActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import type { ListenerAction, Region } from '../world/world.ts'

/** Refuses actions that cannot be performed in this order, or not by a load balancer of this type. */
export function checkActions(region: Region, loadBalancerArn: string, actions: readonly ListenerAction[]): void {
  const type = region.loadBalancers[loadBalancerArn]?.loadBalancer.Type ?? 'application'
  if (type !== 'application' && actions.some(({ Type }) => Type !== 'forward')) {
    throw refusal(`Listeners of a load balancer of type '${type}' can only have actions of type 'forward'`)
  }
  const orders = actions.map(({ Order }) => Order)
  if (actions.length > 1 && new Set(orders).size < actions.length) {
    throw new AwsFault('ValidationError', 'Actions need an Order, and each another one, where there are several')
  }
  const last = actions.toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0)).at(-1)
  if (last && !['forward', 'redirect', 'fixed-response'].includes(last.Type)) {
    throw refusal("The last action must be of type 'forward', 'redirect' or 'fixed-response'")
  }
  for (const action of actions) {
    const problem = actionProblem(action)
    if (problem !== undefined) throw refusal(problem)
  }
}

const refusal = (message: string): AwsFault => new AwsFault('InvalidLoadBalancerAction', message)

const contentTypes = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json']

function actionProblem({ Type, ForwardConfig, TargetGroupArn, ...configs }: ListenerAction): string | undefined {
  const { RedirectConfig: redirect, FixedResponseConfig: response } = configs
  const stray = Object.entries(ofType).find(([type, member]) => type !== Type && configs[member] !== undefined)
  if (stray) return `${stray[1]} cannot be specified for an action of type '${Type}'`
  if (Type === 'redirect') return redirect && redirectProblem(redirect)
  const { ContentType } = response ?? {}
  if (Type === 'fixed-response' && ContentType !== undefined && !contentTypes.includes(ContentType)) {
    return `Content type '${ContentType}' must be one of '[${contentTypes.join(', ')}]'`
  }
  return Type === 'forward' ? forwardProblem(ForwardConfig, TargetGroupArn) : undefined
}

const ofType = {
  redirect: 'RedirectConfig',
  'fixed-response': 'FixedResponseConfig',
  'authenticate-oidc': 'AuthenticateOidcConfig',
  'authenticate-cognito': 'AuthenticateCognitoConfig',
  'jwt-validation': 'JwtValidationConfig',
} as const

function redirectProblem({ Protocol, Host, Port, Path = '/', Query }: Wire<RedirectActionConfig>): string | undefined {
  if (!Path.startsWith('/')) return `The redirect path '${Path}' must begin with '/'`
  const isPort =
    Port === undefined || Port === '#{port}' || (/^\d{1,5}$/.test(Port) && Number(Port) >= 1 && Number(Port) <= 65_535)
  if (!isPort) return `The redirect port '${Port}' must be from 1 to 65535 or '#{port}'`
  const isSame =
    [undefined, '#{protocol}'].includes(Protocol) &&
    [undefined, '#{host}'].includes(Host) &&
    [undefined, '#{port}'].includes(Port) &&
    ['/', '/#{path}'].includes(Path) &&
    [undefined, '#{query}'].includes(Query)
  return isSame ? 'The redirect configuration is not valid because it creates a loop.' : undefined
}

function forwardProblem(
  config: ListenerAction['ForwardConfig'],
  targetGroupArn: string | undefined,
): string | undefined {
  const groups = config?.TargetGroups ?? []
  if (groups.some(({ TargetGroupArn }) => !TargetGroupArn)) return 'A target group ARN must be specified'
  if (groups.length > 5) return 'A forward action can have up to 5 target groups'
  if (targetGroupArn !== undefined && groups.length > 0) {
    const isSame = groups.length === 1 && groups[0]?.TargetGroupArn === targetGroupArn
    if (!isSame) return 'TargetGroupArn and ForwardConfig must name the same target group'
  }
  const stickiness = config?.TargetGroupStickinessConfig
  return stickiness?.Enabled && stickiness.DurationSeconds === undefined
    ? 'Target group stickiness needs a duration'
    : undefined
}
