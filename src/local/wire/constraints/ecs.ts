// What ECS's model and its API reference say of texts and lists. Numbers are in numbers.ts.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Types.html
import { type Constraints, items, oneOf, upTo } from './constraint.ts'

const launchType = oneOf('EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES')
const propagateTags = oneOf('TASK_DEFINITION', 'SERVICE', 'NONE')
const schedulingStrategy = oneOf('REPLICA', 'DAEMON')
const onOrOff = oneOf('ENABLED', 'DISABLED')
const filesystemType = oneOf('ext3', 'ext4', 'xfs', 'ntfs')
const volumeType = oneOf('gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard')
const tags = items(50)
const tagForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const capability = oneOf(
  ...(
    'ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID ' +
    'IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN ' +
    'NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT ' +
    'SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG ' +
    'WAKE_ALARM'
  ).split(' '),
)
/** "Amazon ECS service quotas": load balancers of a service, and providers of a strategy. */
const loadBalancers = items(5)
const strategy = items(20)

const taskDefinition: Constraints = {
  'RegisterTaskDefinitionRequest.networkMode': oneOf('awsvpc', 'bridge', 'host', 'none'),
  'RegisterTaskDefinitionRequest.requiresCompatibilities': launchType,
  'RegisterTaskDefinitionRequest.tags': tags,
  'RegisterTaskDefinitionRequest.pidMode': oneOf('host', 'task'),
  'RegisterTaskDefinitionRequest.ipcMode': oneOf('host', 'task', 'none'),
  'ContainerDefinition.versionConsistency': oneOf('enabled', 'disabled'),
  'ContainerDefinition.credentialSpecs': items(1),
  'ContainerDependency.condition': oneOf('START', 'COMPLETE', 'SUCCESS', 'HEALTHY'),
  'ContainerRestartPolicy.ignoredExitCodes': items(50),
  'Device.permissions': oneOf('read', 'write', 'mknod'),
  'DockerVolumeConfiguration.scope': oneOf('task', 'shared'),
  'EFSAuthorizationConfig.iam': onOrOff,
  'EFSVolumeConfiguration.transitEncryption': onOrOff,
  'EnvironmentFile.type': oneOf('s3'),
  'FirelensConfiguration.type': oneOf('fluentd', 'fluentbit'),
  'KernelCapabilities.add': capability,
  'KernelCapabilities.drop': capability,
  'LogConfiguration.logDriver': oneOf(
    'json-file',
    'syslog',
    'journald',
    'gelf',
    'fluentd',
    'awslogs',
    'splunk',
    'awsfirelens',
  ),
  'PortMapping.appProtocol': oneOf('http', 'http2', 'grpc'),
  'PortMapping.protocol': oneOf('tcp', 'udp'),
  'PortMapping.name': { length: [0, 64], pattern: /^(?!-)[a-z0-9_-]*$/ },
  'ProxyConfiguration.type': oneOf('APPMESH'),
  'ResourceRequirement.type': oneOf('GPU', 'InferenceAccelerator', 'NeuronDevice'),
  'RuntimePlatform.cpuArchitecture': oneOf('X86_64', 'ARM64'),
  'RuntimePlatform.operatingSystemFamily': oneOf(
    'WINDOWS_SERVER_2019_FULL',
    'WINDOWS_SERVER_2019_CORE',
    'WINDOWS_SERVER_2016_FULL',
    'WINDOWS_SERVER_2004_CORE',
    'WINDOWS_SERVER_2022_CORE',
    'WINDOWS_SERVER_2022_FULL',
    'WINDOWS_SERVER_2025_CORE',
    'WINDOWS_SERVER_2025_FULL',
    'WINDOWS_SERVER_20H2_CORE',
    'LINUX',
  ),
  'Ulimit.name': oneOf(
    'core',
    'cpu',
    'data',
    'fsize',
    'locks',
    'memlock',
    'msgqueue',
    'nice',
    'nofile',
    'nproc',
    'rss',
    'rtprio',
    'rttime',
    'sigpending',
    'stack',
  ),
}

