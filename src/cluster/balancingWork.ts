import type { LoadBalancer } from '@aws-sdk/client-ecs'
import type { Planned } from '../engine/step.ts'
import type { Balancing } from './desired.ts'
import type { Found } from './found.ts'
import { listenerWork } from './listenerWork.ts'
import { loadBalancerWork } from './loadBalancerWork.ts'
import { recordWork } from './recordWork.ts'
import { targetGroupWork } from './targetGroupWork.ts'
import { type Work, together } from './work.ts'

/** What is to be done for all that leads to a service from outside; what the service is told of it, and what is kept. */
export function balancingWork(
  found: Found,
  service: string,
  balancing: Balancing,
): Work & { readonly door: Planned<LoadBalancer>; readonly kept: readonly unknown[] } {
  const { container, targetGroupArn } = balancing
  if (targetGroupArn !== undefined) {
    return { steps: {}, door: { targetGroupArn, ...container }, kept: [] }
  }
  const { balancer, ...balanced } = loadBalancerWork(found, service, balancing.loadBalancer)
  if (!balancer) return { ...balanced, door: container, kept: [] }
  const { arn, ...grouped } = targetGroupWork(found, service, balancing, balancer)
  const { there, ...listened } = listenerWork(found, service, balancing, { balancer, targetGroup: arn })
  const recorded = recordWork(found, balancing.record, { balancer, listener: there })
  return {
    ...together([balanced, grouped, listened, recorded]),
    door: { targetGroupArn: arn, ...container },
    kept: [balancer.arn, arn, there?.thing.ListenerArn],
  }
}
