// The records of Elastic Load Balancing in a region: load balancers, target groups with their targets, and listeners.
import type {
  Action,
  IpAddressType,
  LoadBalancerSchemeEnum,
  LoadBalancerTypeEnum,
  ProtocolEnum,
  RuleCondition,
  TargetGroup as ShownTargetGroup,
  TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2'
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
  readonly loadBalancer: LoadBalancer
  readonly attributes: Record<string, string>
}

/** A load balancer as DescribeLoadBalancers shows it, but for its state, which is a matter of time. */
export interface LoadBalancer {
  readonly LoadBalancerArn: string
  readonly DNSName: string
  readonly CanonicalHostedZoneId: string | undefined
  readonly CreatedTime: number
  readonly LoadBalancerName: string
  readonly Scheme: LoadBalancerSchemeEnum
  readonly VpcId: string
  readonly Type: LoadBalancerTypeEnum
  AvailabilityZones: LoadBalancerZone[]
  SecurityGroups: string[]
  IpAddressType: IpAddressType
}

export interface LoadBalancerZone {
  readonly ZoneName: string
  readonly SubnetId: string
  readonly LoadBalancerAddresses: never[]
}

export interface TargetGroupRecord {
  readonly targetGroup: TargetGroup
  readonly attributes: Record<string, string>
  targets: TargetRecord[]
}

/** A target group as DescribeTargetGroups shows it, but for its load balancers, which follow from the listeners. */
export interface TargetGroup extends Omit<Wire<ShownTargetGroup>, 'LoadBalancerArns'> {
  readonly TargetGroupArn: string
  readonly TargetGroupName: string
  readonly TargetType: TargetTypeEnum
  HealthCheckEnabled: boolean
  HealthCheckIntervalSeconds: number
  HealthCheckTimeoutSeconds: number
  HealthyThresholdCount: number
  UnhealthyThresholdCount: number
}

export interface TargetRecord {
  readonly id: string
  /** A function of Lambda has none. */
  readonly port?: number | undefined
  /** Whether what listens there answers the health checks with another code than they want. */
  readonly fails: boolean
  /** Epoch milliseconds at which enough health checks have been made to tell. */
  knownAt: number
  /** Epoch milliseconds at which it is drained and gone; absent: it is registered. */
  goneAt?: number
}

export interface ListenerRecord {
  readonly listener: Listener
  /** The default one last. */
  rules: ListenerRule[]
  /** ARNs of the certificates beside the default one. */
  certificates: string[]
}

/** A listener as DescribeListeners shows it. */
export interface Listener {
  readonly ListenerArn: string
  readonly LoadBalancerArn: string
  readonly Port: number
  readonly Protocol: ProtocolEnum
  readonly Certificates?: { readonly CertificateArn: string }[]
  readonly SslPolicy?: string
  readonly AlpnPolicy?: string[]
  readonly DefaultActions: ListenerAction[]
}

/** A rule as DescribeRules shows it. */
export interface ListenerRule {
  readonly RuleArn: string
  readonly Priority: string
  readonly Conditions: Wire<RuleCondition>[]
  readonly Actions: ListenerAction[]
  readonly IsDefault: boolean
}

/** An action as it is given and shown. */
export type ListenerAction = Wire<Action>
