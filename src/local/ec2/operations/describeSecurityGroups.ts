// Lists security groups, all or by id; GroupNames finds groups of the default VPC only.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'
import { named } from '../resource.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { Ec2SecurityGroup, Region } from '../../world/world.ts'

export const describeSecurityGroups: Operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult> = (
  input,
  { region },
): Wire<DescribeSecurityGroupsResult> => {
  const { GroupIds = [], GroupNames = [], Filters } = input
  checkPagesOrNames(GroupIds, 'groupIds', input)
  for (const id of GroupIds) checkGroupId(id)
  const ids = [...GroupIds, ...GroupNames.map((name) => idOf(region, name))]
  const found = filtered(named(region, 'sg', region.securityGroups, ids), Filters, {
    'group-id': ({ GroupId }) => GroupId,
    'group-name': ({ GroupName }) => GroupName,
    'vpc-id': ({ VpcId }) => VpcId,
    description: ({ Description }) => Description,
    'owner-id': ({ OwnerId }) => OwnerId,
  })
  const { items, nextToken } = pageOf(found, input)
  return { SecurityGroups: items, NextToken: nextToken }
}

function checkGroupId(id: string): void {
  if (id.startsWith('sg-')) return
  throw new AwsFault('InvalidGroupId.Malformed', `Invalid id: "${id}" (expecting "sg-...")`)
}

function idOf(region: Region, name: string): string {
  const vpc = Object.values(region.vpcs).find(({ IsDefault }) => IsDefault)?.VpcId
  const isIt = ({ GroupName, VpcId }: Ec2SecurityGroup): boolean => GroupName === name && VpcId === vpc
  const found = Object.values(region.securityGroups).find(isIt)
  if (found) return found.GroupId
  throw new AwsFault('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC '${vpc}'`)
}
