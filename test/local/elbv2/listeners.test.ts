import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createListener, createLoadBalancer, createTargetGroup, states } from '../balancedWeb.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const refusal = (code: string, message?: string) => expect.objectContaining({ code, ...(message && { message }) })
const certificate = (name: string): Unchecked => ({
  CertificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${name}`,
})

interface Scene {
  aws: TestAws
  balancer: string
  group: string
  listen: (input?: Unchecked) => Unchecked
}

/** A load balancer and a target group, and what makes a listener of them on port 80. */
function scene(): Scene {
  const aws = localAws()
  const balancer = createLoadBalancer(aws)
  const group = createTargetGroup(aws)
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: group }]
  const listen = (input: Unchecked = {}): Unchecked =>
    aws.call('elbv2', 'CreateListener', {
      LoadBalancerArn: balancer,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions,
      ...input,
    }).Listeners[0]
  return { aws, balancer, group, listen }
}

const rulesOf = (aws: TestAws, ListenerArn: string): Unchecked[] =>
  aws.call('elbv2', 'DescribeRules', { ListenerArn }).Rules

describe('CreateListener', () => {
  test('creates a listener with a default rule that has the actions of the listener', () => {
    const { aws, balancer, group, listen } = scene()
    const listener = listen()
    const arn = new RegExp(`^${balancer.replace(':loadbalancer/', ':listener/')}/[0-9a-f]{16}$`)
    const actions = [
      {
        Type: 'forward',
        TargetGroupArn: group,
        ForwardConfig: {
          TargetGroups: [{ TargetGroupArn: group, Weight: '1' }],
          TargetGroupStickinessConfig: { Enabled: 'false' },
        },
      },
    ]
    expect(listener).toEqual({
      ListenerArn: expect.stringMatching(arn),
      LoadBalancerArn: balancer,
      Protocol: 'HTTP',
      Port: '80',
      DefaultActions: actions,
    })
    expect(aws.call('elbv2', 'DescribeListeners', { LoadBalancerArn: balancer }).Listeners).toEqual([listener])
    const ListenerArns = [listener['ListenerArn']]
    expect(aws.call('elbv2', 'DescribeListeners', { ListenerArns }).Listeners).toEqual([listener])
    expect(rulesOf(aws, listener['ListenerArn'])).toEqual([
      {
        RuleArn: expect.stringContaining(`${listener['ListenerArn'].replace(':listener/', ':listener-rule/')}/`),
        Priority: 'default',
        Conditions: '',
        Actions: actions,
        IsDefault: 'true',
      },
    ])
  })

  test('takes redirects, fixed responses and weighted forwards', () => {
    const { aws, group, listen } = scene()
    const other = createTargetGroup(aws, 'other')
    const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }
    expect(listen({ DefaultActions: [redirect] })['DefaultActions']).toEqual([redirect])
    const fixed = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }
    expect(listen({ Port: 81, DefaultActions: [fixed] })['DefaultActions']).toEqual([fixed])
    const TargetGroups = [
      { TargetGroupArn: group, Weight: 9 },
      { TargetGroupArn: other, Weight: 1 },
    ]
    const [forward] = listen({ Port: 82, DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] })[
      'DefaultActions'
    ]
    expect(forward).not.toHaveProperty('TargetGroupArn')
    expect(forward.ForwardConfig.TargetGroups.map(({ Weight }: Unchecked) => Weight)).toEqual(['9', '1'])
  })

  test('gives a secure listener a certificate and a security policy', () => {
    const { listen } = scene()
    expect(listen({ Protocol: 'HTTPS', Port: 443, Certificates: [certificate('a')] })).toMatchObject({
      Certificates: [certificate('a')],
      SslPolicy: 'ELBSecurityPolicy-2016-08',
    })
  })

  const port = { Port: 443, Protocol: 'HTTPS' }
  const wrong: [string, (scene: Scene) => Unchecked, string, RegExp][] = [
    ['a protocol of another type', () => ({ Protocol: 'TCP' }), 'ValidationError', /^Listener protocol 'TCP' must be/],
    ['port 0', () => ({ Port: 0 }), 'ValidationError', /^Listener port '0'/],
    ['no certificate', () => port, 'ValidationError', /^A certificate must be specified for HTTPS listeners$/],
    [
      'two certificates',
      () => ({ ...port, Certificates: [certificate('a'), certificate('b')] }),
      'ValidationError',
      /exactly one certificate/,
    ],
    ['a certificate for HTTP', () => ({ Certificates: [certificate('a')] }), 'ValidationError', /HTTP listeners$/],
    [
      'an unknown policy',
      () => ({ ...port, Certificates: [certificate('a')], SslPolicy: 'mine' }),
      'SSLPolicyNotFound',
      /^SSL policy 'mine' not found$/,
    ],
    [
      'an unknown target group',
      ({ group }) => ({ DefaultActions: [{ Type: 'forward', TargetGroupArn: `${group}0` }] }),
      'TargetGroupNotFound',
      /^Target group '.*' not found$/,
    ],
    ['an unknown action', () => ({ DefaultActions: [{ Type: 'foward' }] }), 'ValidationError', /'foward'/],
    ['a forward to nowhere', () => ({ DefaultActions: [{ Type: 'forward' }] }), 'InvalidLoadBalancerAction', /forward/],
    [
      'an unknown load balancer',
      ({ balancer }) => ({ LoadBalancerArn: `${balancer}0` }),
      'LoadBalancerNotFound',
      /^Load balancer '.*' not found$/,
    ],
  ]
  test.each(wrong)('refuses %s and creates nothing', (_, input, code, message) => {
    const given = scene()
    expect(() => given.listen(input(given))).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
    expect(given.aws.region.listeners).toEqual({})
  })

  test('refuses a port that has a listener', () => {
    const { balancer, listen } = scene()
    listen()
    const message = `A listener already exists on this port for this load balancer '${balancer}'`
    expect(() => listen()).toThrow(refusal('DuplicateListener', message))
  })
})

describe('DescribeListeners', () => {
  test('requires a load balancer or listeners, and refuses unknown ones', () => {
    const { aws, balancer } = scene()
    const call = (input: Unchecked): Unchecked => aws.call('elbv2', 'DescribeListeners', input)
    const message = 'You must specify either listener ARNs or a load balancer ARN'
    expect(() => call({})).toThrow(refusal('ValidationError', message))
    expect(() => call({ LoadBalancerArn: `${balancer}0` })).toThrow(refusal('LoadBalancerNotFound'))
    expect(() => call({ ListenerArns: ['arn:none'] })).toThrow(
      refusal('ListenerNotFound', 'One or more listeners not found'),
    )
  })
})

describe('ModifyListener', () => {
  test('changes the given settings, and the default rule with them', () => {
    const { aws, listen } = scene()
    const { ListenerArn } = listen()
    const other = createTargetGroup(aws, 'other')
    const DefaultActions = [{ Type: 'forward', TargetGroupArn: other }]
    const [changed] = aws.call('elbv2', 'ModifyListener', { ListenerArn, DefaultActions }).Listeners
    expect(changed).toMatchObject({ Port: '80', DefaultActions: [{ TargetGroupArn: other }] })
    expect(rulesOf(aws, ListenerArn)).toMatchObject([{ Actions: [{ TargetGroupArn: other }] }])
    const [again] = aws.call('elbv2', 'ModifyListener', { ListenerArn, Port: 8080 }).Listeners
    expect(again).toEqual({ ...changed, Port: '8080' })
  })

  test('starts the checks in the new target group, and stops them in the former one', () => {
    const { aws, group, listen } = scene()
    const { ListenerArn } = listen()
    const other = createTargetGroup(aws, 'other')
    for (const TargetGroupArn of [group, other]) {
      aws.call('elbv2', 'RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.0.1' }] })
    }
    aws.advance(150_000)
    expect([states(aws, group), states(aws, other)]).toEqual([['healthy'], ['unused']])
    const DefaultActions = [{ Type: 'forward', TargetGroupArn: other }]
    aws.call('elbv2', 'ModifyListener', { ListenerArn, DefaultActions })
    expect([states(aws, group), states(aws, other)]).toEqual([['unused'], ['initial']])
    aws.advance(150_000)
    expect(states(aws, other)).toEqual(['healthy'])
  })

  test('to HTTP removes the certificates and the policy', () => {
    const { aws, listen } = scene()
    const { ListenerArn } = listen({ Protocol: 'HTTPS', Port: 443, Certificates: [certificate('a')] })
    aws.call('elbv2', 'AddListenerCertificates', { ListenerArn, Certificates: [certificate('b')] })
    const [changed] = aws.call('elbv2', 'ModifyListener', { ListenerArn, Protocol: 'HTTP' }).Listeners
    expect(changed).not.toHaveProperty('Certificates')
    expect(changed).not.toHaveProperty('SslPolicy')
    expect(aws.region.listeners[ListenerArn]!.certificates).toEqual([])
  })
})

test('An action that forwards to a target group without an ARN is refused', () => {
  const { listen } = scene()
  const DefaultActions = [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ Weight: 1 }] } }]
  const message = 'A target group ARN must be specified'
  expect(() => listen({ DefaultActions })).toThrow(refusal('InvalidLoadBalancerAction', message))
})

describe('Rules of a listener', () => {
  const withRule = (): Scene & { listener: string; rule: (input?: Unchecked) => Unchecked } => {
    const given = scene()
    const listener = given.listen()['ListenerArn']
    const rule = (input: Unchecked = {}): Unchecked =>
      given.aws.call('elbv2', 'CreateRule', {
        ListenerArn: listener,
        Priority: 10,
        Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
        Actions: [{ Type: 'forward', TargetGroupArn: given.group }],
        ...input,
      }).Rules[0]
    return { ...given, listener, rule }
  }

  test('are in the order of their priorities, the default one last', () => {
    const { aws, listener, rule } = withRule()
    for (const Priority of [10, 9, 50_000]) rule({ Priority })
    expect(rulesOf(aws, listener).map(({ Priority }) => Priority)).toEqual(['9', '10', '50000', 'default'])
  })

  test('show conditions in both spellings', () => {
    const { rule } = withRule()
    const both = [{ Field: 'path-pattern', Values: ['/a'], PathPatternConfig: { Values: ['/a'] } }]
    expect(rule()['Conditions']).toEqual(both)
    const Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/a'] } }]
    expect(rule({ Priority: 11, Conditions })['Conditions']).toEqual(both)
    const method = [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } }]
    expect(rule({ Priority: 12, Conditions: method })['Conditions']).toEqual(method)
  })

  test.each<[string, Unchecked, string]>([
    ['a priority that is taken', {}, 'PriorityInUse'],
    ['priority 0', { Priority: 0 }, 'ValidationError'],
    ['priority 50001', { Priority: 50_001 }, 'ValidationError'],
    ['an unknown field', { Priority: 1, Conditions: [{ Field: 'path', Values: ['/'] }] }, 'ValidationError'],
    ['a condition without values', { Priority: 1, Conditions: [{ Field: 'host-header' }] }, 'ValidationError'],
    ['an unknown listener', { ListenerArn: 'arn:none' }, 'ListenerNotFound'],
  ])('are refused: %s', (_, input, code) => {
    const { aws, listener, rule } = withRule()
    rule()
    expect(() => rule(input)).toThrow(refusal(code))
    expect(rulesOf(aws, listener)).toHaveLength(2)
  })

  test('can be deleted, but the default one cannot', () => {
    const { aws, listener, rule } = withRule()
    const { RuleArn } = rule()
    aws.call('elbv2', 'DeleteRule', { RuleArn })
    const [only, ...others] = rulesOf(aws, listener) as [Unchecked]
    expect(others).toEqual([])
    expect(() => aws.call('elbv2', 'DeleteRule', { RuleArn: only['RuleArn'] })).toThrow(
      refusal('OperationNotPermitted'),
    )
    expect(() => aws.call('elbv2', 'DeleteRule', { RuleArn })).toThrow(refusal('RuleNotFound'))
  })

  test('are described by ARN or by listener, not by both', () => {
    const { aws, listener, rule } = withRule()
    const made = rule()
    const RuleArns = [made['RuleArn']]
    expect(aws.call('elbv2', 'DescribeRules', { RuleArns }).Rules).toEqual([made])
    expect(() => aws.call('elbv2', 'DescribeRules', { RuleArns, ListenerArn: listener })).toThrow(
      refusal('ValidationError'),
    )
    expect(() => aws.call('elbv2', 'DescribeRules')).toThrow(refusal('ValidationError'))
  })
})

describe('Certificates of a listener', () => {
  test('the default one is first and cannot be removed; others can be added and removed', () => {
    const { aws, listen } = scene()
    const { ListenerArn } = listen({ Protocol: 'HTTPS', Port: 443, Certificates: [certificate('a')] })
    const call = (operation: string, ...names: string[]): Unchecked =>
      aws.call('elbv2', `${operation}ListenerCertificates`, { ListenerArn, Certificates: names.map(certificate) })
    const described = (): [string, string][] =>
      aws
        .call('elbv2', 'DescribeListenerCertificates', { ListenerArn })
        .Certificates.map(({ CertificateArn, IsDefault }: Unchecked) => [CertificateArn.split('/').at(-1), IsDefault])
    call('Add', 'b', 'c')
    call('Add', 'b')
    expect(described()).toEqual([
      ['a', 'true'],
      ['b', 'false'],
      ['c', 'false'],
    ])
    call('Remove', 'b')
    expect(() => call('Remove', 'c', 'a')).toThrow(refusal('OperationNotPermitted'))
    expect(described()).toEqual([
      ['a', 'true'],
      ['c', 'false'],
    ])
  })

  test('are refused for a listener without TLS', () => {
    const { aws, balancer, group } = scene()
    const ListenerArn = createListener(aws, balancer, group)
    const input = { ListenerArn, Certificates: [certificate('a')] }
    expect(() => aws.call('elbv2', 'AddListenerCertificates', input)).toThrow(refusal('UnsupportedProtocol'))
  })

  test.each<[string, Unchecked]>([
    ['without an ARN', { IsDefault: false }],
    ['of another service', { CertificateArn: 'arn:aws:s3:::shop' }],
  ])('are refused %s, and none is added', (_what, wrong) => {
    const { aws, listen } = scene()
    const { ListenerArn } = listen({ Protocol: 'HTTPS', Certificates: [certificate('a')] })
    const input = { ListenerArn, Certificates: [certificate('b'), wrong] }
    expect(() => aws.call('elbv2', 'AddListenerCertificates', input)).toThrow(refusal('ValidationError'))
    expect(aws.region.listeners[ListenerArn]!.certificates).toEqual([])
  })
})
