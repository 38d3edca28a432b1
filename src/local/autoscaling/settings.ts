// What Auto Scaling refuses in the settings of a group, where they stand in an input.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
import type {
  CreateAutoScalingGroupType,
  InstanceMaintenancePolicy,
  InstancesDistribution,
  LifecycleHookSpecification,
  MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling'
import { AwsFault } from '../world/fault.ts'
import type { Loosely, Wire } from '../world/wire.ts'

/** What of the two inputs is looked at here; only CreateAutoScalingGroup has all of it. */
type Settings = Pick<Wire<CreateAutoScalingGroupType>, 'AutoScalingGroupName'> &
  Loosely<Wire<CreateAutoScalingGroupType>>

/** Refuses settings of CreateAutoScalingGroup and UpdateAutoScalingGroup that cannot be, or not together. */
export function checkSettings(input: Settings): void {
  for (const rule of rules) {
    const problem = rule(input)
    if (problem !== undefined) throw new AwsFault('ValidationError', problem)
  }
}

const isWithin = (value: number | undefined, least: number, most: number): boolean =>
  value === undefined || (value >= least && value <= most)

const rules: readonly ((input: Settings) => string | undefined)[] = [
  ({ AutoScalingGroupName: name }) =>
    name.includes(':') ? `The group name ${name} is not valid: it cannot contain a colon.` : undefined,
  ({ HealthCheckType: type }) => type && healthCheckProblem(type.split(',')),
  ({ HealthCheckGracePeriod: seconds }) =>
    isWithin(seconds, 0, Infinity) ? undefined : 'Grace period must be a positive integer.',
  ({ DefaultInstanceWarmup: seconds }) =>
    isWithin(seconds, -1, Infinity) ? undefined : 'DefaultInstanceWarmup must be -1 or a number of seconds.',
  ({ MaxInstanceLifetime: seconds }) =>
    seconds === undefined || seconds === 0 || isWithin(seconds, 86_400, 31_536_000)
      ? undefined
      : `The MaxInstanceLifetime ${seconds} must be 0 or between 86400 and 31536000 seconds.`,
  ({ AvailabilityZones: zones, AvailabilityZoneIds: ids }) =>
    zones?.length && ids?.length ? 'AvailabilityZones and AvailabilityZoneIds cannot both be specified.' : undefined,
  ({ DesiredCapacityType: type }) =>
    [undefined, 'units', 'vcpu', 'memory-mib'].includes(type)
      ? undefined
      : `The desired capacity type ${type} is not valid: it is units, vcpu or memory-mib.`,
  ({ DesiredCapacityType: type, MixedInstancesPolicy: policy }) =>
    type !== undefined && type !== 'units' && !requirementsOf(policy)
      ? 'DesiredCapacityType is supported for attribute-based instance type selection only.'
      : undefined,
  ({ PlacementGroup, AvailabilityZones = [], VPCZoneIdentifier = '' }) =>
    PlacementGroup && (AvailabilityZones.length > 1 || VPCZoneIdentifier.split(',').length > 1)
      ? 'A cluster placement group cannot span several Availability Zones.'
      : undefined,
  ({ InstanceMaintenancePolicy: policy }) => policy && maintenanceProblem(policy),
  ({ MixedInstancesPolicy: { InstancesDistribution } = {} }) =>
    InstancesDistribution && distributionProblem(InstancesDistribution),
  ({ MixedInstancesPolicy: policy }) =>
    (policy?.LaunchTemplate?.Overrides ?? []).length > 40
      ? 'A mixed instances policy can have up to 40 overrides.'
      : undefined,
  ({ LifecycleHookSpecificationList: hooks = [] }) => hooksProblem(hooks),
  ({ TargetGroupARNs: arns = [] }) => {
    const strange = arns.find((arn) => !/^arn:aws[\w-]*:elasticloadbalancing:.+:targetgroup\/.+$/.test(arn))
    return strange && `Provided Target Groups may not be valid: ${strange}`
  },
  ({ Tags = [] }) => tagsProblem(Tags.map(({ Key }) => Key)),
]

const requirementsOf = (policy: Wire<MixedInstancesPolicy> | undefined): boolean =>
  (policy?.LaunchTemplate?.Overrides ?? []).some((override) => override.InstanceRequirements)

function healthCheckProblem(types: readonly string[]): string | undefined {
  const strange = types.find((type) => !['EC2', 'EBS', 'ELB', 'VPC_LATTICE'].includes(type))
  if (strange !== undefined) return `Invalid HealthCheckType ${strange}: it is EC2, EBS, ELB or VPC_LATTICE.`
  return types.length > 1 && types.includes('EC2')
    ? 'Specifying EC2 in addition to other health check types is not supported'
    : undefined
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMaintenancePolicy.html */
function maintenanceProblem(policy: Wire<InstanceMaintenancePolicy>): string | undefined {
  const { MinHealthyPercentage: least, MaxHealthyPercentage: most } = policy
  if (least === undefined || most === undefined) {
    return least === most ? undefined : 'MinHealthyPercentage and MaxHealthyPercentage must be specified together.'
  }
  if (least === -1 && most === -1) return undefined
  if (least < 0 || most < 100) return 'MinHealthyPercentage is from 0 to 100 and MaxHealthyPercentage from 100 to 200.'
  return most - least > 100
    ? 'The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100.'
    : undefined
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html */
function distributionProblem(distribution: Wire<InstancesDistribution>): string | undefined {
  const { OnDemandAllocationStrategy: onDemand, SpotAllocationStrategy: spot, SpotInstancePools: pools } = distribution
  const { OnDemandBaseCapacity: base, OnDemandPercentageAboveBaseCapacity: percentage } = distribution
  if (![undefined, 'prioritized', 'lowest-price'].includes(onDemand)) {
    return `Invalid on-demand allocation strategy ${onDemand}: it is lowest-price or prioritized.`
  }
  if (![undefined, ...spotStrategies].includes(spot)) {
    return `Invalid spot allocation strategy ${spot}: it is one of ${spotStrategies.join(', ')}.`
  }
  if (!isWithin(base, 0, Infinity)) return 'OnDemandBaseCapacity must be 0 or more.'
  if (!isWithin(percentage, 0, 100)) return 'OnDemandPercentageAboveBaseCapacity must be between 0 and 100.'
  return isWithin(pools, 1, 20) ? undefined : 'SpotInstancePools must be between 1 and 20.'
}

const spotStrategies = [
  'lowest-price',
  'capacity-optimized',
  'capacity-optimized-prioritized',
  'price-capacity-optimized',
]

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHookSpecification.html */
function hooksProblem(hooks: readonly Wire<LifecycleHookSpecification>[]): string | undefined {
  if (hooks.length > 50) return 'A group can have up to 50 lifecycle hooks.'
  for (const { LifecycleTransition: transition, HeartbeatTimeout: seconds, DefaultResult: result } of hooks) {
    if (!/^autoscaling:EC2_INSTANCE_(LAUNCHING|TERMINATING)$/.test(transition)) {
      return `Invalid lifecycle transition ${transition}.`
    }
    if (!isWithin(seconds, 30, 7200)) return 'HeartbeatTimeout must be between 30 and 7200 seconds.'
    if (![undefined, 'CONTINUE', 'ABANDON'].includes(result)) return `Invalid default result ${result}.`
  }
  return undefined
}

function tagsProblem(keys: readonly string[]): string | undefined {
  if (new Set(keys).size < keys.length) return 'Duplicate tag keys found. Please note that tag keys must be unique.'
  return keys.some((key) => /^aws:/i.test(key))
    ? 'aws: prefixed tag key names are not allowed for external use.'
    : undefined
}
