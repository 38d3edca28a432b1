import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { balancedTargetGroup, createListener, createLoadBalancer, createTargetGroup, states } from '../balancedWeb.ts'
import { localAws, minutes, seconds } from '../support.ts'
import type { TestAws } from '../support.ts'

const refusal = (code: string, message?: string | RegExp) =>
  expect.objectContaining({
    code,
    ...(message && { message: typeof message === 'string' ? message : expect.stringMatching(message) }),
  })
const describeOne = (aws: TestAws): Unchecked => aws.call('elbv2', 'DescribeLoadBalancers').LoadBalancers[0]
const attributesOf = ({ Attributes }: Unchecked): Unchecked =>
  Object.fromEntries(Attributes.map(({ Key, Value }: Unchecked) => [Key, Value]))
const place = 'arn:aws:elasticloadbalancing:us-east-1:123456789012'

describe('CreateLoadBalancer', () => {
  test('creates an Application Load Balancer with everything that AWS shows of one', () => {
    const aws = localAws()
    const arn = createLoadBalancer(aws, 'web')
    expect(arn).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/web\/[0-9a-f]{16}$/)
    expect(describeOne(aws)).toEqual({
      LoadBalancerArn: arn,
      DNSName: expect.stringMatching(/^web-\d{10}\.us-east-1\.elb\.amazonaws\.com$/),
      CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
      CreatedTime: '2026-01-01T00:00:00.000Z',
      LoadBalancerName: 'web',
      Scheme: 'internet-facing',
      VpcId: expect.stringMatching(/^vpc-/),
      State: { Code: 'provisioning' },
      Type: 'application',
      AvailabilityZones: [
        { ZoneName: 'us-east-1a', SubnetId: 'subnet-1', LoadBalancerAddresses: '' },
        { ZoneName: 'us-east-1b', SubnetId: 'subnet-2', LoadBalancerAddresses: '' },
      ],
      SecurityGroups: [expect.stringMatching(/^sg-/)],
      IpAddressType: 'ipv4',
    })
  })

  test('which is provisioning for two minutes, then active', () => {
    const aws = localAws()
    createLoadBalancer(aws)
    aws.advance(minutes(2) - 1)
    expect(describeOne(aws)['State']).toEqual({ Code: 'provisioning' })
    aws.advance(1)
    expect(describeOne(aws)['State']).toEqual({ Code: 'active' })
  })

  test('names internal and network load balancers as AWS does', () => {
    const aws = localAws()
    createLoadBalancer(aws, 'inside', { Scheme: 'internal' })
    const network = createLoadBalancer(aws, 'net', { Type: 'network', Subnets: ['subnet-1'] })
    const [inside, net] = aws.call('elbv2', 'DescribeLoadBalancers').LoadBalancers
    expect(inside.DNSName).toMatch(/^internal-inside-\d{10}\.us-east-1\.elb\.amazonaws\.com$/)
    expect(network).toMatch(/:loadbalancer\/net\/net\/[0-9a-f]{16}$/)
    expect(net.DNSName).toBe(`net-${network.slice(-16)}.elb.us-east-1.amazonaws.com`)
  })

  test('called again with the same settings returns the existing one', () => {
    const aws = localAws()
    expect(createLoadBalancer(aws)).toBe(createLoadBalancer(aws))
    expect(Object.keys(aws.region.loadBalancers)).toHaveLength(1)
    expect(() => createLoadBalancer(aws, 'web', { Scheme: 'internal' })).toThrow(
      refusal(
        'DuplicateLoadBalancerName',
        "A load balancer with the same name 'web' exists, but with different settings",
      ),
    )
  })

  test.each([
    ['a'.repeat(33), "cannot be longer than '32' characters"],
    ['my_lb', 'can only contain characters that are alphanumeric characters or hyphens(-)'],
    ['-web', "cannot begin or end with '-'"],
    ['web-', "cannot begin or end with '-'"],
    ['internal-web', "cannot begin with 'internal-'"],
  ])('refuses the name %s', (name, why) => {
    const message = `The load balancer name '${name}' ${why}`
    expect(() => createLoadBalancer(localAws(), name)).toThrow(refusal('ValidationError', message))
  })

  test('refuses a mapping without a subnet', () => {
    const aws = localAws()
    const SubnetMappings = [{ SubnetId: 'subnet-1' }, { AllocationId: 'eipalloc-1' }]
    const input = { Name: 'web', Type: 'network', SubnetMappings }
    const message = 'A subnet ID must be specified'
    expect(() => aws.call('elbv2', 'CreateLoadBalancer', input)).toThrow(refusal('ValidationError', message))
    expect(aws.region.loadBalancers).toEqual({})
  })

  test('takes a name of 32 characters', () => {
    expect(createLoadBalancer(localAws(), 'a'.repeat(32))).toContain(`/${'a'.repeat(32)}/`)
  })

  test.each([
    ['one subnet', { Subnets: ['subnet-1'] }, 'ValidationError', /^At least two subnets/],
    ['the same subnet twice', { Subnets: ['subnet-1', 'subnet-1'] }, 'ValidationError', /^At least two subnets/],
    ['another scheme', { Scheme: 'public' }, 'InvalidScheme', /public/],
    ['another type', { Type: 'gateway' }, 'ValidationError', /gateway/],
    ['a tag twice', { Tags: [{ Key: 'a' }, { Key: 'a', Value: '1' }] }, 'DuplicateTagKeys', /a$/],
  ])('refuses %s and creates nothing', (_, more, code, message) => {
    const aws = localAws()
    expect(() => createLoadBalancer(aws, 'web', more)).toThrow(refusal(code, message))
    expect(aws.region.loadBalancers).toEqual({})
    expect(aws.region.tags).toEqual({})
  })
})

