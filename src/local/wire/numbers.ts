// The numbers in AWS's models, which those of the SDK say nothing of: which are not whole, which are longer than 32 bits, and
// the bounds of each. What a service checks by itself, in words of its own, is not here.

/** By service, then `Structure.member`. Read from botocore's models; where they are silent, from the API references. */
type Numbers<Fact> = Readonly<Record<string, Readonly<Record<string, Fact>>>>

const ofInstanceRequirements = {
  'MemoryGiBPerVCpuRequest.Min': 'double',
  'MemoryGiBPerVCpuRequest.Max': 'double',
  'TotalLocalStorageGBRequest.Min': 'double',
  'TotalLocalStorageGBRequest.Max': 'double',
  'NetworkBandwidthGbpsRequest.Min': 'double',
  'NetworkBandwidthGbpsRequest.Max': 'double',
} as const

/** Every other number is an integer of 32 bits. */
export const numberKinds: Numbers<'double' | 'long'> = {
  ecs: {
    'LinearConfiguration.stepPercent': 'double',
    'CanaryConfiguration.canaryPercent': 'double',
    'Resource.doubleValue': 'double',
    'Resource.longValue': 'long',
  },
  logs: {
    'FilterLogEventsRequest.startTime': 'long',
    'FilterLogEventsRequest.endTime': 'long',
    'GetLogEventsRequest.startTime': 'long',
    'GetLogEventsRequest.endTime': 'long',
    'InputLogEvent.timestamp': 'long',
  },
  elbv2: {
    'AuthenticateOidcActionConfig.SessionTimeout': 'long',
    'AuthenticateCognitoActionConfig.SessionTimeout': 'long',
  },
  route53: { 'ResourceRecordSet.Weight': 'long', 'ResourceRecordSet.TTL': 'long' },
  servicediscovery: { 'SOA.TTL': 'long', 'DnsRecord.TTL': 'long' },
  applicationautoscaling: {
    'TargetTrackingScalingPolicyConfiguration.TargetValue': 'double',
    'StepAdjustment.MetricIntervalLowerBound': 'double',
    'StepAdjustment.MetricIntervalUpperBound': 'double',
  },
  secretsmanager: { 'DeleteSecretRequest.RecoveryWindowInDays': 'long' },
  ec2: ofInstanceRequirements,
  autoscaling: ofInstanceRequirements,
}

const largest = 2_147_483_647
const atLeastZero = [0, largest] as const
const port = [0, 65_535] as const

/** "Amazon ECS service quotas": tasks per service. */
const mostTasks = 5000

