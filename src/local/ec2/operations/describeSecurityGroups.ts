// Lists security groups, all or by id; GroupNames finds groups of the default VPC only.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
import { filtered } from '../../wire/filtered.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'
import { named } from '../resource.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'

export const describeSecurityGroups: Operation = (input, { region }) => {
  const { GroupIds = [], GroupNames = [], Filters } = input
  checkPagesOrNames(GroupIds, 'groupIds', input)
  for (const id of GroupIds) checkGroupId(id)
  const ids = [...GroupIds, ...GroupNames.map((name: string) => idOf(region, name))]
  const found = filtered(named(region, 'sg', region.securityGroups, ids), Filters, {
    'group-id': ({ GroupId }) => GroupId,
    'group-name': ({ GroupName }) => GroupName,
    'vpc-id': ({ VpcId }) => VpcId,
    description: ({ Description }) => Description,
    'owner-id': ({ OwnerId }) => OwnerId,
  })
  return pageOf('SecurityGroups', found, input)
}

function checkGroupId(id: string): void {
  if (id.startsWith('sg-')) return
  throw new AwsFault('InvalidGroupId.Malformed', `Invalid id: "${id}" (expecting "sg-...")`)
}

function idOf(region: Region, name: string): string {
  const vpc = Object.values(region.vpcs).find(({ IsDefault }) => IsDefault)?.VpcId
  const isIt = ({ GroupName, VpcId }: Wire): boolean => GroupName === name && VpcId === vpc
  const found = Object.values(region.securityGroups).find(isIt)
  if (found) return found.GroupId
  throw new AwsFault('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC '${vpc}'`)
}
