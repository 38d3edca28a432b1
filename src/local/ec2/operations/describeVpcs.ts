// Lists VPCs, all or by id. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html
import type { DescribeVpcsRequest, DescribeVpcsResult } from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'
import { named } from '../resource.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeVpcs: Operation<DescribeVpcsRequest, DescribeVpcsResult> = (
  input,
  { region },
): Wire<DescribeVpcsResult> => {
  checkPagesOrNames(input.VpcIds, 'vpcIds', input)
  const found = filtered(named(region, 'vpc', region.vpcs, input.VpcIds), input.Filters, {
    'vpc-id': ({ VpcId }) => VpcId,
    cidr: ({ CidrBlock }) => CidrBlock,
    'cidr-block-association.cidr-block': ({ CidrBlock }) => CidrBlock,
    'dhcp-options-id': ({ DhcpOptionsId }) => DhcpOptionsId,
    'is-default': ({ IsDefault }) => IsDefault,
    isDefault: ({ IsDefault }) => IsDefault,
    'owner-id': ({ OwnerId }) => OwnerId,
    state: ({ State }) => State,
  })
  const { items, nextToken } = pageOf(found, input)
  return { Vpcs: items, NextToken: nextToken }
}
