// The networks of a region: the default one, and new VPCs, subnets and security groups.
import { availabilityZoneId, availabilityZonesOf } from './availabilityZones.ts'
import type { Ec2SecurityGroup, Ec2Subnet, Ec2Vpc, Network } from './records.ts'

/** Where something is: the region's name and the account. */
interface Place {
  readonly name: string
  readonly account: string
}

const id = '0123456789abcdef'

/**
 * What every account finds in a region: the default VPC, a subnet of it in each zone, and its default security group.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export function defaultNetwork(place: Place): Network {
  const vpc = { ...newVpc(place, `vpc-${id}0`, '172.31.0.0/16'), IsDefault: true }
  const subnets = availabilityZonesOf(place.name).map((availabilityZone, index) => ({
    ...newSubnet(place, `subnet-${id}${index}`, vpc.VpcId, availabilityZone, `172.31.${index * 16}.0/20`),
    DefaultForAz: true,
    MapPublicIpOnLaunch: true,
  }))
  const securityGroup = {
    ...newSecurityGroup(place, `sg-${id}0`, vpc.VpcId),
    GroupName: 'default',
    Description: 'default VPC security group',
  }
  return {
    vpcs: byId([[vpc.VpcId, vpc]]),
    subnets: byId(subnets.map((subnet) => [subnet.SubnetId, subnet])),
    securityGroups: byId([[securityGroup.GroupId, securityGroup]]),
  }
}

/** A VPC that is no default one. */
export function newVpc({ account }: Place, VpcId: string, CidrBlock: string): Ec2Vpc {
  const association = { AssociationId: VpcId.replace('vpc-', 'vpc-cidr-assoc-'), CidrBlock }
  return {
    VpcId,
    State: 'available',
    CidrBlock,
    CidrBlockAssociationSet: [{ ...association, CidrBlockState: { State: 'associated' } }],
    DhcpOptionsId: `dopt-${id}0`,
    InstanceTenancy: 'default',
    IsDefault: false,
    OwnerId: account,
  }
}

/** A private subnet of /20, of whose 4,096 addresses AWS keeps five. */
export function newSubnet(
  place: Place,
  SubnetId: string,
  VpcId: string,
  AvailabilityZone: string,
  CidrBlock: string,
): Ec2Subnet {
  return {
    SubnetId,
    SubnetArn: `arn:aws:ec2:${place.name}:${place.account}:subnet/${SubnetId}`,
    VpcId,
    AvailabilityZone,
    AvailabilityZoneId: availabilityZoneId(AvailabilityZone),
    CidrBlock,
    AvailableIpAddressCount: 4091,
    State: 'available',
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    OwnerId: place.account,
  }
}

/** A security group that lets its own members in and everything out, as a VPC's default one does. */
export function newSecurityGroup(place: Place, GroupId: string, VpcId: string): Ec2SecurityGroup {
  const everything = { IpProtocol: '-1', IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }
  return {
    GroupId,
    GroupName: GroupId,
    SecurityGroupArn: `arn:aws:ec2:${place.name}:${place.account}:security-group/${GroupId}`,
    Description: GroupId,
    VpcId,
    IpPermissions: [{ ...everything, UserIdGroupPairs: [{ GroupId, UserId: place.account }] }],
    IpPermissionsEgress: [{ ...everything, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    OwnerId: place.account,
  }
}

/** Without a prototype, as all records of a region. */
const byId = <Item>(entries: [string, Item][]): Record<string, Item> =>
  Object.assign(Object.create(null), Object.fromEntries(entries))
