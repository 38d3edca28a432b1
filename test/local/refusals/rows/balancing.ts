// What CreateTargetGroup and CreateListener refuse.
import { type Row, rowsOf } from '../row.ts'
import { api, issue, measured } from './sources.ts'

const group = rowsOf('elbv2 CreateTargetGroup', 'ValidationError')
const listener = rowsOf('elbv2 CreateListener', 'ValidationError')
const tcp = { base: 'a TCP group' }
const lambda = { base: 'a lambda group' }
const https = { base: 'an HTTPS listener' }
const action = { code: 'InvalidLoadBalancerAction' }
const a = 'DefaultActions.0'
const redirect = { base: 'a redirect' }
const response = { base: 'a fixed response' }
const many = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index))
const tags = many(51, (index) => ({ Key: `k${index}` }))
const oidc = {
  Type: 'authenticate-oidc',
  Order: 1,
  AuthenticateOidcConfig: {
    Issuer: 'https://a',
    AuthorizationEndpoint: 'https://a',
    TokenEndpoint: 'https://a',
    UserInfoEndpoint: 'https://a',
    ClientId: 'c',
  },
}
const cognito = {
  Type: 'authenticate-cognito',
  Order: 1,
  AuthenticateCognitoConfig: { UserPoolArn: 'arn', UserPoolClientId: 'c', UserPoolDomain: 'd' },
}
const forward = { Type: 'forward', Order: 2, TargetGroupArn: '{free}' }

