// Lists subnets, all or by id. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
import type { DescribeSubnetsRequest, DescribeSubnetsResult } from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'
import { named } from '../resource.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeSubnets: Operation<DescribeSubnetsRequest, DescribeSubnetsResult> = (
  input,
  { region },
): Wire<DescribeSubnetsResult> => {
  checkPagesOrNames(input.SubnetIds, 'subnetIds', input)
  const found = filtered(named(region, 'subnet', region.subnets, input.SubnetIds), input.Filters, {
    'subnet-id': ({ SubnetId }) => SubnetId,
    'subnet-arn': ({ SubnetArn }) => SubnetArn,
    'vpc-id': ({ VpcId }) => VpcId,
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    availabilityZone: ({ AvailabilityZone }) => AvailabilityZone,
    'availability-zone-id': ({ AvailabilityZoneId }) => AvailabilityZoneId,
    availabilityZoneId: ({ AvailabilityZoneId }) => AvailabilityZoneId,
    'cidr-block': ({ CidrBlock }) => CidrBlock,
    cidr: ({ CidrBlock }) => CidrBlock,
    'default-for-az': ({ DefaultForAz }) => DefaultForAz,
    defaultForAz: ({ DefaultForAz }) => DefaultForAz,
    'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
    'owner-id': ({ OwnerId }) => OwnerId,
    state: ({ State }) => State,
  })
  const { items, nextToken } = pageOf(found, input)
  return { Subnets: items, NextToken: nextToken }
}
