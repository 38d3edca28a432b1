// The settings of a target group: the defaults, and what AWS refuses.
import type { CreateTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../world/fault.ts'
import { protocolProblem } from './targetGroupProtocols.ts'
import { violation } from '../wire/violation.ts'
import type { Wire } from '../world/operation.ts'
import type { TargetGroup } from '../world/world.ts'

const protocols = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE']
const isHttp = (protocol: string | undefined): boolean => protocol === 'HTTP' || protocol === 'HTTPS'

/** What decides about the defaults. */
type Given = Partial<Pick<Wire<CreateTargetGroupInput>, 'Protocol' | 'TargetType' | 'HealthCheckProtocol'>>
type Defaults = Omit<TargetGroup, 'TargetGroupArn' | 'TargetGroupName'>

/** What a target group has that is not told: API_CreateTargetGroup; an Application Load Balancer times out after 5 s. */
export function targetGroupDefaults({ Protocol, TargetType = 'instance', HealthCheckProtocol }: Given): Defaults {
  if (TargetType === 'lambda') {
    return {
      TargetType,
      HealthCheckEnabled: false,
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 35,
      HealthCheckTimeoutSeconds: 30,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
      IpAddressType: 'ipv4',
    }
  }
  const checkProtocol = HealthCheckProtocol ?? (isHttp(Protocol) ? 'HTTP' : 'TCP')
  return {
    TargetType,
    HealthCheckProtocol: checkProtocol,
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: timeoutOf(Protocol, checkProtocol),
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    ...(isHttp(checkProtocol) && {
      HealthCheckPath: '/',
      Matcher: { HttpCode: isHttp(Protocol) ? '200' : '200-399' },
    }),
    ...(isHttp(Protocol) && { ProtocolVersion: 'HTTP1' }),
    IpAddressType: 'ipv4',
  }
}

function timeoutOf(protocol: string | undefined, checkProtocol: string): number {
  if (isHttp(protocol)) return 5
  return checkProtocol === 'HTTP' ? 6 : 10
}

/** Refuses settings of a target group, all of them given, that AWS refuses. */
export function checkTargetGroup(targetGroup: TargetGroup): void {
  const problem = targetGroup.TargetType === 'lambda' ? ofLambda(targetGroup) : ofOthers(targetGroup)
  const found = problem ?? ofHealthChecks(targetGroup) ?? protocolProblem(targetGroup)
  if (found) throw new AwsFault('ValidationError', found)
}

function ofLambda(targetGroup: TargetGroup): string | undefined {
  const [wrong] = (['Protocol', 'Port', 'VpcId'] as const).filter((member) => targetGroup[member] !== undefined)
  if (wrong) return `${wrong} cannot be specified for target groups with target type 'lambda'`
  return targetGroup.IpAddressType === 'ipv6'
    ? "IP address type 'ipv6' cannot be specified for target groups with target type 'lambda'"
    : undefined
}

function ofOthers({ TargetType, Protocol, Port, VpcId }: TargetGroup): string | undefined {
  if (!['instance', 'ip', 'alb'].includes(TargetType)) {
    return `Target type '${TargetType}' must be one of '[instance, ip, lambda, alb]'`
  }
  if (Protocol === undefined) return 'A protocol must be specified'
  if (!protocols.includes(Protocol)) {
    return violation('protocol', Protocol, `satisfy enum value set: [${protocols.join(', ')}]`)
  }
  if (Port === undefined) return 'A port must be specified'
  if (!isWithin(Port, 1, 65_535)) return `Port '${Port}' must be between '1-65535' inclusive`
  return VpcId === undefined ? 'A VPC ID must be specified' : undefined
}

function ofHealthChecks(targetGroup: TargetGroup): string | undefined {
  const { HealthCheckIntervalSeconds: interval, HealthCheckTimeoutSeconds: timeout, Matcher } = targetGroup
  const { HealthyThresholdCount, UnhealthyThresholdCount } = targetGroup
  if (!isWithin(interval, 5, 300)) return `Health check interval '${interval}' must be between '5-300' inclusive`
  if (!isWithin(timeout, 2, 120)) return `Health check timeout '${timeout}' must be between '2-120' inclusive`
  if (timeout >= interval) {
    return `Health check timeout '${timeout}' must be smaller than the interval '${interval}'`
  }
  for (const threshold of [HealthyThresholdCount, UnhealthyThresholdCount]) {
    if (!isWithin(threshold, 2, 10))
      return `Health check threshold count '${threshold}' must be between '2-10' inclusive`
  }
  const { HttpCode } = Matcher ?? {}
  const isCode = HttpCode === undefined || /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/.test(HttpCode)
  return isCode ? undefined : 'HttpCode must be like 200 | 200-399 | 200,201 ...'
}

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
