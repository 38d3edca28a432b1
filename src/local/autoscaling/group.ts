// An Auto Scaling group: how it is made, changed, found and woken.
import type {
  CreateAutoScalingGroupType,
  LaunchTemplateSpecification,
  MixedInstancesPolicy,
  Tag,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling'
import { availabilityZoneId, availabilityZonesOf } from '../ec2/availabilityZones.ts'
import { checkLaunchSource, checkSizes, checkTerminationPolicies } from './rules.ts'
import { checkSettings } from './settings.ts'
import { launchOptions, specifiedTemplate } from './launch.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { present } from '../world/members.ts'
import type {
  AutoScalingGroup,
  AutoScalingGroupRecord,
  AutoScalingInstance,
  AutoScalingTag,
  Ec2Instance,
  Region,
} from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

/** From a change of what a group should be until it acts. */
const reacting = 2000

/** How an Auto Scaling group distributes its instances when nobody says how. */
const usualDistribution = {
  OnDemandAllocationStrategy: 'prioritized',
  OnDemandBaseCapacity: 0,
  OnDemandPercentageAboveBaseCapacity: 100,
  SpotAllocationStrategy: 'lowest-price',
}

/** A group of a CreateAutoScalingGroup input, as DescribeAutoScalingGroups shows it; throws ValidationError. */
export function newGroup({ region, ids, now }: Context, input: Wire<CreateAutoScalingGroupType>): AutoScalingGroup {
  const {
    AutoScalingGroupName,
    MinSize,
    Tags = [],
    LifecycleHookSpecificationList: _,
    SkipZonalShiftValidation: __,
    InstanceId: ___,
    ...given
  } = present(copyOf(input))
  const resource = `autoScalingGroup:${ids.uuid()}:autoScalingGroupName/${AutoScalingGroupName}`
  const group = {
    AutoScalingGroupName,
    AutoScalingGroupARN: `arn:aws:autoscaling:${region.name}:${region.account}:${resource}`,
    MinSize,
    DesiredCapacity: MinSize,
    DefaultCooldown: 300,
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: 0,
    LoadBalancerNames: [],
    TargetGroupARNs: [],
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
    ServiceLinkedRoleARN: `arn:aws:iam::${region.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    ...given,
    CreatedTime: now / 1000,
    Instances: [],
    SuspendedProcesses: [],
    EnabledMetrics: [],
    Tags: Tags.map((tag) => groupTag(AutoScalingGroupName, tag)),
  }
  checkLaunchSource(input)
  checkSettings(input)
  return settled(region, group)
}

/** What UpdateAutoScalingGroup makes of a group; throws ValidationError and changes nothing then. */
export function updatedGroup(
  { region }: Context,
  group: AutoScalingGroup,
  input: Wire<UpdateAutoScalingGroupType>,
): AutoScalingGroup {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = input
  const changesSource = LaunchConfigurationName ?? LaunchTemplate ?? MixedInstancesPolicy
  if (changesSource) checkLaunchSource(input)
  checkSettings(input)
  const { LaunchConfigurationName: _, LaunchTemplate: __, MixedInstancesPolicy: ___, ...rest } = group
  const { SkipZonalShiftValidation: ____, ...given } = present(copyOf(input))
  const merged: UnsettledGroup = { ...(changesSource ? rest : group), ...given }
  if (input.VPCZoneIdentifier !== undefined && input.AvailabilityZones === undefined) delete merged.AvailabilityZones
  if (input.DesiredCapacity === undefined) {
    merged.DesiredCapacity = Math.min(Math.max(merged.DesiredCapacity, merged.MinSize), merged.MaxSize)
  }
  return settled(region, merged)
}

/** A group whose zones are yet to follow from its subnets. */
type UnsettledGroup = Omit<AutoScalingGroup, 'AvailabilityZones'> & { AvailabilityZones?: string[] | undefined }

/** The group with all that follows from what was given, checked. */
function settled(region: Region, group: UnsettledGroup): AutoScalingGroup {
  checkSizes(group)
  checkTerminationPolicies(group.TerminationPolicies)
  const { LaunchTemplate, MixedInstancesPolicy: policy } = group
  const complete = {
    ...group,
    ...(LaunchTemplate && { LaunchTemplate: named(region, LaunchTemplate) }),
    ...(policy && { MixedInstancesPolicy: completePolicy(region, policy) }),
    AvailabilityZones: zonesOf(region, group),
  }
  launchOptions(region, complete)
  return complete
}

function completePolicy(
  region: Region,
  { LaunchTemplate, InstancesDistribution }: Wire<MixedInstancesPolicy>,
): Wire<MixedInstancesPolicy> {
  const { LaunchTemplateSpecification: base, Overrides = [] } = LaunchTemplate ?? {}
  const overrides = Overrides.map((override) => {
    const { LaunchTemplateSpecification: other } = override
    return other ? { ...override, LaunchTemplateSpecification: named(region, other) } : override
  })
  return {
    LaunchTemplate: { LaunchTemplateSpecification: base && named(region, base), Overrides: overrides },
    InstancesDistribution: { ...usualDistribution, ...InstancesDistribution },
  }
}

/** A launch template with both id and name. */
function named(region: Region, specification: Wire<LaunchTemplateSpecification>): Wire<LaunchTemplateSpecification> {
  const { LaunchTemplateId, LaunchTemplateName } = refuseAs(
    'ValidationError',
    () => specifiedTemplate(region, specification).launchTemplate,
  )
  return { ...specification, LaunchTemplateId, LaunchTemplateName }
}

function zonesOf(region: Region, { VPCZoneIdentifier, AvailabilityZones = [] }: UnsettledGroup): string[] {
  const subnetZones = (VPCZoneIdentifier || '')
    .split(',')
    .filter((id) => id !== '')
    .map((id) => {
      const subnet = own(region.subnets, id.trim())
      if (subnet) return subnet.AvailabilityZone
      throw new AwsFault('ValidationError', `The subnet ID '${id.trim()}' does not exist`)
    })
  const strange = AvailabilityZones.filter((zone) => !availabilityZonesOf(region.name).includes(zone))
  if (strange.length > 0) {
    throw new AwsFault('ValidationError', `Invalid availability zones: [${strange.join(', ')}]`)
  }
  const zones = [...new Set(subnetZones.length > 0 ? subnetZones : AvailabilityZones)].toSorted()
  if (zones.length > 0) return zones
  throw new AwsFault('ValidationError', 'At least one Availability Zone or VPC Subnet is required.')
}

/** The group of that name, even while it is being deleted. */
export function findAnyGroup(region: Region, name: string): AutoScalingGroupRecord {
  const found = own(region.autoScalingGroups, name)
  if (found) return found
  const message = `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`
  throw new AwsFault('ValidationError', message)
}

/** The group of that name, while it is not being deleted. */
export function findGroup(region: Region, name: string): AutoScalingGroupRecord {
  const found = findAnyGroup(region, name)
  if (!isBeingDeleted(found)) return found
  const message =
    'You already have a pending update to an Amazon EC2 Auto Scaling resource (for example, an Auto Scaling group, ' +
    'instance, or load balancer).'
  throw new AwsFault('ResourceContention', message, 500)
}

export const isBeingDeleted = ({ group }: AutoScalingGroupRecord): boolean => group.Status !== undefined

/** Whether a process of a group is suspended: `Launch`, `Terminate`, … */
export const isSuspended = ({ group }: AutoScalingGroupRecord, name: string): boolean =>
  group.SuspendedProcesses.some(({ ProcessName }) => ProcessName === name)

/** Puts an EC2 instance into a group; answers it as the group shows it, with what it shows of where it comes from. */
export function addInstance(
  group: AutoScalingGroup,
  { InstanceId, InstanceType, Placement }: Ec2Instance,
  source: Pick<AutoScalingInstance, 'LaunchConfigurationName' | 'LaunchTemplate' | 'WeightedCapacity'> = {},
): AutoScalingInstance {
  const shown: AutoScalingInstance = {
    InstanceId,
    InstanceType,
    AvailabilityZone: Placement.AvailabilityZone,
    AvailabilityZoneId: availabilityZoneId(Placement.AvailabilityZone),
    LifecycleState: 'Pending',
    HealthStatus: 'Healthy',
    ProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn,
    ...copyOf(source),
  }
  group.Instances.push(shown)
  return shown
}

/** Makes a group look at its instances in two seconds, or at once; `because` is what it will say that it acts upon. */
export function wakeGroup(
  { now }: Pick<Context, 'now'>,
  record: AutoScalingGroupRecord,
  { because, atOnce = false }: { because?: string; atOnce?: boolean } = {},
): void {
  if (because !== undefined) record.because = because
  const at = atOnce ? now : now + reacting
  record.nextAt = Math.min(record.nextAt ?? Infinity, at)
}

/** A tag of a group, as it is kept and shown. */
const groupTag = (group: string, { Key, Value = '', PropagateAtLaunch = false }: Wire<Tag>): AutoScalingTag => ({
  ResourceId: group,
  ResourceType: 'auto-scaling-group',
  Key,
  Value,
  PropagateAtLaunch,
})

/** The tags with those put on; a key that is there already gets the new value. */
export const withTag = (tags: readonly AutoScalingTag[], group: string, tag: Wire<Tag>): AutoScalingTag[] => [
  ...tags.filter(({ Key }) => Key !== tag.Key),
  groupTag(group, tag),
]
