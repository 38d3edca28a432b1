// What Elastic Load Balancing's model says of texts and lists.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Types.html
import { type Constraints, items, oneOf, upTo } from './constraint.ts'

const tagForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const healthCheckProtocol = oneOf('HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC')
const onUnauthenticatedRequest = oneOf('deny', 'allow', 'authenticate')

export const elbv2: Constraints = {
  'CreateTargetGroupInput.HealthCheckPath': upTo(1024, 1),
  'CreateTargetGroupInput.HealthCheckProtocol': healthCheckProtocol,
  'CreateTargetGroupInput.IpAddressType': oneOf('ipv4', 'ipv6'),
  'CreateTargetGroupInput.Tags': items(50, 1),
  'ModifyTargetGroupInput.HealthCheckPath': upTo(1024, 1),
  'ModifyTargetGroupInput.HealthCheckProtocol': healthCheckProtocol,
  'CreateListenerInput.Tags': items(50, 1),
  'AuthenticateCognitoActionConfig.OnUnauthenticatedRequest': onUnauthenticatedRequest,
  'AuthenticateOidcActionConfig.OnUnauthenticatedRequest': onUnauthenticatedRequest,
  'FixedResponseActionConfig.ContentType': upTo(32),
  'FixedResponseActionConfig.MessageBody': upTo(1024),
  'FixedResponseActionConfig.StatusCode': { pattern: /^(2|4|5)\d\d$/ },
  'MutualAuthenticationAttributes.AdvertiseTrustStoreCaNames': oneOf('on', 'off'),
  'RedirectActionConfig.Host': upTo(128, 1),
  'RedirectActionConfig.Path': upTo(128, 1),
  'RedirectActionConfig.Protocol': { pattern: /^(HTTPS?|#\{protocol\})$/ },
  'RedirectActionConfig.Query': upTo(128),
  'RedirectActionConfig.StatusCode': oneOf('HTTP_301', 'HTTP_302'),
  'Tag.Key': { length: [1, 128], pattern: tagForm },
  'Tag.Value': { length: [0, 256], pattern: tagForm },
}
