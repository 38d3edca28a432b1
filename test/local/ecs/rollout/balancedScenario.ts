// Random scenarios of a service behind a load balancer.
import * as fc from 'fast-check'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import {
  balancedTargetGroup,
  createBalanced,
  createListener,
  healthOf,
  listening,
  setAttribute,
} from '../../balancedWeb.ts'
import { type Act, inTime, perform, what } from './scenario.ts'
import type { TestAws } from '../../support.ts'
import { updateWeb } from '../../webService.ts'

/** Something that somebody does to the service `web` or to the load balancer in front of it. */
export type BalancedAct =
  | Act
  | ({ wait: number } & (
      | { do: 'grace'; seconds: number }
      | { do: 'delay'; seconds: number }
      | { do: 'interval'; seconds: number }
      | { do: 'deregister'; which: number }
      | { do: 'attach' | 'detach' }
    ))

const balancing = fc.oneof(
  fc.record({ do: fc.constant('grace' as const), seconds: fc.nat({ max: 300 }) }),
  fc.record({ do: fc.constant('delay' as const), seconds: fc.oneof(fc.constant(0), fc.nat({ max: 600 })) }),
  fc.record({ do: fc.constant('interval' as const), seconds: fc.integer({ min: 6, max: 60 }) }),
  fc.record({ do: fc.constant('deregister' as const), which: fc.nat({ max: 20 }) }),
  fc.record({ do: fc.constantFrom('attach' as const, 'detach' as const) }),
)

export const balancedScenario: fc.Arbitrary<BalancedAct[]> = inTime(fc.oneof({ weight: 3, arbitrary: what }, balancing))

/** The service `web`, settled behind a target group with a load balancer. */
export function createScene(aws: TestAws): void {
  createBalanced(aws, [balancedTargetGroup(aws)])
}

/** Does it, through the API. A revision is deployed only while there is a load balancer to put it behind. */
export function performBalanced(aws: TestAws, act: BalancedAct): void {
  const targetGroupArn = Object.keys(aws.region.targetGroups)[0]!
  if (isOfService(act)) {
    if (act.do !== 'deploy' || isAttached(aws)) perform(aws, act, listening())
  } else if (act.do === 'grace') updateWeb(aws, { healthCheckGracePeriodSeconds: act.seconds })
  else if (act.do === 'delay') {
    setAttribute(aws, targetGroupArn, 'deregistration_delay.timeout_seconds', String(act.seconds))
  } else if (act.do === 'interval') {
    const input = { TargetGroupArn: targetGroupArn, HealthCheckIntervalSeconds: act.seconds }
    aws.call('elbv2', 'ModifyTargetGroup', input)
  } else if (act.do === 'deregister') deregister(aws, targetGroupArn, act.which)
  else if (act.do === 'detach') detach(aws)
  else attach(aws)
}

const isOfService = (act: BalancedAct): act is Act =>
  !['grace', 'delay', 'interval', 'deregister', 'attach', 'detach'].includes(act.do)

const isAttached = (aws: TestAws): boolean => Object.keys(aws.region.listeners).length > 0

/** Has the load balancer forward to the target group of the service, if it does not. */
export function attach(aws: TestAws): void {
  const [loadBalancer, targetGroup] = [aws.region.loadBalancers, aws.region.targetGroups].map(
    (records) => Object.keys(records)[0]!,
  )
  if (!isAttached(aws)) createListener(aws, loadBalancer!, targetGroup!)
}

function detach(aws: TestAws): void {
  for (const ListenerArn of Object.keys(aws.region.listeners)) aws.call('elbv2', 'DeleteListener', { ListenerArn })
}

function deregister(aws: TestAws, TargetGroupArn: string, which: number): void {
  const targets = healthOf(aws, TargetGroupArn).map(({ Target }): Unchecked => Target)
  if (targets.length === 0) return
  aws.call('elbv2', 'DeregisterTargets', { TargetGroupArn, Targets: [targets[which % targets.length]] })
}
