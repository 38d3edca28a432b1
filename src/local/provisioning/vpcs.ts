// VPCs, subnets and security groups that exist before the first deployment.
import { availabilityZonesOf } from '../ec2/availabilityZones.ts'
import { newSecurityGroup, newSubnet, newVpc } from '../ec2/network.ts'
import type { Unchecked } from '../world/wire.ts'
import type { Region } from '../world/world.ts'

/** A network that was made elsewhere, by its ids. */
export interface ProvisionedVpc {
  readonly id: string
  /** Without a zone they are in the region's zones in turn. */
  readonly subnets?: readonly { readonly id: string; readonly availabilityZone?: string }[]
  readonly securityGroups?: readonly string[]
}

/** Makes what of it does not exist yet and answers what it made: `vpc vpc-1`, `subnet subnet-1`, `security group sg-1`. */
export function provisionVpcs(region: Region, vpcs: readonly ProvisionedVpc[]): string[] {
  return vpcs.flatMap(({ id, subnets = [], securityGroups = [] }) => [
    ...madeVpc(region, id),
    ...subnets.flatMap((subnet) => madeSubnet(region, id, subnet)),
    ...securityGroups.flatMap((group) => madeSecurityGroup(region, id, group)),
  ])
}

/** Whether a value is what `provisionVpcs` takes. */
export function isVpc(value: unknown): boolean {
  const { id, subnets = [], securityGroups = [] }: Unchecked = value ?? {}
  return (
    isId(id, 'vpc') &&
    Array.isArray(subnets) &&
    subnets.every((subnet) => isId(subnet?.id, 'subnet') && typeof (subnet.availabilityZone ?? '') === 'string') &&
    Array.isArray(securityGroups) &&
    securityGroups.every((group) => isId(group, 'sg'))
  )
}

const isId = (value: unknown, prefix: string): boolean =>
  typeof value === 'string' && value.startsWith(`${prefix}-`) && /^[a-z]+-\w+$/.test(value)

function madeVpc(region: Region, id: string): string[] {
  if (region.vpcs[id]) return []
  region.vpcs[id] = newVpc(region, id, `10.${Object.keys(region.vpcs).length}.0.0/16`)
  return [`vpc ${id}`]
}

function madeSubnet(region: Region, vpc: string, subnet: NonNullable<ProvisionedVpc['subnets']>[number]): string[] {
  const { id, availabilityZone } = subnet
  if (region.subnets[id]) return []
  const index = Object.values(region.subnets).filter(({ VpcId }) => VpcId === vpc).length
  const zones = availabilityZonesOf(region.name)
  const [first = '', second = ''] = region.vpcs[vpc]!.CidrBlock.split('.')
  const block = `${first}.${second}.${(index * 16) % 256}.0/20`
  region.subnets[id] = newSubnet(region, id, vpc, availabilityZone ?? zones[index % zones.length]!, block)
  return [`subnet ${id}`]
}

function madeSecurityGroup(region: Region, vpc: string, id: string): string[] {
  if (region.securityGroups[id]) return []
  region.securityGroups[id] = newSecurityGroup(region, id, vpc)
  return [`security group ${id}`]
}