export const numberBounds: Numbers<readonly [least: number, most: number]> = {
  ecs: {
    'CapacityProviderStrategyItem.weight': [0, 1000],
    'CapacityProviderStrategyItem.base': [0, 100_000],
    'LoadBalancer.containerPort': port,
    'ServiceRegistry.port': port,
    'ServiceRegistry.containerPort': port,
    'ServiceConnectClientAlias.port': port,
    'ServiceConnectService.ingressPortOverride': port,
    'TimeoutConfiguration.idleTimeoutSeconds': atLeastZero,
    'TimeoutConfiguration.perRequestTimeoutSeconds': atLeastZero,
    'CreateServiceRequest.desiredCount': [0, mostTasks],
    'CreateServiceRequest.healthCheckGracePeriodSeconds': atLeastZero,
    'UpdateServiceRequest.desiredCount': [0, mostTasks],
    'UpdateServiceRequest.healthCheckGracePeriodSeconds': atLeastZero,
    'DeploymentConfiguration.maximumPercent': atLeastZero,
    'DeploymentConfiguration.minimumHealthyPercent': [0, 100],
    'ContainerDefinition.cpu': atLeastZero,
    'ContainerDefinition.memory': atLeastZero,
    'ContainerDefinition.memoryReservation': atLeastZero,
    'ContainerDefinition.startTimeout': atLeastZero,
    'ContainerDefinition.stopTimeout': atLeastZero,
    'ContainerOverride.cpu': atLeastZero,
    'ContainerOverride.memory': atLeastZero,
    'ContainerOverride.memoryReservation': atLeastZero,
    'ContainerRestartPolicy.restartAttemptPeriod': [60, 1800],
    'PortMapping.containerPort': port,
    'PortMapping.hostPort': port,
    'HealthCheck.interval': [5, 300],
    'HealthCheck.timeout': [2, 60],
    'HealthCheck.retries': [1, 10],
    'HealthCheck.startPeriod': [0, 300],
    'LinuxParameters.sharedMemorySize': atLeastZero,
    'LinuxParameters.maxSwap': atLeastZero,
    'LinuxParameters.swappiness': [0, 100],
    'Tmpfs.size': atLeastZero,
    'EphemeralStorage.sizeInGiB': atLeastZero,
    'EFSVolumeConfiguration.transitEncryptionPort': port,
    'Resource.integerValue': atLeastZero,
    'MetricConfiguration.resolutionSeconds': [20, 60],
  },
  events: {
    'CapacityProviderStrategyItem.weight': [0, 1000],
    'CapacityProviderStrategyItem.base': [0, 100_000],
    'RetryPolicy.MaximumRetryAttempts': [0, 185],
    'RetryPolicy.MaximumEventAgeInSeconds': [60, 86_400],
  },
  logs: {
    'FilterLogEventsRequest.startTime': [0, Number.MAX_SAFE_INTEGER],
    'FilterLogEventsRequest.endTime': [0, Number.MAX_SAFE_INTEGER],
    'GetLogEventsRequest.startTime': [0, Number.MAX_SAFE_INTEGER],
    'GetLogEventsRequest.endTime': [0, Number.MAX_SAFE_INTEGER],
    'InputLogEvent.timestamp': [0, Number.MAX_SAFE_INTEGER],
  },
  elbv2: {
    'TargetDescription.Port': [1, 65_535],
    'Action.Order': [1, 50_000],
    'TargetGroupTuple.Weight': [0, 999],
    'TargetGroupStickinessConfig.DurationSeconds': [1, 604_800],
  },
  applicationautoscaling: {
    'RegisterScalableTargetRequest.MinCapacity': atLeastZero,
    'RegisterScalableTargetRequest.MaxCapacity': atLeastZero,
  },
  scheduler: {
    'FlexibleTimeWindow.MaximumWindowInMinutes': [1, 1440],
    'CapacityProviderStrategyItem.weight': [0, 1000],
    'CapacityProviderStrategyItem.base': [0, 100_000],
  },
  iam: { 'CreateRoleRequest.MaxSessionDuration': [3600, 43_200] },
  sts: { 'AssumeRoleRequest.DurationSeconds': [900, 43_200] },
  route53: { 'GeoProximityLocation.Bias': [-99, 99] },
  servicediscovery: {
    'SOA.TTL': atLeastZero,
    'DnsRecord.TTL': atLeastZero,
    'HealthCheckConfig.FailureThreshold': [1, 10],
    'HealthCheckCustomConfig.FailureThreshold': [1, 10],
  },
  autoscaling: {
    'Ebs.VolumeSize': [1, 16_384],
    'Ebs.Iops': [100, 20_000],
    'Ebs.Throughput': [125, 1000],
    'InstanceMetadataOptions.HttpPutResponseHopLimit': [1, 64],
    'InstanceMaintenancePolicy.MinHealthyPercentage': [-1, 100],
    'InstanceMaintenancePolicy.MaxHealthyPercentage': [-1, 200],
    'CreateAutoScalingGroupType.DefaultCooldown': atLeastZero,
    'CreateAutoScalingGroupType.HealthCheckGracePeriod': atLeastZero,
    'UpdateAutoScalingGroupType.DefaultCooldown': atLeastZero,
    'UpdateAutoScalingGroupType.HealthCheckGracePeriod': atLeastZero,
  },
}

/** Why a number cannot be one of its kind: `an integer`; undefined where it can. */
export function notOfKind(value: number, kind: 'double' | 'long' | undefined): string | undefined {
  if (kind === 'double') return Number.isFinite(value) ? undefined : 'a double'
  if (kind === 'long') return Number.isInteger(value) && Math.abs(value) <= 2 ** 63 ? undefined : 'a long'
  return Number.isInteger(value) && value >= -largest - 1 && value <= largest ? undefined : 'an integer'
}
