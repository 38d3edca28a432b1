// What a target group may say of its health checks and versions because of its protocol.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
import type { TargetGroup } from '../world/world.ts'

const isHttp = (protocol: string | undefined): boolean => protocol === 'HTTP' || protocol === 'HTTPS'

/** What is wrong with a target group, all of its settings given. */
export function protocolProblem(targetGroup: TargetGroup): string | undefined {
  for (const rule of rules) {
    const problem = rule(targetGroup)
    if (problem !== undefined) return problem
  }
  return undefined
}

const rules: readonly ((targetGroup: TargetGroup) => string | undefined)[] = [
  ({ TargetType, Protocol }) =>
    TargetType === 'alb' && Protocol !== 'TCP'
      ? `Protocol '${Protocol}' is not supported for target groups with target type 'alb'`
      : undefined,
  ({ Protocol, Port }) =>
    Protocol === 'GENEVE' && Port !== 6081 ? "Port must be '6081' for target groups with protocol 'GENEVE'" : undefined,
  ({ ProtocolVersion: version }) =>
    [undefined, 'GRPC', 'HTTP1', 'HTTP2'].includes(version)
      ? undefined
      : `Protocol version '${version}' must be one of '[GRPC, HTTP1, HTTP2]'`,
  ({ Protocol, ProtocolVersion }) =>
    ProtocolVersion !== undefined && !isHttp(Protocol)
      ? `Protocol version cannot be specified for target groups with protocol '${Protocol}'`
      : undefined,
  ({ TargetType, HealthCheckEnabled }) =>
    !HealthCheckEnabled && TargetType !== 'lambda'
      ? `Health check enabled must be true for target groups with target type '${TargetType}'`
      : undefined,
  ({ HealthCheckProtocol: protocol }) =>
    [undefined, 'HTTP', 'HTTPS', 'TCP'].includes(protocol)
      ? undefined
      : `Health check protocol '${protocol}' must be one of '[HTTP, HTTPS, TCP]'`,
  ({ Protocol, HealthCheckProtocol }) =>
    HealthCheckProtocol === 'TCP' && isHttp(Protocol)
      ? `Health check protocol 'TCP' is not supported for target groups with the ${Protocol} protocol`
      : undefined,
  ({ HealthCheckPort: port }) =>
    port === undefined ||
    port === 'traffic-port' ||
    (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)
      ? undefined
      : `Health check port '${port}' must be 'traffic-port' or a number from 1 to 65535`,
  ({ HealthCheckProtocol, HealthCheckPath, Matcher }) =>
    HealthCheckProtocol === 'TCP' && (HealthCheckPath !== undefined || Matcher !== undefined)
      ? `Health check ${HealthCheckPath === undefined ? 'matcher' : 'path'} cannot be specified for health check protocol 'TCP'`
      : undefined,
  ({ HealthCheckPath: path = '/' }) =>
    path.startsWith('/') ? undefined : `Health check path '${path}' must begin with a '/' character`,
  ({ Matcher: { GrpcCode } = {}, ProtocolVersion }) =>
    GrpcCode !== undefined && ProtocolVersion !== 'GRPC'
      ? "GrpcCode can only be specified for target groups with protocol version 'GRPC'"
      : undefined,
  ({ Matcher: { GrpcCode } = {} }) =>
    GrpcCode === undefined || /^\d{1,2}(-\d{1,2})?(,\d{1,2}(-\d{1,2})?)*$/.test(GrpcCode)
      ? undefined
      : 'GrpcCode must be from 0 to 99, like 0 | 0-12 | 0,1 ...',
  ({ Matcher: { HttpCode } = {}, Protocol }) => {
    const codes = (HttpCode ?? '200').match(/\d+/g)?.map(Number) ?? []
    const most = Protocol === 'GENEVE' ? 399 : isHttp(Protocol) ? 499 : 599
    return codes.every((code) => code >= 200 && code <= most)
      ? undefined
      : `Health check matcher HTTP code '${HttpCode}' must be within '200-${most}' inclusive`
  },
  ({ TargetControlPort: port, Protocol }) =>
    port === undefined || (isHttp(Protocol) && port >= 1 && port <= 65_535)
      ? undefined
      : `Target control port '${port}' must be from 1 to 65535, for target groups with protocol HTTP or HTTPS`,
]
