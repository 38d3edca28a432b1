// Scaling out: the instances that a group launches, their subnets, and the next try after a launch that failed.
import type { _InstanceType } from '@aws-sdk/client-ec2'
import { beginActivity, recordFailure, secondOf } from './activity.ts'
import { addInstance } from './group.ts'
import { launchOptions } from './launch.ts'
import type { LaunchOption } from './launch.ts'
import { availabilityZonesOf } from '../ec2/availabilityZones.ts'
import { isGoing, launchInstance } from '../ec2/instance.ts'
import { putTagsOfAws } from '../ec2/resource.ts'
import { AwsFault } from '../world/fault.ts'
import { isInstanceType } from '../ec2/instanceType.ts'
import { machineImageBehaviour } from '../ec2/machineImage.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type {
  AutoScalingGroup,
  AutoScalingGroupRecord,
  AutoScalingInstance,
  Ec2Subnet,
  Region,
} from '../world/world.ts'

/** Between a launch that failed and the next try. */
const tryingAgain = 60_000

/** Accounts have quotas in vCPUs, this one in instances: a mistyped desired capacity ends somewhere. */
const mostInstances = 1000

/** Launches instances until a group has its desired capacity; a launch that fails is tried again in a minute. */
export function launchFor(
  context: Context,
  record: AutoScalingGroupRecord,
  active: readonly AutoScalingInstance[],
  capacity: number,
): void {
  const { group } = record
  const change = `increasing the capacity from ${capacity} to ${group.DesiredCapacity}.`
  const Cause = [
    record.because,
    `At ${secondOf(context.now)} an instance was started in response to a difference between desired and actual capacity, ${change}`,
  ]
    .filter(Boolean)
    .join(' ')
  const present = [...active]
  for (let left = group.DesiredCapacity - capacity; left > 0;) {
    const subnet = subnetFor(context.region, group, present)
    try {
      const instance = launched(context, record, subnet)
      present.push(instance)
      const Description = `Launching a new EC2 instance: ${instance.InstanceId}`
      beginActivity(context, record, { Description, Cause, instance: { ...instance, SubnetId: subnet.SubnetId } })
      left -= Number(instance.WeightedCapacity ?? 1)
      delete record.retryAt
    } catch (fault) {
      if (!(fault instanceof AwsFault)) throw fault
      const StatusMessage = `${fault.message} Launching EC2 instance failed.`
      const Description = `Launching a new EC2 instance.  Status Reason: ${StatusMessage}`
      recordFailure(context, record, { Description, Cause, StatusCode: 'Failed', StatusMessage, place: subnet })
      record.retryAt = context.now + tryingAgain
      return
    }
  }
}

/** A subnet in the zone that has the fewest instances of the group. */
function subnetFor(region: Region, group: AutoScalingGroup, present: readonly AutoScalingInstance[]): Ec2Subnet {
  const count = (zone: string): number => present.filter(({ AvailabilityZone }) => AvailabilityZone === zone).length
  const zone = group.AvailabilityZones.toSorted((a, b) => count(a) - count(b) || (a < b ? -1 : 1))[0] ?? ''
  const ids = (group.VPCZoneIdentifier || '').split(',').map((id) => id.trim())
  const given = ids.flatMap((id) => own(region.subnets, id) ?? [])
  const usual = Object.values(region.subnets).filter(({ DefaultForAz }) => DefaultForAz)
  return (given.length > 0 ? given : usual).find(({ AvailabilityZone }) => AvailabilityZone === zone) ?? usual[0]!
}

/** An instance of the first option that EC2 has room for, as the group shows it. */
function launched(context: Context, record: AutoScalingGroupRecord, subnet: Ec2Subnet): AutoScalingInstance {
  const { region } = context
  const { group } = record
  const option = optionWithRoom(region, group, subnet)
  checkLimit(region)
  const { imageId, instanceType, securityGroupIds, userData, keyName, iamInstanceProfile } = option
  const { instance } = launchInstance(context, {
    imageId,
    instanceType,
    subnet,
    securityGroupIds: securityGroupIds ?? defaultGroups(region, subnet.VpcId),
    userData,
    keyName,
    iamInstanceProfile,
    autoScalingGroup: group.AutoScalingGroupName,
  })
  const propagated = group.Tags.filter(({ PropagateAtLaunch }) => PropagateAtLaunch)
  const groupName = { Key: 'aws:autoscaling:groupName', Value: group.AutoScalingGroupName }
  putTagsOfAws(region, instance.InstanceId, [...option.tags, ...propagated, groupName])
  return addInstance(group, instance, option.shown)
}

function checkLimit(region: Region): void {
  const count = Object.values(region.instances).filter((record) => !isGoing(record)).length
  if (count < mostInstances) return
  throw new AwsFault(
    'InstanceLimitExceeded',
    `You have requested more instances (${count + 1}) than your current instance limit of ${mostInstances} allows for ` +
      'the specified instance type. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment ' +
      'to this limit.',
  )
}

/** An option of a type that EC2 has. */
type LaunchableOption = LaunchOption & { readonly instanceType: _InstanceType }

const isLaunchable = (option: LaunchOption): option is LaunchableOption => isInstanceType(option.instanceType)

function optionWithRoom(region: Region, group: AutoScalingGroup, { AvailabilityZone }: Ec2Subnet): LaunchableOption {
  const options = launchOptions(region, group)
  const strange = options.find((option) => !isLaunchable(option))
  if (strange) {
    throw new AwsFault('InvalidParameterValue', `Invalid value '${strange.instanceType}' for InstanceType.`)
  }
  const found = options.filter(isLaunchable).find(({ imageId }) => !machineImageBehaviour(imageId).noCapacity)
  if (found) return found
  const type = options[0]?.instanceType
  const others = availabilityZonesOf(region.name).filter((zone) => zone !== AvailabilityZone)
  throw new AwsFault(
    'InsufficientInstanceCapacity',
    `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${AvailabilityZone}). ` +
      'Our system will be working on provisioning additional capacity. You can currently get ' +
      `${type} capacity by not specifying an Availability Zone in your request or choosing ${others.join(', ')}.`,
  )
}

const defaultGroups = (region: Region, vpc: string): string[] =>
  Object.values(region.securityGroups)
    .filter(({ VpcId, GroupName }) => VpcId === vpc && GroupName === 'default')
    .map(({ GroupId }) => GroupId)
