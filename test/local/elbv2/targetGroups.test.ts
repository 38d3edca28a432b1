import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import {
  balancedTargetGroup,
  createListener,
  createLoadBalancer,
  createTargetGroup,
  healthOf,
  setAttribute,
  states,
} from '../balancedWeb.ts'
import { localAws, seconds } from '../support.ts'
import type { TestAws } from '../support.ts'

const refusal = (code: string, message?: string) => expect.objectContaining({ code, ...(message && { message }) })
const describeAll = (aws: TestAws, input: Unchecked = {}): Unchecked[] =>
  aws.call('elbv2', 'DescribeTargetGroups', input).TargetGroups || []
const attributesOf = ({ Attributes }: Unchecked): Unchecked =>
  Object.fromEntries(Attributes.map(({ Key, Value }: Unchecked) => [Key, Value]))

describe('CreateTargetGroup', () => {
  test('fills in what AWS fills in', () => {
    const aws = localAws()
    const arn = createTargetGroup(aws)
    expect(arn).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup\/web\/[0-9a-f]{16}$/)
    expect(describeAll(aws)).toEqual([
      {
        TargetGroupArn: arn,
        TargetGroupName: 'web',
        Protocol: 'HTTP',
        ProtocolVersion: 'HTTP1',
        Port: '80',
        VpcId: 'vpc-1',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckEnabled: 'true',
        HealthCheckIntervalSeconds: '30',
        HealthCheckTimeoutSeconds: '5',
        HealthyThresholdCount: '5',
        UnhealthyThresholdCount: '2',
        HealthCheckPath: '/',
        Matcher: { HttpCode: '200' },
        LoadBalancerArns: '',
        TargetType: 'ip',
        IpAddressType: 'ipv4',
      },
    ])
  })

  test('checks TCP by connecting', () => {
    const aws = localAws()
    createTargetGroup(aws, 'tcp', { Protocol: 'TCP' })
    const [group] = describeAll(aws)
    expect(group).toMatchObject({ HealthCheckProtocol: 'TCP', HealthCheckTimeoutSeconds: '10' })
    expect(group).not.toHaveProperty('Matcher')
    expect(group).not.toHaveProperty('HealthCheckPath')
  })

  test('called again with the same settings returns the existing one', () => {
    const aws = localAws()
    expect(createTargetGroup(aws)).toBe(createTargetGroup(aws))
    expect(() => createTargetGroup(aws, 'web', { Port: 81 })).toThrow(
      refusal(
        'DuplicateTargetGroupName',
        "A target group with the same name 'web' exists, but with different settings",
      ),
    )
  })

  test.each<[string, Unchecked, string]>([
    ['no protocol', { Protocol: undefined }, 'A protocol must be specified'],
    ['no port', { Port: undefined }, 'A port must be specified'],
    ['no VPC', { VpcId: undefined }, 'A VPC ID must be specified'],
    [
      'a timeout as long as the interval',
      { HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 },
      "Health check timeout '10' must be smaller than the interval '10'",
    ],
    [
      'too short an interval',
      { HealthCheckIntervalSeconds: 4 },
      "Health check interval '4' must be between '5-300' inclusive",
    ],
    [
      'too small a threshold',
      { HealthyThresholdCount: 1 },
      "Health check threshold count '1' must be between '2-10' inclusive",
    ],
    ['a matcher of words', { Matcher: { HttpCode: 'ok' } }, 'HttpCode must be like 200 | 200-399 | 200,201 ...'],
    [
      'a port for a function',
      { TargetType: 'lambda', Protocol: undefined, VpcId: undefined },
      "Port cannot be specified for target groups with target type 'lambda'",
    ],
  ])('refuses %s', (_, more, message) => {
    const aws = localAws()
    const input = Object.fromEntries(
      Object.entries({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', ...more }).filter(
        ([, value]) => value !== undefined,
      ),
    )
    expect(() => aws.call('elbv2', 'CreateTargetGroup', input)).toThrow(refusal('ValidationError', message))
    expect(aws.region.targetGroups).toEqual({})
  })

  test.each([
    ['a'.repeat(33), "cannot be longer than '32' characters"],
    ['web_1', 'can only contain characters that are alphanumeric characters or hyphens(-)'],
    ['web-', "cannot begin or end with '-'"],
  ])('refuses the name %s', (name, why) => {
    const message = `Target group name '${name}' ${why}`
    expect(() => createTargetGroup(localAws(), name)).toThrow(refusal('ValidationError', message))
  })
})

