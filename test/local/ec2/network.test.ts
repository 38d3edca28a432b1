import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { emptyWorld } from '../../../src/local/world/world.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const refusal = (code: string, message?: string) =>
  expect.objectContaining({ code, ...(message !== undefined && { message }) })
const ids = (aws: TestAws, operation: string, member: string, input: Unchecked = {}): string[] => {
  const output = aws.call('ec2', operation, input)
  const id = { Vpcs: 'VpcId', Subnets: 'SubnetId', SecurityGroups: 'GroupId' }[member]!
  return output[member].map((each: Unchecked) => each[id])
}
const provision = (aws: TestAws, wanted: Unchecked): Unchecked => {
  const request = { method: 'POST', path: '/_local/provision', headers: {}, body: JSON.stringify(wanted) }
  const { status, body } = aws.handle(request)
  return { status, ...JSON.parse(body) }
}
const shop = {
  id: 'vpc-shop',
  subnets: [{ id: 'subnet-one' }, { id: 'subnet-two' }, { id: 'subnet-c', availabilityZone: 'us-east-1c' }],
  securityGroups: ['sg-web', 'sg-jobs'],
}

describe('Every region', () => {
  test.each([
    ['us-east-1', 'use1-az1'],
    ['eu-central-1', 'euc1-az1'],
    ['ap-southeast-2', 'apse2-az1'],
    ['us-gov-west-1', 'usgw1-az1'],
  ])('has three zones: %s', (region, first) => {
    const { AvailabilityZones } = localAws({ region }).call('ec2', 'DescribeAvailabilityZones')
    expect(AvailabilityZones.map((zone: Unchecked) => zone['ZoneName'])).toEqual([
      `${region}a`,
      `${region}b`,
      `${region}c`,
    ])
    expect(AvailabilityZones[0]).toMatchObject({ ZoneId: first, State: 'available', RegionName: region })
  })

  test('has a default VPC, a public subnet of it in each zone, and a default security group', () => {
    const aws = localAws({ region: 'eu-west-1' })
    const [vpc] = aws.call('ec2', 'DescribeVpcs').Vpcs
    const { Subnets } = aws.call('ec2', 'DescribeSubnets')
    const [group] = aws.call('ec2', 'DescribeSecurityGroups').SecurityGroups
    expect(vpc).toMatchObject({ IsDefault: true, CidrBlock: '172.31.0.0/16', State: 'available' })
    expect(Subnets.map((subnet: Unchecked) => [subnet['AvailabilityZone'], subnet['CidrBlock']])).toEqual([
      ['eu-west-1a', '172.31.0.0/20'],
      ['eu-west-1b', '172.31.16.0/20'],
      ['eu-west-1c', '172.31.32.0/20'],
    ])
    for (const subnet of Subnets) {
      expect(subnet).toMatchObject({ VpcId: vpc.VpcId, DefaultForAz: true, MapPublicIpOnLaunch: true })
    }
    expect(group).toMatchObject({ GroupName: 'default', VpcId: vpc.VpcId })
  })

  test('has them also in a state that was saved before they existed', () => {
    const world = emptyWorld(0)
    world.regions['us-east-1'] = JSON.parse('{"name":"us-east-1","account":"123456789012"}')
    expect(ids(localAws({ world }), 'DescribeVpcs', 'Vpcs')).toEqual(['vpc-0123456789abcdef0'])
  })
})

describe('POST /_local/provision', () => {
  test('creates VPCs, subnets and security groups by id, and only those that are missing', () => {
    const aws = localAws()
    expect(provision(aws, { vpcs: [shop] })).toEqual({
      status: 200,
      made: [
        'vpc vpc-shop',
        'subnet subnet-one',
        'subnet subnet-two',
        'subnet subnet-c',
        'security group sg-web',
        'security group sg-jobs',
      ],
    })
    const more = { ...shop, securityGroups: ['sg-web', 'sg-more'] }
    expect(provision(aws, { vpcs: [more] })['made']).toEqual(['security group sg-more'])
    const { Subnets } = aws.call('ec2', 'DescribeSubnets', { SubnetIds: shop.subnets.map(({ id }) => id) })
    expect(Subnets.map((each: Unchecked) => [each['VpcId'], each['AvailabilityZone'], each['CidrBlock']])).toEqual([
      ['vpc-shop', 'us-east-1a', '10.1.0.0/20'],
      ['vpc-shop', 'us-east-1b', '10.1.16.0/20'],
      ['vpc-shop', 'us-east-1c', '10.1.32.0/20'],
    ])
    expect(ids(aws, 'DescribeVpcs', 'Vpcs')).toEqual(['vpc-0123456789abcdef0', 'vpc-shop'])
  })

  test.each([
    { vpcs: 'vpc-1' },
    { vpcs: [null] },
    { vpcs: [{ id: 'shop' }] },
    { vpcs: [{ id: 'vpc-1', subnets: [{ id: 5 }] }] },
    { vpcs: [{ id: 'vpc-1', subnets: {} }] },
    { vpcs: [{ id: 'vpc-1', securityGroups: ['web'] }] },
  ])('refuses an invalid VPC and creates nothing: %j', (wanted) => {
    const aws = localAws()
    expect(provision(aws, wanted)).toMatchObject({ status: 400, __type: 'InvalidParameterException' })
    expect(Object.keys(aws.region.vpcs)).toEqual(['vpc-0123456789abcdef0'])
  })
})