export const createTargetGroupRows: readonly Row[] = [
  group({ Name: 'a'.repeat(33) }, /cannot be longer than '32' characters/, measured('pf-elbv2-tg-name')),
  group({ Name: 'no_underscores' }, /can only contain characters that are alphanumeric/, measured('pf-elbv2-tg-name')),
  group({ Name: '-web' }, /cannot begin or end with '-'/, measured('pf-elbv2-tg-name')),
  group({ Protocol: undefined }, 'A protocol must be specified', api),
  group({ Protocol: 'SCTP' }, /satisfy enum value set/, api),
  group({ Port: undefined }, 'A port must be specified', api),
  group({ Port: 70_000 }, /must be between '1-65535' inclusive/, api),
  group({ Port: 80, Protocol: 'GENEVE' }, /Port must be '6081'/, measured('pf-elbv2-tg-geneve-port')),
  group({ VpcId: undefined }, 'A VPC ID must be specified', api),
  group({ TargetType: 'container' }, /must be one of/, api),
  group(
    { TargetType: 'alb' },
    /is not supported for target groups with target type 'alb'/,
    measured('pf-elbv2-tg-alb-target-type-protocol'),
  ),
  group(
    { Protocol: 'HTTP' },
    "Protocol cannot be specified for target groups with target type 'lambda'",
    measured('pf-elbv2-lambda-target-protocol'),
    lambda,
  ),
  group({ Port: 80 }, /^Port cannot be specified/, measured('pf-elbv2-tg-lambda-no-port'), lambda),
  group({ VpcId: 'vpc-1' }, /^VpcId cannot be specified/, measured('pf-elbv2-tg-lambda-no-vpc'), lambda),
  group(
    { IpAddressType: 'ipv6' },
    /^IP address type 'ipv6' cannot be specified/,
    measured('pf-elbv2-tg-ipv6-with-lambda'),
    lambda,
  ),
  group({ IpAddressType: 'ipv5' }, /satisfy enum value set: \[ipv4, ipv6\]/, api),
  group(
    { ProtocolVersion: 'HTTP3' },
    /must be one of '\[GRPC, HTTP1, HTTP2\]'/,
    measured('pf-elbv2-tg-protocol-version-values'),
  ),
  group(
    { ProtocolVersion: 'HTTP1' },
    /^Protocol version cannot be specified/,
    measured('pf-elbv2-tg-protocol-version-http-only'),
    tcp,
  ),
  group(
    { HealthCheckEnabled: false },
    /^Health check enabled must be true/,
    measured('pf-elbv2-tg-hc-enabled-required'),
  ),
  group(
    { HealthCheckProtocol: 'UDP' },
    /must be one of '\[HTTP, HTTPS, TCP\]'/,
    measured('pf-elbv2-tg-hc-protocol-unsupported'),
    tcp,
  ),
  group(
    { HealthCheckProtocol: 'TCP' },
    /^Health check protocol 'TCP' is not supported/,
    measured('pf-elbv2-tg-hc-tcp-for-http-tg'),
  ),
  group({ HealthCheckPort: 'http' }, /must be 'traffic-port' or a number/, measured('pf-elbv2-tg-hc-port-format')),
  group(
    { HealthCheckPath: '/health' },
    /^Health check path cannot be specified/,
    measured('pf-elbv2-tcp-health-check-path'),
    tcp,
  ),
  group(
    { HealthCheckPath: 'health' },
    /must begin with a '\/'/,
    issue('hashicorp/terraform-provider-aws, aws_lb_target_group'),
  ),
  group({ HealthCheckPath: `/${'x'.repeat(1024)}` }, /length less than or equal to 1024/, api),
  group({ HealthCheckIntervalSeconds: 4 }, /must be between '5-300' inclusive/, api),
  group({ HealthCheckTimeoutSeconds: 1 }, /must be between '2-120' inclusive/, api),
  group(
    { HealthCheckTimeoutSeconds: 30, HealthCheckIntervalSeconds: 30 },
    /must be smaller than the interval/,
    measured('pf-elbv2-hc-timeout-interval'),
  ),
  group({ HealthyThresholdCount: 11 }, /must be between '2-10' inclusive/, api),
  group({ UnhealthyThresholdCount: 1 }, /must be between '2-10' inclusive/, api),
  group({ 'Matcher.HttpCode': 'ok' }, /^HttpCode must be like/, api),
  group({ 'Matcher.HttpCode': '500' }, /must be within '200-499' inclusive/, measured('pf-elbv2-tg-matcher-range-alb')),
  group(
    { 'Matcher.GrpcCode': '0' },
    /^GrpcCode can only be specified/,
    measured('pf-elbv2-tg-matcher-grpc-requires-grpc'),
  ),
  group(
    { 'Matcher.GrpcCode': '100', ProtocolVersion: 'GRPC' },
    /^GrpcCode must be from 0 to 99/,
    measured('pf-elbv2-tg-matcher-grpc-range'),
  ),
  group({ TargetControlPort: 80 }, /^Target control port '80'/, measured('pf-elbv2-tg-target-control-port-scope'), tcp),
  group({ Tags: [] }, /length greater than or equal to 1/, api),
  group({ Tags: tags }, /length less than or equal to 50/, api),
  group({ Tags: [{ Key: 'a' }, { Key: 'a' }] }, /^Tag key was specified more than once/, api, {
    code: 'DuplicateTagKeys',
  }),
  group(
    { Tags: [{ Key: 'aws:x' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  group({ Tags: [{ Key: 'x'.repeat(129) }] }, /length less than or equal to 128/, api),
  group({ Tags: [{ Key: 'x', Value: 'x'.repeat(257) }] }, /length less than or equal to 256/, api),
]

export const createListenerRows: readonly Row[] = [
  listener(
    { LoadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/gone/1' },
    /not found/,
    api,
    { code: 'LoadBalancerNotFound' },
  ),
  listener({ Protocol: undefined }, 'A listener protocol must be specified', api),
  listener({ Protocol: 'TCP' }, /must be one of 'HTTP, HTTPS'/, measured('pf-elbv2-listener-protocol-lb-type')),
  listener({ Port: undefined }, 'A listener port must be specified', measured('pf-elbv2-listener-port-required')),
  listener({ Port: 0 }, /must be between '1-65535' inclusive/, api),
  listener({ Port: 9000 }, /^A listener already exists on this port/, api, { code: 'DuplicateListener' }),
  listener(
    { SslPolicy: 'ELBSecurityPolicy-2016-08' },
    /^An SSL policy cannot be specified/,
    measured('pf-elbv2-listener-sslpolicy-secure-only'),
  ),
  listener({ SslPolicy: 'Mine' }, /^SSL policy 'Mine' not found/, measured('pf-elbv2-listener-sslpolicy-known'), {
    ...https,
    code: 'SSLPolicyNotFound',
  }),
  listener({ Certificates: undefined }, /^A certificate must be specified for HTTPS listeners/, api, https),
  listener(
    {
      Certificates: many(2, (index) => ({ CertificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${index}` })),
    },
    /exactly one certificate/,
    measured('pf-elbv2-listener-cert-exactly-one'),
    https,
  ),
  listener(
    { Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' }] },
    /^A certificate cannot be specified for HTTP listeners/,
    measured('pf-elbv2-listener-cert-insecure-protocol'),
  ),
  listener(
    { 'Certificates.0.CertificateArn': 'arn:aws:s3:::bucket/cert' },
    /is not valid/,
    measured('pf-elbv2-listener-cert-not-acm-or-iam'),
    https,
  ),
  listener(
    { AlpnPolicy: ['HTTP2Only'] },
    /^An ALPN policy cannot be specified for HTTPS/,
    measured('pf-elbv2-listener-alpn-tls-only'),
    https,
  ),
  listener(
    { MutualAuthentication: { Mode: 'verify', TrustStoreArn: 'arn' } },
    /^Mutual authentication cannot be specified for HTTP/,
    measured('pf-elbv2-listener-mtls-https-only'),
  ),
  listener(
    { MutualAuthentication: { Mode: 'maybe' } },
    /must be one of '\[off, passthrough, verify\]'/,
    measured('pf-elbv2-listener-mtls-mode-values'),
    https,
  ),
  listener(
    { MutualAuthentication: { Mode: 'verify' } },
    /^A trust store must be specified/,
    measured('pf-elbv2-listener-mtls-truststore-required'),
    https,
  ),
  listener(
    { MutualAuthentication: { Mode: 'passthrough', TrustStoreArn: 'arn' } },
    /^TrustStoreArn can only be specified/,
    measured('pf-elbv2-listener-mtls-truststore-verify-only'),
    https,
  ),
  listener(
    { MutualAuthentication: { Mode: 'off', IgnoreClientCertificateExpiry: true } },
    /^IgnoreClientCertificateExpiry can only/,
    measured('pf-elbv2-listener-mtls-ignore-expiry-verify-only'),
    https,
  ),
  listener(
    { MutualAuthentication: { Mode: 'off', AdvertiseTrustStoreCaNames: 'yes' } },
    /satisfy enum value set: \[on, off\]/,
    api,
    https,
  ),
  listener({ DefaultActions: [] }, 'An action must be specified', api),
  listener({ [`${a}.Type`]: 'drop' }, /satisfy enum value set/, api),
  listener({ [`${a}.TargetGroupArn`]: 'arn:gone' }, /not found/, api, { code: 'TargetGroupNotFound' }),
  listener(
    { [`${a}.TargetGroupArn`]: '{tcp}' },
    /cannot be associated with a listener of protocol 'HTTP'/,
    measured('pf-elbv2-listener-tg-protocol-match'),
    { code: 'IncompatibleProtocols' },
  ),
  listener(
    {
      [`${a}.ForwardConfig`]: { TargetGroups: many(6, () => ({ TargetGroupArn: '{free}' })) },
      [`${a}.TargetGroupArn`]: undefined,
    },
    /up to 5 target groups/,
    measured('pf-elbv2-action-forward-tg-count-max'),
    action,
  ),
  listener(
    { [`${a}.ForwardConfig`]: { TargetGroups: [{ TargetGroupArn: '{one}' }] } },
    /must name the same target group/,
    measured('pf-elbv2-action-forward-tgarn-conflict'),
    action,
  ),
  listener(
    { [`${a}.ForwardConfig`]: { TargetGroups: [{ TargetGroupArn: '{free}', Weight: 1000 }] } },
    /less than or equal to 999/,
    measured('pf-elbv2-action-forward-weight-range'),
  ),
  listener(
    {
      [`${a}.ForwardConfig`]: {
        TargetGroups: [{ TargetGroupArn: '{free}' }],
        TargetGroupStickinessConfig: { Enabled: true },
      },
    },
    /needs a duration/,
    measured('pf-elbv2-action-forward-stickiness-duration-required'),
    action,
  ),
  listener(
    {
      [`${a}.ForwardConfig`]: {
        TargetGroups: [{ TargetGroupArn: '{free}' }],
        TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 604_801 },
      },
    },
    /less than or equal to 604800/,
    measured('pf-elbv2-action-forward-stickiness-duration-range'),
  ),
  listener(
    { [`${a}.RedirectConfig`]: { StatusCode: 'HTTP_301', Port: '443' } },
    /^RedirectConfig cannot be specified/,
    measured('pf-elbv2-listener-action-config-type-match'),
    action,
  ),
  listener(
    { DefaultActions: [oidc, forward] },
    /can only be specified for HTTPS listeners/,
    measured('pf-elbv2-listener-auth-action-https-only'),
    action,
  ),
  listener(
    { DefaultActions: [{ ...oidc, Order: 2 }, forward] },
    /^Actions need an Order/,
    measured('pf-elbv2-listener-action-order-required'),
    https,
  ),
  listener(
    { DefaultActions: [{ ...oidc, Order: 3 }, forward] },
    /^The last action must be/,
    measured('pf-elbv2-listener-default-action-routing-last'),
    { ...https, ...action },
  ),
  listener({ DefaultActions: [oidc] }, /^Each rule must include exactly one/, api, { ...https, ...action }),
  listener(
    {
      DefaultActions: [
        { ...oidc, AuthenticateOidcConfig: { ...oidc.AuthenticateOidcConfig, OnUnauthenticatedRequest: 'shout' } },
        forward,
      ],
    },
    /satisfy enum value set: \[deny, allow, authenticate\]/,
    measured('pf-elbv2-action-oidc-on-unauthenticated-values'),
    https,
  ),
  listener(
    {
      DefaultActions: [
        {
          ...cognito,
          AuthenticateCognitoConfig: { ...cognito.AuthenticateCognitoConfig, OnUnauthenticatedRequest: 'shout' },
        },
        forward,
      ],
    },
    /satisfy enum value set: \[deny, allow, authenticate\]/,
    api,
    https,
  ),
  listener({ [`${a}.Order`]: 0 }, /greater than or equal to 1/, api),
  listener(
    { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }] },
    /can only have actions of type 'forward'/,
    measured('pf-elbv2-listener-nlb-action-forward-only'),
    { base: 'a TCP listener', ...action },
  ),
  listener(
    { [`${a}.RedirectConfig.StatusCode`]: 'HTTP_307' },
    /satisfy enum value set: \[HTTP_301, HTTP_302\]/,
    measured('pf-elbv2-action-redirect-status-code'),
    redirect,
  ),
  listener({ [`${a}.RedirectConfig.Protocol`]: 'FTP' }, /regular expression pattern/, api, redirect),
  listener(
    { [`${a}.RedirectConfig.Port`]: '70000' },
    /redirect port '70000'/,
    measured('pf-elbv2-action-redirect-port-value'),
    { ...redirect, ...action },
  ),
  listener(
    { [`${a}.RedirectConfig.Path`]: 'new' },
    /must begin with '\/'/,
    measured('pf-elbv2-action-redirect-path-leading-slash'),
    { ...redirect, ...action },
  ),
  listener({ [`${a}.RedirectConfig.Path`]: `/${'x'.repeat(128)}` }, /length less than or equal to 128/, api, redirect),
  listener({ [`${a}.RedirectConfig.Host`]: 'x'.repeat(129) }, /length less than or equal to 128/, api, redirect),
  listener({ [`${a}.RedirectConfig.Query`]: 'x'.repeat(129) }, /length less than or equal to 128/, api, redirect),
  listener(
    { [`${a}.RedirectConfig.Protocol`]: undefined, [`${a}.RedirectConfig.Port`]: undefined },
    /creates a loop/,
    measured('pf-elbv2-action-redirect-no-change'),
    { ...redirect, ...action },
  ),
  listener({ [`${a}.FixedResponseConfig.StatusCode`]: '301' }, /regular expression pattern/, api, response),
  listener(
    { [`${a}.FixedResponseConfig.ContentType`]: 'image/png' },
    /^Content type 'image\/png' must be one of/,
    measured('pf-elbv2-action-fixed-response-content-type'),
    { ...response, ...action },
  ),
  listener(
    { [`${a}.FixedResponseConfig.MessageBody`]: 'x'.repeat(1025) },
    /length less than or equal to 1024/,
    api,
    response,
  ),
  listener({ Tags: [] }, /length greater than or equal to 1/, api),
  listener({ Tags: tags }, /length less than or equal to 50/, api),
  listener({ Tags: [{ Key: 'a' }, { Key: 'a' }] }, /^Tag key was specified more than once/, api, {
    code: 'DuplicateTagKeys',
  }),
]