describe('DescribeLoadBalancers', () => {
  test('finds by ARN and by name, and refuses what is not there', () => {
    const aws = localAws()
    const [one, two] = [createLoadBalancer(aws, 'one'), createLoadBalancer(aws, 'two')]
    const arns = (input: Unchecked): string[] =>
      aws.call('elbv2', 'DescribeLoadBalancers', input).LoadBalancers.map((each: Unchecked) => each['LoadBalancerArn'])
    expect([arns({}), arns({ Names: ['two'] }), arns({ LoadBalancerArns: [one] })]).toEqual([[one, two], [two], [one]])
    expect(() => arns({ Names: ['two', 'none'] })).toThrow(
      refusal('LoadBalancerNotFound', "Load balancers '[none]' not found"),
    )
    expect(() => arns({ LoadBalancerArns: [`${one}0`] })).toThrow(
      refusal('LoadBalancerNotFound', 'One or more load balancers not found'),
    )
  })

  test('comes in pages', () => {
    const aws = localAws()
    for (const name of ['a', 'b', 'c']) createLoadBalancer(aws, name)
    const page = (input: Unchecked): Unchecked => aws.call('elbv2', 'DescribeLoadBalancers', { PageSize: 2, ...input })
    const first = page({})
    const second = page({ Marker: first['NextMarker'] })
    const names = [first, second].map(({ LoadBalancers }) =>
      LoadBalancers.map((each: Unchecked) => each['LoadBalancerName']),
    )
    expect(names).toEqual([['a', 'b'], ['c']])
    expect(second['NextMarker']).toBeUndefined()
    expect(() => page({ Marker: 'nonsense' })).toThrow(refusal('ValidationError'))
  })

  test.each([0, 401])('refuses a page size of %i', (PageSize) => {
    expect(() => localAws().call('elbv2', 'DescribeLoadBalancers', { PageSize })).toThrow(
      refusal('ValidationError', new RegExp(`Value '${PageSize}' at 'pageSize' failed to satisfy constraint`)),
    )
  })

  test('throttles reads as AWS does: 40 at once, 10 a second after that', () => {
    const aws = localAws({ throttle: true })
    const read = (): unknown => aws.call('elbv2', 'DescribeLoadBalancers')
    for (let count = 0; count < 40; count++) read()
    expect(read).toThrow(refusal('Throttling', 'Rate exceeded'))
    aws.advance(seconds(1))
    for (let count = 0; count < 10; count++) read()
    expect(read).toThrow(refusal('Throttling'))
  })
})

