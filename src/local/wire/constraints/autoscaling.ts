// What Auto Scaling's model says of texts and lists.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Types.html
import { type Constraints, items, oneOf, upTo } from './constraint.ts'

const name = upTo(255, 1)

export const autoscaling: Constraints = {
  'CreateAutoScalingGroupType.AutoScalingGroupName': name,
  'CreateAutoScalingGroupType.DeletionProtection': oneOf('none', 'prevent-force-deletion', 'prevent-all-deletion'),
  'CreateAutoScalingGroupType.HealthCheckType': upTo(32, 1),
  'CreateAutoScalingGroupType.InstanceId': upTo(19, 1),
  'CreateAutoScalingGroupType.LaunchConfigurationName': name,
  'CreateAutoScalingGroupType.PlacementGroup': name,
  'CreateAutoScalingGroupType.ServiceLinkedRoleARN': upTo(1600, 1),
  'CreateAutoScalingGroupType.VPCZoneIdentifier': upTo(5000, 1),
  'AvailabilityZoneDistribution.CapacityDistributionStrategy': oneOf(
    'balanced-only',
    'balanced-best-effort',
    'reservations-then-balanced',
  ),
  'AvailabilityZoneImpairmentPolicy.ImpairedZoneHealthCheckBehavior': oneOf('ReplaceUnhealthy', 'IgnoreUnhealthy'),
  'CapacityReservationSpecification.CapacityReservationPreference': oneOf(
    'capacity-reservations-only',
    'capacity-reservations-first',
    'none',
    'default',
  ),
  'InstancesDistribution.SpotMaxPrice': upTo(255),
  'LaunchTemplateOverrides.ImageId': { pattern: /^ami-[a-z0-9]{1,17}$/ },
  'LaunchTemplateOverrides.InstanceType': name,
  'LaunchTemplateOverrides.WeightedCapacity': upTo(32, 1),
  'LaunchTemplateSpecification.LaunchTemplateId': name,
  'LaunchTemplateSpecification.LaunchTemplateName': { length: [3, 128], pattern: /^[a-zA-Z0-9().\-/_]+$/ },
  'LaunchTemplateSpecification.Version': name,
  'LifecycleHookSpecification.LifecycleHookName': { length: [1, 255], pattern: /^[A-Za-z0-9\-_/]+$/ },
  'LifecycleHookSpecification.NotificationMetadata': upTo(4000, 1),
  'LifecycleHookSpecification.NotificationTargetARN': upTo(255),
  'LifecycleHookSpecification.RoleARN': upTo(255, 1),
  'Operator.Principal': upTo(128, 1),
  'RetentionTriggers.TerminateHookAbandon': oneOf('retain', 'terminate'),
  'Tag.Key': upTo(128, 1),
  'Tag.Value': upTo(256),
  'TrafficSourceIdentifier.Identifier': upTo(511, 1),
  'TrafficSourceIdentifier.Type': upTo(511, 1),
  'CreateAutoScalingGroupType.Tags': items(50),
}