describe('DescribeTargetGroups', () => {
  test('finds by ARN, by name and by load balancer', () => {
    const aws = localAws()
    const [one, two] = [balancedTargetGroup(aws, 'one'), createTargetGroup(aws, 'two')]
    const [{ LoadBalancerArn }] = aws.call('elbv2', 'DescribeLoadBalancers').LoadBalancers
    const arns = (input: Unchecked): string[] => describeAll(aws, input).map(({ TargetGroupArn }) => TargetGroupArn)
    expect(arns({})).toEqual([one, two])
    expect(arns({ Names: ['two'] })).toEqual([two])
    expect(arns({ TargetGroupArns: [two, one] })).toEqual([two, one])
    expect(arns({ LoadBalancerArn })).toEqual([one])
    expect(describeAll(aws, { Names: ['one'] })[0]!['LoadBalancerArns']).toEqual([LoadBalancerArn])
    for (const input of [{ Names: ['none'] }, { TargetGroupArns: [`${one}0`] }]) {
      expect(() => arns(input)).toThrow(refusal('TargetGroupNotFound', 'One or more target groups not found'))
    }
    expect(() => arns({ LoadBalancerArn, Names: ['one'] })).toThrow(refusal('ValidationError'))
  })
})

describe('ModifyTargetGroup', () => {
  test('changes the health checks of the targets that are registered after it', () => {
    const aws = localAws()
    const TargetGroupArn = balancedTargetGroup(aws)
    const register = (Id: string): unknown =>
      aws.call('elbv2', 'RegisterTargets', { TargetGroupArn, Targets: [{ Id }] })
    register('10.0.0.1')
    aws.call('elbv2', 'ModifyTargetGroup', { TargetGroupArn, HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2 })
    register('10.0.0.2')
    aws.advance(seconds(20))
    expect(states(aws, TargetGroupArn)).toEqual(['initial', 'healthy'])
    aws.advance(seconds(130))
    expect(states(aws, TargetGroupArn)).toEqual(['healthy', 'healthy'])
  })

  test('refuses what CreateTargetGroup refuses and then changes nothing', () => {
    const aws = localAws()
    const TargetGroupArn = createTargetGroup(aws)
    const before = JSON.stringify(aws.world)
    const input = { TargetGroupArn, HealthCheckPath: '/up', HealthCheckTimeoutSeconds: 30 }
    expect(() => aws.call('elbv2', 'ModifyTargetGroup', input)).toThrow(refusal('ValidationError'))
    expect(JSON.stringify(aws.world)).toBe(before)
  })
})

describe('The attributes of a target group', () => {
  test('have their defaults and can be changed', () => {
    const aws = localAws()
    const TargetGroupArn = createTargetGroup(aws)
    const before = attributesOf(aws.call('elbv2', 'DescribeTargetGroupAttributes', { TargetGroupArn }))
    expect(before).toMatchObject({ 'deregistration_delay.timeout_seconds': '300', 'stickiness.type': 'lb_cookie' })
    const changed = setAttribute(aws, TargetGroupArn, 'deregistration_delay.timeout_seconds', '3600')
    expect(attributesOf(changed)).toEqual({ ...before, 'deregistration_delay.timeout_seconds': '3600' })
  })

  test.each(['3601', '-1', 'soon', ''])('a deregistration delay of %j is refused', (delay) => {
    const aws = localAws()
    const arn = createTargetGroup(aws)
    expect(() => setAttribute(aws, arn, 'deregistration_delay.timeout_seconds', delay)).toThrow(
      refusal(
        'ValidationError',
        `'deregistration_delay.timeout_seconds' value '${delay}' must be between '0-3600' inclusive`,
      ),
    )
  })
})

