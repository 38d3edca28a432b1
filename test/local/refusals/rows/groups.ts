// What CreateAutoScalingGroup refuses.
import { type Row, rowsOf } from '../row.ts'
import { api, measured } from './sources.ts'

const group = rowsOf('autoscaling CreateAutoScalingGroup', 'ValidationError')
const mixed = { base: 'a group of mixed instances' }
const distribution = 'MixedInstancesPolicy.InstancesDistribution'
const overrides = 'MixedInstancesPolicy.LaunchTemplate.Overrides'
const many = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index))
const hook = (more: object) => [
  { LifecycleHookName: 'h', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', ...more },
]

export const createAutoScalingGroupRows: readonly Row[] = [
  group({ AutoScalingGroupName: 'shop' }, /already exists/, api, { code: 'AlreadyExists' }),
  group({ AutoScalingGroupName: 'a:b' }, /cannot contain a colon/, api),
  group({ AutoScalingGroupName: 'x'.repeat(256) }, /length less than or equal to 255/, api),
  group(
    { LaunchTemplate: undefined },
    /^Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy/,
    api,
  ),
  group({ LaunchConfigurationName: 'lc' }, /^Valid requests must contain either/, api),
  group(
    { 'LaunchTemplate.LaunchTemplateId': 'lt-1' },
    'Valid requests must contain either launchTemplateId or LaunchTemplateName',
    api,
  ),
  group({ 'LaunchTemplate.LaunchTemplateName': 'ab' }, /length greater than or equal to 3/, api),
  group({ 'LaunchTemplate.Version': 'x'.repeat(256) }, /length less than or equal to 255/, api),
  group({ MinSize: -1 }, /greater than or equal to 0/, api),
  group(
    { MinSize: 3 },
    /^Max bound, 2, must be greater than or equal to min bound, 3/,
    measured('pf-asg-desired-capacity-range'),
  ),
  group({ MaxSize: -1 }, /greater than or equal to 0/, api),
  group(
    { DesiredCapacity: 5 },
    'Desired capacity:5 must be between the specified min size:0 and max size:2',
    measured('pf-asg-desired-capacity-range'),
  ),
  group({ DefaultCooldown: -1 }, /greater than or equal to 0/, api),
  group({ AvailabilityZones: undefined }, 'At least one Availability Zone or VPC Subnet is required.', api),
  group({ AvailabilityZones: ['mars-1a'] }, /^Invalid availability zones/, api),
  group({ AvailabilityZoneIds: ['use1-az1'] }, /cannot both be specified/, api),
  group({ VPCZoneIdentifier: 'subnet-gone' }, /does not exist/, api),
  group({ VPCZoneIdentifier: 's'.repeat(5001) }, /length less than or equal to 5000/, api),
  group({ HealthCheckType: 'PING' }, /^Invalid HealthCheckType PING/, api),
  group(
    { HealthCheckType: 'EC2,ELB' },
    'Specifying EC2 in addition to other health check types is not supported',
    measured('pf-asg-healthchecktype-ec2-exclusive-with-others'),
  ),
  group({ HealthCheckGracePeriod: -1 }, /./, measured('pf-asg-health-check-grace-period')),
  group(
    { PlacementGroup: 'p', AvailabilityZones: ['us-east-1a', 'us-east-1b'] },
    /^A cluster placement group cannot span/,
    api,
  ),
  group({ TerminationPolicies: ['Loudest'] }, /termination policy Loudest/, api),
  group(
    { DeletionProtection: 'all' },
    /satisfy enum value set: \[none, prevent-force-deletion, prevent-all-deletion\]/,
    api,
  ),
  group({ MaxInstanceLifetime: 3600 }, /must be 0 or between 86400 and 31536000/, api),
  group({ DesiredCapacityType: 'gpus' }, /^The desired capacity type gpus/, api),
  group({ DesiredCapacityType: 'vcpu' }, /attribute-based instance type selection only/, api),
  group({ DefaultInstanceWarmup: -2 }, /^DefaultInstanceWarmup must be/, api),
  group({ TargetGroupARNs: ['web'] }, /^Provided Target Groups may not be valid/, api),
  group({ InstanceMaintenancePolicy: { MinHealthyPercentage: 90 } }, /must be specified together/, api),
  group(
    { InstanceMaintenancePolicy: { MinHealthyPercentage: 0, MaxHealthyPercentage: 150 } },
    /cannot be greater than 100/,
    api,
  ),
  group({ 'AvailabilityZoneDistribution.CapacityDistributionStrategy': 'random' }, /satisfy enum value set/, api),
  group({ 'AvailabilityZoneImpairmentPolicy.ImpairedZoneHealthCheckBehavior': 'Panic' }, /satisfy enum value set/, api),
  group({ 'CapacityReservationSpecification.CapacityReservationPreference': 'some' }, /satisfy enum value set/, api),
  group({ 'InstanceLifecyclePolicy.RetentionTriggers.TerminateHookAbandon': 'keep' }, /satisfy enum value set/, api),
  group({ ServiceLinkedRoleARN: '' }, /length greater than or equal to 1/, api),
  group({ 'Operator.Principal': '' }, /length greater than or equal to 1/, api),
  group({ TrafficSources: [{ Identifier: '' }] }, /length greater than or equal to 1/, api),
  group({ TrafficSources: [{ Identifier: 'a', Type: '' }] }, /length greater than or equal to 1/, api),
  group({ InstanceId: 'i'.repeat(20) }, /length less than or equal to 19/, api),
  group(
    { Tags: many(51, (index) => ({ Key: `k${index}` })) },
    /length less than or equal to 50/,
    measured('pf-asg-tags-max-50'),
  ),
  group({ Tags: [{ Key: 'a' }, { Key: 'a' }] }, /^Duplicate tag keys/, api),
  group(
    { Tags: [{ Key: 'aws:x' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  group({ Tags: [{ Key: 'x', Value: 'x'.repeat(257) }] }, /length less than or equal to 256/, api),
  group(
    { LifecycleHookSpecificationList: hook({ LifecycleTransition: 'launch' }) },
    /^Invalid lifecycle transition/,
    api,
  ),
  group(
    { LifecycleHookSpecificationList: hook({ LifecycleHookName: 'no spaces' }) },
    /regular expression pattern/,
    api,
  ),
  group({ LifecycleHookSpecificationList: hook({ HeartbeatTimeout: 10 }) }, /between 30 and 7200 seconds/, api),
  group({ LifecycleHookSpecificationList: hook({ DefaultResult: 'MAYBE' }) }, /^Invalid default result/, api),
  group(
    { LifecycleHookSpecificationList: hook({ NotificationMetadata: '' }) },
    /length greater than or equal to 1/,
    api,
  ),
  group(
    { LifecycleHookSpecificationList: hook({ NotificationTargetARN: 'x'.repeat(256) }) },
    /length less than or equal to 255/,
    api,
  ),
  group({ LifecycleHookSpecificationList: hook({ RoleARN: '' }) }, /length greater than or equal to 1/, api),
  group(
    { [`${distribution}.OnDemandAllocationStrategy`]: 'cheap' },
    /^Invalid on-demand allocation strategy/,
    api,
    mixed,
  ),
  group({ [`${distribution}.SpotAllocationStrategy`]: 'cheap' }, /^Invalid spot allocation strategy/, api, mixed),
  group({ [`${distribution}.OnDemandBaseCapacity`]: -1 }, /must be 0 or more/, api, mixed),
  group({ [`${distribution}.OnDemandPercentageAboveBaseCapacity`]: 101 }, /between 0 and 100/, api, mixed),
  group({ [`${distribution}.SpotInstancePools`]: 21 }, /between 1 and 20/, api, mixed),
  group({ [`${distribution}.SpotMaxPrice`]: 'x'.repeat(256) }, /length less than or equal to 255/, api, mixed),
  group({ [overrides]: [{ InstanceType: 't3.small', WeightedCapacity: '0' }] }, /weighted capacity 0/, api, mixed),
  group({ [overrides]: [{ InstanceType: '' }] }, /length greater than or equal to 1/, api, mixed),
  group({ [overrides]: [{ ImageId: 'image' }] }, /regular expression pattern/, api, mixed),
  group({ [overrides]: many(41, () => ({ InstanceType: 't3.small' })) }, /up to 40 overrides/, api, mixed),
  group(
    { [overrides]: [{ LaunchTemplateSpecification: {} }] },
    'Valid requests must contain either launchTemplateId or LaunchTemplateName',
    api,
    mixed,
  ),
]