describe('Networks can be found', () => {
  const aws = localAws()
  provision(aws, { vpcs: [shop] })

  test.each([
    ['DescribeVpcs', 'Vpcs', 'is-default', ['false'], ['vpc-shop']],
    ['DescribeVpcs', 'Vpcs', 'cidr', ['172.31.*'], ['vpc-0123456789abcdef0']],
    ['DescribeVpcs', 'Vpcs', 'cidr', ['172?31*'], ['vpc-0123456789abcdef0']],
    ['DescribeVpcs', 'Vpcs', 'cidr', ['172\\?31*', '1+'], []],
    ['DescribeSubnets', 'Subnets', 'vpc-id', ['vpc-shop'], ['subnet-one', 'subnet-two', 'subnet-c']],
    ['DescribeSubnets', 'Subnets', 'availability-zone', ['us-east-1c'], ['subnet-0123456789abcdef2', 'subnet-c']],
    ['DescribeSecurityGroups', 'SecurityGroups', 'group-name', ['sg-web', 'sg-none'], ['sg-web']],
    ['DescribeSecurityGroups', 'SecurityGroups', 'group-name', ['SG-WEB'], []],
  ])('by filters: %s, %s, %s = %j', (operation, member, Name, Values, found) => {
    expect(ids(aws, operation, member, { Filters: [{ Name, Values }] })).toEqual(found)
  })

  test('by several filters, all of which must match', () => {
    const Filters = [
      { Name: 'vpc-id', Values: ['vpc-shop'] },
      { Name: 'availability-zone', Values: ['us-east-1a', 'us-east-1b'] },
    ]
    expect(ids(aws, 'DescribeSubnets', 'Subnets', { Filters })).toEqual(['subnet-one', 'subnet-two'])
  })

  test('by id, and by the name of a group of the default VPC', () => {
    expect(ids(aws, 'DescribeVpcs', 'Vpcs', { VpcIds: ['vpc-shop'] })).toEqual(['vpc-shop'])
    expect(ids(aws, 'DescribeSecurityGroups', 'SecurityGroups', { GroupIds: ['sg-web'] })).toEqual(['sg-web'])
    const named = ids(aws, 'DescribeSecurityGroups', 'SecurityGroups', { GroupNames: ['default'] })
    expect(named).toEqual(['sg-0123456789abcdef0'])
  })

  test.each([
    ['DescribeVpcs', { VpcIds: ['vpc-1'] }, 'InvalidVpcID.NotFound', "The vpc ID 'vpc-1' does not exist"],
    [
      'DescribeSubnets',
      { SubnetIds: ['subnet-1'] },
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-1' does not exist",
    ],
    [
      'DescribeSecurityGroups',
      { GroupIds: ['sg-1'] },
      'InvalidGroup.NotFound',
      "The security group 'sg-1' does not exist",
    ],
    [
      'DescribeSecurityGroups',
      { GroupIds: ['web'] },
      'InvalidGroupId.Malformed',
      'Invalid id: "web" (expecting "sg-...")',
    ],
    [
      'DescribeSecurityGroups',
      { GroupNames: ['sg-web'] },
      'InvalidGroup.NotFound',
      "The security group 'sg-web' does not exist in default VPC 'vpc-0123456789abcdef0'",
    ],
    ['DescribeVpcs', { VpcIds: ['__proto__'] }, 'InvalidVpcID.NotFound', undefined],
    ['DescribeAvailabilityZones', { ZoneNames: ['eu-west-1a'] }, 'InvalidParameterValue', undefined],
    [
      'DescribeVpcs',
      { Filters: [{ Name: 'colour', Values: ['red'] }] },
      'InvalidParameterValue',
      "The filter 'colour' is invalid",
    ],
    ['DescribeVpcs', { Filters: [{ Name: 'toString', Values: ['x'] }] }, 'InvalidParameterValue', undefined],
    ['DescribeVpcs', { MaxResults: 4 }, 'InvalidParameterValue', undefined],
    ['DescribeVpcs', { MaxResults: 1001 }, 'InvalidParameterValue', undefined],
    ['DescribeVpcs', { NextToken: 'x' }, 'InvalidParameterValue', undefined],
    ['DescribeVpcs', { VpcIds: ['vpc-shop'], MaxResults: 5 }, 'InvalidParameterCombination', undefined],
  ])('%s refuses %j with %s', (operation, input, code, message) => {
    expect(() => aws.call('ec2', operation, input)).toThrow(refusal(code, message))
  })

  test('in pages', () => {
    const first = aws.call('ec2', 'DescribeSubnets', { MaxResults: 5 })
    const second = aws.call('ec2', 'DescribeSubnets', { MaxResults: 5, NextToken: first.NextToken })
    expect([first.Subnets.length, second.Subnets.length, second.NextToken]).toEqual([5, 1, undefined])
  })
})