describe('DeleteTargetGroup', () => {
  test('refuses one that a listener forwards to, until it no longer does', () => {
    const aws = localAws()
    const TargetGroupArn = balancedTargetGroup(aws)
    const remove = (): Unchecked => aws.call('elbv2', 'DeleteTargetGroup', { TargetGroupArn })
    const inUse = refusal(
      'ResourceInUse',
      `Target group '${TargetGroupArn}' is currently in use by a listener or a rule`,
    )
    expect(remove).toThrow(inUse)
    const [ListenerArn] = Object.keys(aws.region.listeners)
    aws.call('elbv2', 'DeleteListener', { ListenerArn })
    remove()
    expect(aws.region.targetGroups).toEqual({})
    expect(remove()).toEqual({})
  })

  test('refuses one that only a rule forwards to', () => {
    const aws = localAws()
    balancedTargetGroup(aws)
    const TargetGroupArn = createTargetGroup(aws, 'api')
    const [ListenerArn] = Object.keys(aws.region.listeners)
    const [rule] = aws.call('elbv2', 'CreateRule', {
      ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
      Actions: [{ Type: 'forward', TargetGroupArn }],
    }).Rules
    expect(() => aws.call('elbv2', 'DeleteTargetGroup', { TargetGroupArn })).toThrow(refusal('ResourceInUse'))
    aws.call('elbv2', 'DeleteRule', { RuleArn: rule.RuleArn })
    aws.call('elbv2', 'DeleteTargetGroup', { TargetGroupArn })
    expect(Object.keys(aws.region.targetGroups)).toHaveLength(1)
  })

  test('belongs to one load balancer only', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws)
    const other = createLoadBalancer(aws, 'other')
    expect(() => createListener(aws, other, group)).toThrow(
      refusal(
        'TargetGroupAssociationLimit',
        `The following target groups cannot be associated with more than one load balancer: ${group}`,
      ),
    )
    expect(Object.keys(aws.region.listeners)).toHaveLength(1)
  })
})

describe('RegisterTargets and DeregisterTargets', () => {
  const call = (aws: TestAws, operation: string, TargetGroupArn: string, ...Targets: Unchecked[]): Unchecked =>
    aws.call('elbv2', operation, { TargetGroupArn, Targets })

  test('one address may be registered on several ports, each on its own', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws)
    call(aws, 'RegisterTargets', group, { Id: '10.0.0.1' }, { Id: '10.0.0.1', Port: 81 })
    call(aws, 'DeregisterTargets', group, { Id: '10.0.0.1', Port: 81 })
    expect(healthOf(aws, group)).toMatchObject([
      { Target: { Id: '10.0.0.1', Port: 80 }, TargetHealth: { State: 'initial' } },
      { Target: { Id: '10.0.0.1', Port: 81 }, TargetHealth: { State: 'draining' } },
    ])
  })

  test('registering again changes nothing, except that it ends draining and restarts the checks', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws)
    call(aws, 'RegisterTargets', group, { Id: '10.0.0.1' })
    aws.advance(seconds(149))
    call(aws, 'RegisterTargets', group, { Id: '10.0.0.1' })
    aws.advance(seconds(1))
    expect(states(aws, group)).toEqual(['healthy'])
    call(aws, 'DeregisterTargets', group, { Id: '10.0.0.1' })
    expect(states(aws, group)).toEqual(['draining'])
    call(aws, 'RegisterTargets', group, { Id: '10.0.0.1' })
    expect(states(aws, group)).toEqual(['initial'])
  })

  test('deregistering again does not prolong draining, and unknown targets are skipped', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws)
    call(aws, 'RegisterTargets', group, { Id: '10.0.0.1' })
    call(aws, 'DeregisterTargets', group, { Id: '10.0.0.1' })
    aws.advance(seconds(299))
    call(aws, 'DeregisterTargets', group, { Id: '10.0.0.1' }, { Id: '10.0.0.9' })
    expect(states(aws, group)).toEqual(['draining'])
    aws.advance(seconds(1))
    expect(states(aws, group)).toEqual([])
  })

  test.each([
    ['ip', 'i-0123456789abcdef0', "The IP address 'i-0123456789abcdef0' is not a valid IPv4 address"],
    ['instance', '10.0.0.1', "Instance ID '10.0.0.1' is not valid"],
  ])('a target group of the type %s refuses %s', (TargetType, Id, message) => {
    const aws = localAws()
    const group = createTargetGroup(aws, 'web', { TargetType })
    expect(() => call(aws, 'RegisterTargets', group, { Id })).toThrow(refusal('ValidationError', message))
  })

  test('a fixed health check port is shown instead of the target’s own', () => {
    const aws = localAws()
    const group = createTargetGroup(aws, 'web', { HealthCheckPort: '9000' })
    call(aws, 'RegisterTargets', group, { Id: '10.0.0.1' })
    expect(healthOf(aws, group)).toMatchObject([{ HealthCheckPort: '9000', Target: { Port: 80 } }])
  })

  test.each(['RegisterTargets', 'DeregisterTargets', 'DescribeTargetHealth'])(
    '%s needs a target group',
    (operation) => {
      const TargetGroupArn = 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/none/0'
      const input = { TargetGroupArn, Targets: [{ Id: '10.0.0.1' }] }
      expect(() => localAws().call('elbv2', operation, input)).toThrow(refusal('TargetGroupNotFound'))
    },
  )
})
