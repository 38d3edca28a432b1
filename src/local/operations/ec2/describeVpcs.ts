import { filtered } from '../../ec2Filters.ts'
import { checkPagesOrNames, ec2Page } from '../../ec2Page.ts'
import { named } from '../../ec2Resource.ts'
import type { Operation } from '../../operation.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html */
export const describeVpcs: Operation = (input, { region }) => {
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
  return ec2Page('Vpcs', found, input)
}
