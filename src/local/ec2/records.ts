// The records of EC2 in a region: its network, instances and launch templates.
import type { InstanceStateName, RequestLaunchTemplateData, _InstanceType } from '@aws-sdk/client-ec2'
import type { Wire } from '../world/wire.ts'

export interface Ec2Records extends Network {
  /** By id. Terminated instances stay for an hour. */
  readonly instances: Record<string, InstanceRecord>
  /** By id. */
  readonly launchTemplates: Record<string, LaunchTemplateRecord>
}

export interface InstanceRecord {
  readonly instance: Ec2Instance
  readonly reservationId: string
  /** In base64. */
  readonly userData?: string
  /** The Auto Scaling group that it is in. */
  autoScalingGroup?: string
  /** What is left to happen, in order; the scheduler takes the first when `nextAt` has come. */
  steps: InstanceStep[]
  /** Epoch milliseconds of the next thing that happens to it; absent: nothing more by itself. */
  nextAt?: number
}

/** An instance as DescribeInstances shows it, without tags. */
export interface Ec2Instance {
  readonly InstanceId: string
  readonly ImageId: string
  readonly InstanceType: _InstanceType
  State: { readonly Code: number; readonly Name: InstanceStateName }
  readonly StateTransitionReason: string
  StateReason?: { readonly Code: string; readonly Message: string }
  readonly LaunchTime: number
  readonly AmiLaunchIndex: number
  readonly KeyName?: string
  readonly IamInstanceProfile?: { readonly Arn: string; readonly Id: string }
  readonly Architecture: 'arm64' | 'x86_64'
  readonly Placement: { readonly AvailabilityZone: string; readonly GroupName: string; readonly Tenancy: 'default' }
  readonly Monitoring: { readonly State: 'disabled' }
  readonly SubnetId: string
  readonly VpcId: string
  readonly SecurityGroups: { readonly GroupId: string; readonly GroupName: string }[]
  readonly PrivateIpAddress: string
  readonly PrivateDnsName: string
  readonly RootDeviceName: string
  readonly RootDeviceType: 'ebs'
  readonly VirtualizationType: 'hvm'
}

/** One thing that happens to an instance, so many milliseconds after the thing before it. */
export interface InstanceStep {
  readonly after: number
  readonly do: 'running' | 'registered' | 'terminated' | 'forgotten'
}

export interface LaunchTemplateRecord {
  readonly launchTemplate: Ec2LaunchTemplate
  /** Oldest first. Numbers are never used again. */
  readonly versions: LaunchTemplateVersionRecord[]
  /** By client token: the input that came with it and the version that was made of it. */
  readonly tokens: Record<string, { input: string; version: number }>
}

/** A launch template as DescribeLaunchTemplates shows it, without tags. */
export interface Ec2LaunchTemplate {
  readonly LaunchTemplateId: string
  readonly LaunchTemplateName: string
  readonly CreateTime: number
  readonly CreatedBy: string
  DefaultVersionNumber: number
  LatestVersionNumber: number
}

/** A version as DescribeLaunchTemplateVersions shows it, but for whether it is the default one. */
export interface LaunchTemplateVersionRecord {
  readonly LaunchTemplateId: string
  readonly LaunchTemplateName: string
  readonly VersionNumber: number
  readonly VersionDescription?: string
  readonly CreateTime: number
  readonly CreatedBy: string
  readonly LaunchTemplateData: LaunchTemplateData
}

/** What instances are launched with, as it was given. */
export type LaunchTemplateData = Wire<RequestLaunchTemplateData>

/** The networks of a region by id, in the shapes of DescribeVpcs, DescribeSubnets and DescribeSecurityGroups, without tags. */
export interface Network {
  readonly vpcs: Record<string, Ec2Vpc>
  readonly subnets: Record<string, Ec2Subnet>
  readonly securityGroups: Record<string, Ec2SecurityGroup>
}

export interface Ec2Vpc {
  readonly VpcId: string
  readonly State: 'available'
  readonly CidrBlock: string
  readonly CidrBlockAssociationSet: {
    readonly AssociationId: string
    readonly CidrBlock: string
    readonly CidrBlockState: { readonly State: 'associated' }
  }[]
  readonly DhcpOptionsId: string
  readonly InstanceTenancy: 'default'
  readonly IsDefault: boolean
  readonly OwnerId: string
}

export interface Ec2Subnet {
  readonly SubnetId: string
  readonly SubnetArn: string
  readonly VpcId: string
  readonly AvailabilityZone: string
  readonly AvailabilityZoneId: string
  readonly CidrBlock: string
  readonly AvailableIpAddressCount: number
  readonly State: 'available'
  readonly DefaultForAz: boolean
  readonly MapPublicIpOnLaunch: boolean
  readonly AssignIpv6AddressOnCreation: boolean
  readonly Ipv6CidrBlockAssociationSet: never[]
  readonly OwnerId: string
}

export interface Ec2SecurityGroup {
  readonly GroupId: string
  readonly GroupName: string
  readonly SecurityGroupArn: string
  readonly Description: string
  readonly VpcId: string
  readonly IpPermissions: SecurityGroupPermission[]
  readonly IpPermissionsEgress: SecurityGroupPermission[]
  readonly OwnerId: string
}

export interface SecurityGroupPermission {
  readonly IpProtocol: string
  readonly IpRanges: { readonly CidrIp: string }[]
  readonly Ipv6Ranges: never[]
  readonly PrefixListIds: never[]
  readonly UserIdGroupPairs: { readonly GroupId: string; readonly UserId: string }[]
}