describe('The attributes of a load balancer', () => {
  test('have their defaults and can be changed', () => {
    const aws = localAws()
    const LoadBalancerArn = createLoadBalancer(aws)
    const before = attributesOf(aws.call('elbv2', 'DescribeLoadBalancerAttributes', { LoadBalancerArn }))
    expect(before).toMatchObject({ 'idle_timeout.timeout_seconds': '60', 'deletion_protection.enabled': 'false' })
    const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '120' }]
    const changed = aws.call('elbv2', 'ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes })
    expect(attributesOf(changed)).toEqual({ ...before, 'idle_timeout.timeout_seconds': '120' })
  })

  test('that its type does not have are refused, and none is changed', () => {
    const aws = localAws()
    const LoadBalancerArn = createLoadBalancer(aws)
    const before = JSON.stringify(aws.world)
    const Attributes = [
      { Key: 'idle_timeout.timeout_seconds', Value: '120' },
      { Key: 'idle.timeout', Value: '1' },
    ]
    expect(() => aws.call('elbv2', 'ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes })).toThrow(
      refusal('ValidationError', "Load balancer attribute key 'idle.timeout' is not recognized"),
    )
    expect(JSON.stringify(aws.world)).toBe(before)
  })

  test('protect it from being deleted', () => {
    const aws = localAws()
    const LoadBalancerArn = createLoadBalancer(aws)
    const protect = (Value: string): void => {
      const Attributes = [{ Key: 'deletion_protection.enabled', Value }]
      aws.call('elbv2', 'ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes })
    }
    protect('true')
    expect(() => aws.call('elbv2', 'DeleteLoadBalancer', { LoadBalancerArn })).toThrow(
      refusal('OperationNotPermitted', /cannot be deleted because deletion protection is enabled$/),
    )
    protect('false')
    aws.call('elbv2', 'DeleteLoadBalancer', { LoadBalancerArn })
    expect(aws.region.loadBalancers).toEqual({})
  })
})

describe('DeleteLoadBalancer', () => {
  test('deletes listeners, rules and tags with it, and frees the target groups to be deleted', () => {
    const aws = localAws()
    const group = balancedTargetGroup(aws)
    const { LoadBalancerArn } = describeOne(aws)
    const [ListenerArn] = Object.keys(aws.region.listeners)
    const [{ RuleArn }] = aws.call('elbv2', 'DescribeRules', { ListenerArn }).Rules
    const ResourceArns = [LoadBalancerArn, ListenerArn, RuleArn]
    aws.call('elbv2', 'AddTags', { ResourceArns, Tags: [{ Key: 'team', Value: 'shop' }] })
    aws.call('elbv2', 'DeleteLoadBalancer', { LoadBalancerArn })
    expect([aws.region.loadBalancers, aws.region.listeners, aws.region.tags]).toEqual([{}, {}, {}])
    aws.call('elbv2', 'DeleteTargetGroup', { TargetGroupArn: group })
    expect(aws.region.targetGroups).toEqual({})
  })

  test('of an unknown one succeeds', () => {
    const LoadBalancerArn = `${place}:loadbalancer/app/none/0123456789abcdef`
    expect(localAws().call('elbv2', 'DeleteLoadBalancer', { LoadBalancerArn })).toEqual({})
  })
})

describe('The settings of a load balancer', () => {
  test('its subnets and security groups can be replaced', () => {
    const aws = localAws()
    const LoadBalancerArn = createLoadBalancer(aws)
    const subnets = aws.call('elbv2', 'SetSubnets', { LoadBalancerArn, Subnets: ['subnet-3', 'subnet-4'] })
    expect(subnets.AvailabilityZones.map(({ SubnetId }: Unchecked) => SubnetId)).toEqual(['subnet-3', 'subnet-4'])
    const groups = aws.call('elbv2', 'SetSecurityGroups', { LoadBalancerArn, SecurityGroups: ['sg-1'] })
    expect(groups).toEqual({ SecurityGroupIds: ['sg-1'] })
    expect(describeOne(aws)).toMatchObject({
      SecurityGroups: ['sg-1'],
      AvailabilityZones: [{ SubnetId: 'subnet-3' }, { SubnetId: 'subnet-4' }],
    })
    expect(() => aws.call('elbv2', 'SetSubnets', { LoadBalancerArn, Subnets: ['subnet-3'] })).toThrow(
      refusal('ValidationError', /^At least two subnets/),
    )
  })
})

describe('Tags of load balancers, target groups, listeners and rules', () => {
  const tagged = (): { aws: TestAws; arns: string[] } => {
    const aws = localAws()
    const LoadBalancerArn = createLoadBalancer(aws, 'web', { Tags: [{ Key: 'team', Value: 'shop' }] })
    const group = createTargetGroup(aws)
    const ListenerArn = createListener(aws, LoadBalancerArn, group)
    const [{ RuleArn }] = aws.call('elbv2', 'DescribeRules', { ListenerArn }).Rules
    return { aws, arns: [LoadBalancerArn, group, ListenerArn, RuleArn] }
  }

  test('are set, replaced by key, removed and described', () => {
    const { aws, arns } = tagged()
    const Tags = [
      { Key: 'team', Value: 'ops' },
      { Key: 'tier', Value: '1' },
    ]
    aws.call('elbv2', 'AddTags', { ResourceArns: arns, Tags })
    const described = (): Unchecked[] => aws.call('elbv2', 'DescribeTags', { ResourceArns: arns }).TagDescriptions
    expect(described()).toEqual(arns.map((ResourceArn) => ({ ResourceArn, Tags })))
    aws.call('elbv2', 'RemoveTags', { ResourceArns: arns, TagKeys: ['team'] })
    expect(described()).toEqual(arns.map((ResourceArn) => ({ ResourceArn, Tags: Tags.slice(1) })))
  })

  test.each([
    [0, 'LoadBalancerNotFound'],
    [1, 'TargetGroupNotFound'],
    [2, 'ListenerNotFound'],
    [3, 'RuleNotFound'],
  ])('of an unknown resource are refused with its own code, and none is changed: %i, %s', (which, code) => {
    const { aws, arns } = tagged()
    const before = JSON.stringify(aws.world)
    const ResourceArns = [...arns, `${arns[which]}0`]
    expect(() => aws.call('elbv2', 'AddTags', { ResourceArns, Tags: [{ Key: 'a', Value: 'b' }] })).toThrow(
      refusal(code),
    )
    expect(() => aws.call('elbv2', 'RemoveTags', { ResourceArns, TagKeys: ['team'] })).toThrow(refusal(code))
    expect(() => aws.call('elbv2', 'DescribeTags', { ResourceArns })).toThrow(refusal(code))
    expect(JSON.stringify(aws.world)).toBe(before)
  })

  test('are described for at most 20 resources', () => {
    const { aws, arns } = tagged()
    const ResourceArns = Array.from({ length: 21 }, () => arns[0])
    expect(() => aws.call('elbv2', 'DescribeTags', { ResourceArns })).toThrow(refusal('ValidationError'))
  })
})

test('a state that was saved before there were load balancers can have them', () => {
  const before = localAws()
  before.call('ecs', 'CreateCluster', { clusterName: 'c' })
  const world = JSON.parse(JSON.stringify(before.world))
  for (const records of ['loadBalancers', 'targetGroups', 'listeners']) delete world.regions['us-east-1'][records]
  const aws = localAws({ world })
  expect(states(aws, balancedTargetGroup(aws))).toEqual([])
  expect(aws.call('ecs', 'ListClusters').clusterArns).toHaveLength(1)
})
