import type { Wire } from '../world/operation.ts'
import { isInUse } from './targetGroupUse.ts'
import type { Region, TargetGroupRecord, TargetRecord } from '../world/world.ts'

/**
 * What DescribeTargetHealth says about a target of a group at `now`: State, and Reason and Description unless it is
 * healthy. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export function targetHealth(region: Region, record: TargetGroupRecord, target: TargetRecord, now: number): Wire {
  const { TargetGroupArn, HealthCheckEnabled } = record.targetGroup
  if (target.goneAt !== undefined) {
    return target.goneAt > now ? draining : notRegistered
  }
  if (!isInUse(region, TargetGroupArn)) return notInUse
  if (!HealthCheckEnabled) return notChecked
  if (now < target.knownAt) return initial
  return target.fails ? failing(record.targetGroup) : { State: 'healthy' }
}

const state = (State: string, Reason: string, Description: string): Wire => ({ State, Reason, Description })

export const notRegistered = state('unused', 'Target.NotRegistered', 'Target is not registered to the target group')
const draining = state('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress')
const initial = state('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress')
const notChecked = state('unavailable', 'Target.HealthCheckDisabled', 'Health checks are disabled')
const notInUse = state(
  'unused',
  'Target.NotInUse',
  'Target group is not configured to receive traffic from the load balancer',
)

const failing = ({ HealthCheckProtocol }: Wire): Wire =>
  ['HTTP', 'HTTPS'].includes(HealthCheckProtocol)
    ? state('unhealthy', 'Target.ResponseCodeMismatch', 'Health checks failed with these codes: [500]')
    : state('unhealthy', 'Target.FailedHealthChecks', 'Health checks failed')
