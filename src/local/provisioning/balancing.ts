// Load balancers and target groups that exist before the first deployment.
import type { TargetTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2'
import { newLoadBalancer } from '../elbv2/loadBalancer.ts'
import { loadBalancerAttributes, targetGroupAttributes } from '../elbv2/attributes.ts'
import type { Context, Unchecked } from '../world/operation.ts'
import { createListener } from '../elbv2/operations/createListener.ts'
import type { ListenerAction } from '../world/world.ts'
import { newTargetGroup } from '../elbv2/targetGroup.ts'

/** Load balancers and target groups that were made elsewhere, by their ARNs. */
export interface ProvisionedBalancing {
  /** Application Load Balancers. */
  readonly loadBalancers?: readonly string[]
  /** Each behind a listener of a load balancer of its own; of type instance by default. */
  readonly targetGroups?: readonly { readonly arn: string; readonly targetType?: TargetTypeEnum }[]
}

/** Makes what of it does not exist yet and answers what it made: `load balancer shared`, `target group admin`. */
export function provisionBalancing(context: Context, wanted: ProvisionedBalancing): string[] {
  const { loadBalancers = [], targetGroups = [] } = wanted
  return [
    ...loadBalancers.flatMap((arn) => madeLoadBalancer(context, arn)),
    ...targetGroups.flatMap(({ arn, targetType }) => madeTargetGroup(context, arn, targetType)),
  ]
}

export const isLoadBalancer = (arn: unknown): boolean =>
  typeof arn === 'string' && /:loadbalancer\/app\/[^/]+\/[^/]+$/.test(arn)

export function isTargetGroup(value: unknown): boolean {
  const { arn, targetType = '' }: Unchecked = value ?? {}
  return typeof arn === 'string' && /:targetgroup\/[^/]+\/[^/]+$/.test(arn) && typeof (targetType ?? '') === 'string'
}

function madeLoadBalancer(context: Context, arn: string): string[] {
  const { region } = context
  if (region.loadBalancers[arn]) return []
  const [, , Name = ''] = arn.split('/')
  const loadBalancer = newLoadBalancer(context, { Name, Subnets: ['subnet-x', 'subnet-x'] })
  region.loadBalancers[arn] = {
    // It has been there for long.
    loadBalancer: { ...loadBalancer, LoadBalancerArn: arn, CreatedTime: 0 },
    attributes: loadBalancerAttributes(loadBalancer.Type),
  }
  return [`load balancer ${Name}`]
}

function madeTargetGroup(context: Context, arn: string, TargetType: TargetTypeEnum = 'instance'): string[] {
  const { region } = context
  if (region.targetGroups[arn]) return []
  const [, Name = '', id] = arn.split('/')
  const made = newTargetGroup(context, { Name, Protocol: 'HTTP', Port: 80, VpcId: 'vpc-0123456789abcdef0', TargetType })
  const targetGroup = { ...made, TargetGroupArn: arn }
  region.targetGroups[arn] = { targetGroup, attributes: targetGroupAttributes(targetGroup), targets: [] }
  const LoadBalancerArn = `${arn.split(':targetgroup/')[0]}:loadbalancer/app/${Name}/${id}`
  madeLoadBalancer(context, LoadBalancerArn)
  const DefaultActions: ListenerAction[] = [{ Type: 'forward', TargetGroupArn: arn }]
  createListener({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }, context)
  return [`target group ${Name}`]
}