const service: Constraints = {
  'CreateServiceRequest.availabilityZoneRebalancing': onOrOff,
  'CreateServiceRequest.capacityProviderStrategy': strategy,
  'CreateServiceRequest.gatewayConnectors': items(1),
  'CreateServiceRequest.launchType': launchType,
  'CreateServiceRequest.loadBalancers': loadBalancers,
  'CreateServiceRequest.propagateTags': propagateTags,
  'CreateServiceRequest.schedulingStrategy': schedulingStrategy,
  'CreateServiceRequest.serviceRegistries': items(1),
  'CreateServiceRequest.tags': tags,
  'UpdateServiceRequest.availabilityZoneRebalancing': onOrOff,
  'UpdateServiceRequest.capacityProviderStrategy': strategy,
  'UpdateServiceRequest.gatewayConnectors': items(1),
  'UpdateServiceRequest.loadBalancers': loadBalancers,
  'UpdateServiceRequest.propagateTags': propagateTags,
  'UpdateServiceRequest.serviceRegistries': items(1),
  'AwsVpcConfiguration.assignPublicIp': onOrOff,
  'AwsVpcConfiguration.securityGroups': items(5),
  'AwsVpcConfiguration.subnets': items(16, 1),
  'DeploymentController.type': oneOf('ECS', 'CODE_DEPLOY', 'EXTERNAL'),
  'EBSTagSpecification.propagateTags': propagateTags,
  'EBSTagSpecification.resourceType': oneOf('volume'),
  'EBSTagSpecification.tags': tags,
  'GatewayConnectorFilters.accessTypes': { ...items(2), ...oneOf('PUBLIC', 'PRIVATE') },
  'GatewayConnectorHealthCheck.healthCheckProtocol': oneOf('HTTP', 'HTTPS'),
  'MetricConfiguration.metricNames': { ...items(5, 1), ...upTo(255, 1) },
  'MonitoringConfiguration.metricConfigurations': items(5),
  'ServiceConnectAccessLogConfiguration.format': oneOf('TEXT', 'JSON'),
  'ServiceConnectAccessLogConfiguration.includeQueryParameters': onOrOff,
  'ServiceConnectConfiguration.containerConfigurations': items(10),
  'ServiceConnectContainerConfiguration.logLevel': oneOf('debug', 'info'),
  'ServiceManagedEBSVolumeConfiguration.filesystemType': filesystemType,
  'ServiceManagedEBSVolumeConfiguration.volumeType': volumeType,
}

const others: Constraints = {
  'ClusterSetting.name': oneOf('containerInsights'),
  'ClusterSetting.value': oneOf('enabled', 'disabled', 'enhanced'),
  'CreateClusterRequest.capacityProviders': items(20),
  'CreateClusterRequest.defaultCapacityProviderStrategy': strategy,
  'CreateClusterRequest.tags': tags,
  'DescribeServicesRequest.include': oneOf('TAGS'),
  'DescribeTaskDefinitionRequest.include': oneOf('TAGS'),
  'DescribeTasksRequest.include': oneOf('TAGS'),
  'ExecuteCommandConfiguration.logging': oneOf('NONE', 'DEFAULT', 'OVERRIDE'),
  'ListServiceDeploymentsRequest.status': oneOf(
    'PENDING',
    'SUCCESSFUL',
    'STOPPED',
    'STOP_REQUESTED',
    'IN_PROGRESS',
    'ROLLBACK_REQUESTED',
    'ROLLBACK_IN_PROGRESS',
    'ROLLBACK_SUCCESSFUL',
    'ROLLBACK_FAILED',
  ),
  'ListServicesRequest.launchType': launchType,
  'ListServicesRequest.resourceManagementType': oneOf('CUSTOMER', 'ECS'),
  'ListServicesRequest.schedulingStrategy': schedulingStrategy,
  'ListTasksRequest.desiredStatus': oneOf('RUNNING', 'PENDING', 'STOPPED'),
  'ListTasksRequest.launchType': launchType,
  'RegisterContainerInstanceRequest.tags': tags,
  'RunTaskRequest.capacityProviderStrategy': strategy,
  'RunTaskRequest.launchType': launchType,
  'RunTaskRequest.propagateTags': propagateTags,
  'RunTaskRequest.referenceId': upTo(1024),
  'RunTaskRequest.tags': tags,
  'StopServiceDeploymentRequest.stopType': oneOf('ABORT', 'ROLLBACK'),
  'Tag.key': { length: [1, 128], pattern: tagForm },
  'Tag.value': { length: [0, 256], pattern: tagForm },
  'TagResourceRequest.tags': tags,
  'TaskManagedEBSVolumeConfiguration.filesystemType': filesystemType,
  'TaskManagedEBSVolumeConfiguration.volumeType': volumeType,
}

export const ecs: Constraints = { ...taskDefinition, ...service, ...others }
