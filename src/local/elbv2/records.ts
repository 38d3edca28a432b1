// The records of Elastic Load Balancing in a region: load balancers, target groups with their targets, and listeners.
import type { Wire } from '../world/wire.ts'

export interface Elbv2Records {
  /** By ARN. */
  readonly loadBalancers: Record<string, LoadBalancerRecord>
  /** By ARN. */
  readonly targetGroups: Record<string, TargetGroupRecord>
  /** By ARN. */
  readonly listeners: Record<string, ListenerRecord>
}

export interface LoadBalancerRecord {
  /** As DescribeLoadBalancers shows it, but for its state, which is a matter of time. */
  readonly loadBalancer: Wire
  readonly attributes: Record<string, string>
}

export interface TargetGroupRecord {
  /** As DescribeTargetGroups shows it, but for its load balancers, which follow from the listeners. */
  readonly targetGroup: Wire
  readonly attributes: Record<string, string>
  targets: TargetRecord[]
}

export interface TargetRecord {
  readonly id: string
  readonly port: number
  /** Whether what listens there answers the health checks with another code than they want. */
  readonly fails: boolean
  /** Epoch milliseconds at which enough health checks have been made to tell. */
  knownAt: number
  /** Epoch milliseconds at which it is drained and gone; absent: it is registered. */
  goneAt?: number
}

export interface ListenerRecord {
  /** As DescribeListeners shows it. */
  readonly listener: Wire
  /** As DescribeRules shows them, the default one last. */
  rules: Wire[]
  /** ARNs of the certificates beside the default one. */
  certificates: string[]
}
