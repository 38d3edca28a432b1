// What CreateService and UpdateService refuse.
import { role } from '../bases.ts'
import { type Row, rowsOf } from '../row.ts'
import { api, issue, measured } from './sources.ts'

const refused = rowsOf('ecs CreateService', 'InvalidParameterException')
const updated = rowsOf('ecs UpdateService', 'InvalidParameterException')
const onFargate = { base: 'a service on Fargate' }
const ebs = { base: 'a service with EBS' }
const blueGreen = { base: 'a blue/green service' }
const ofProviders = { base: 'a service of providers' }
const daemon = { base: 'a DAEMON' }
const balanced = { base: 'a balanced service' }
const network = (more: object) => ({ awsvpcConfiguration: { subnets: ['subnet-1'], ...more } })
const many = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index))
const five = ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => ({
  targetGroupArn: `{${name}}`,
  containerName: 'web',
  containerPort: 80,
}))
const notAssociated = /cannot contain a capacity provider that is not associated with the cluster/
const connect = (more: object = {}) => ({ enabled: true, ...more })

export const createServiceRows: readonly Row[] = [
  refused({ serviceName: 'no spaces' }, /1 to 255 letters/, api),
  refused({ serviceName: 'web' }, 'Creation of service was not idempotent.', issue('ecs-facts [F]')),
  refused({ cluster: 'gone' }, 'Cluster not found.', issue('ecs-facts [F]'), { code: 'ClusterNotFoundException' }),
  refused({ taskDefinition: undefined }, 'TaskDefinition cannot be empty.', api),
  refused({ taskDefinition: 'gone' }, 'TaskDefinition not found.', issue('ecs-facts [F]'), { code: 'ClientException' }),
  refused({ desiredCount: undefined }, 'desiredCount is required.', api),
  refused({ desiredCount: 5001 }, /less than or equal to 5000/, api),
  refused({ clientToken: 'x'.repeat(37) }, /1 to 36 ASCII characters/, api),
  refused({ launchType: 'LAMBDA' }, /^launchType should be one of \[EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES\]/, api),
  refused({ launchType: 'MANAGED_INSTANCES' }, /^Managed Instances require a capacity provider strategy/, api),
  refused({ launchType: 'FARGATE' }, 'Task definition does not support launch_type FARGATE.', issue('ecs-facts [F]')),
  refused({ propagateTags: 'ALL' }, 'propagateTags should be one of [TASK_DEFINITION, SERVICE, NONE]', api),
  refused(
    { availabilityZoneRebalancing: 'ON' },
    'availabilityZoneRebalancing should be one of [ENABLED, DISABLED]',
    api,
  ),
  refused({ schedulingStrategy: 'BATCH' }, 'schedulingStrategy should be one of [REPLICA, DAEMON]', api),
  refused({ 'deploymentController.type': 'JENKINS' }, 'type should be one of [ECS, CODE_DEPLOY, EXTERNAL]', api),
  refused(
    { 'deploymentController.type': 'EXTERNAL' },
    'TaskDefinition must be blank',
    measured('pf-ecs-svc-external-with-taskdef'),
  ),
  refused(
    { 'deploymentController.type': 'EXTERNAL', taskDefinition: undefined },
    'LoadBalancers must be empty or null',
    measured('pf-ecs-svc-external-with-load-balancers'),
    balanced,
  ),
  refused(
    { 'deploymentController.type': 'CODE_DEPLOY' },
    /requires the service to use an Application Load Balancer or Network Load Balancer/,
    measured('pf-ecs-service-codedeploy-lb'),
  ),

  refused(
    { desiredCount: 1 },
    /^The daemon scheduling strategy does not support a desired count for services/,
    measured('pf-ecs-service-daemon-desired-count'),
    daemon,
  ),
  refused(
    { placementStrategy: [{ type: 'random' }] },
    'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
    issue('kayac/ecspresso#402'),
    daemon,
  ),
  refused(
    { 'deploymentConfiguration.maximumPercent': 200 },
    'The daemon scheduling strategy does not support values above 100 for maximumPercent.',
    measured('pf-ecs-svc-daemon-max-percent'),
    daemon,
  ),
  refused(
    { availabilityZoneRebalancing: 'ENABLED' },
    'Availability Zone Rebalancing does not support DAEMON services.',
    measured('pf-ecs-svc-az-rebalancing-with-daemon'),
    daemon,
  ),
  refused(
    { capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] },
    /^Specifying a capacity provider strategy is not supported when you create a service using the DAEMON/,
    issue('aws/containers-roadmap#692'),
    daemon,
  ),
  refused({ launchType: 'FARGATE', taskDefinition: 'fargate' }, /^The daemon scheduling strategy needs/, api, daemon),

  refused(
    { capacityProviderStrategy: [{ capacityProvider: 'elsewhere', weight: 1 }] },
    notAssociated,
    measured('pf-ecs-cluster-default-strategy-provider-not-listed'),
  ),
  refused(
    { capacityProviderStrategy: [{ capacityProvider: 'nobody-made-it', weight: 1 }] },
    'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
    api,
  ),
  refused(
    { launchType: 'EC2' },
    /^Specifying both a launch type and capacity provider strategy is not supported/,
    measured('pf-ecs-service-launch-type-capacity-provider'),
    ofProviders,
  ),
  refused(
    { capacityProviderStrategy: many(21, (index) => ({ capacityProvider: `p${index}`, weight: 1 })) },
    'capacity provider strategy can have at most 20 items.',
    api,
  ),
  refused(
    { 'capacityProviderStrategy.0.weight': 0 },
    /weight value greater than zero/,
    measured('pf-ecs-svc-capacity-provider-zero-weight'),
    ofProviders,
  ),
  refused({ 'capacityProviderStrategy.0.weight': 1001 }, /less than or equal to 1000/, api, ofProviders),
  refused(
    {
      capacityProviderStrategy: [
        { capacityProvider: 'machines', base: 1, weight: 1 },
        { capacityProvider: 'more-machines', base: 1 },
      ],
    },
    /base value defined/,
    measured('pf-ecs-svc-capacity-provider-multiple-base'),
  ),
  refused(
    {
      capacityProviderStrategy: [
        { capacityProvider: 'machines', weight: 1 },
        { capacityProvider: 'machines', weight: 1 },
      ],
    },
    /duplicate capacity providers/,
    api,
  ),
  refused(
    {
      capacityProviderStrategy: [
        { capacityProvider: 'machines', weight: 1 },
        { capacityProvider: 'FARGATE', weight: 1 },
      ],
    },
    /cannot contain both Fargate and Auto Scaling group/,
    api,
  ),

  refused(
    { platformVersion: '1.4.0' },
    'The platform version must be null when specifying an EC2 launch type.',
    measured('pf-ecs-service-platform-version-ec2'),
  ),
  refused({ platformVersion: '9.9.9' }, "The specified platform version doesn't exist.", api, {
    ...onFargate,
    code: 'PlatformUnknownException',
  }),
  refused(
    { placementConstraints: [{ type: 'memberOf', expression: 'attribute:a exists' }] },
    'Placement constraints are not supported with FARGATE launch type.',
    measured('pf-ecs-service-fargate-placement'),
    onFargate,
  ),
  refused(
    { placementStrategy: [{ type: 'random' }] },
    'Placement strategies are not supported with FARGATE launch type.',
    measured('pf-ecs-service-fargate-placement'),
    onFargate,
  ),
  refused(
    { placementConstraints: [{ type: 'affinity' }] },
    /^type should be one of \[distinctInstance, memberOf\]/,
    api,
  ),
  refused(
    { placementConstraints: [{ type: 'distinctInstance', expression: 'attribute:a exists' }] },
    'distinctInstance expression should not be specified.',
    measured('pf-ecs-svc-placement-constraint-distinct-instance-expression'),
  ),
  refused({ placementConstraints: many(11, () => ({ type: 'distinctInstance' })) }, /10 placement constraints/, api),
  refused({ placementStrategy: [{ type: 'tetris' }] }, /^type should be one of/, api),
  refused(
    { placementStrategy: [{ type: 'binpack', field: 'disk' }] },
    "binpack field 'disk' is invalid.",
    measured('pf-ecs-svc-binpack-field'),
  ),
  refused(
    { placementStrategy: [{ type: 'random', field: 'cpu' }] },
    'random field should not be specified.',
    measured('pf-ecs-svc-random-with-field'),
  ),
  refused(
    { placementStrategy: many(6, () => ({ type: 'random' })) },
    'Maximum number of strategies is 5.',
    measured('pf-ecs-svc-placement-strategies-max6'),
  ),

  refused(
    { networkConfiguration: network({}) },
    'Network Configuration is not valid for the given networkMode of this task definition.',
    issue('muya/amazon-ecs-run-task#7'),
  ),
  refused(
    { networkConfiguration: undefined },
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    issue('getmoto/moto, ecs/models.py'),
    { base: 'a service in awsvpc' },
  ),
  refused(
    { networkConfiguration: network({ assignPublicIp: 'ENABLED' }) },
    'Assign public IP is not supported for this launch type.',
    issue('aws/aws-cdk#13348'),
    { base: 'a service in awsvpc' },
  ),
  refused(
    { networkConfiguration: network({ assignPublicIp: 'YES' }) },
    'assignPublicIp should be one of [ENABLED, DISABLED]',
    api,
    onFargate,
  ),
  refused(
    { networkConfiguration: network({ subnets: many(17, (index) => `subnet-${index}`) }) },
    'subnets can have at most 16 items.',
    api,
    onFargate,
  ),
  refused({ networkConfiguration: network({ subnets: [] }) }, 'subnets can have at least 1 items.', api, onFargate),
  refused(
    { networkConfiguration: network({ subnets: ['vpc-1'] }) },
    /^Error retrieving subnet information for \[vpc-1\]/,
    api,
    onFargate,
  ),
  refused(
    { networkConfiguration: network({ securityGroups: many(6, (index) => `sg-${index}`) }) },
    'security groups can have at most 5 items.',
    api,
    onFargate,
  ),
  refused(
    { networkConfiguration: network({ securityGroups: ['default'] }) },
    /^Error retrieving security group information for \[default\]/,
    api,
    onFargate,
  ),

  refused(
    { healthCheckGracePeriodSeconds: 30 },
    'Health check grace period is only valid for services configured to use load balancers',
    issue('hashicorp/terraform-provider-aws#31104'),
  ),
  refused({ healthCheckGracePeriodSeconds: -1 }, /greater than or equal to 0/, api, balanced),
  refused({ loadBalancers: five }, 'load balancers can have at most 5 items.', api),
  refused(
    { 'loadBalancers.0.targetGroupArn': 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/gone/1' },
    /does not exist/,
    api,
    balanced,
  ),
  refused(
    { 'loadBalancers.0.targetGroupArn': '{ip}' },
    /has target type ip, which is incompatible with the bridge network mode/,
    issue('ecs-facts [F]'),
    balanced,
  ),
  refused(
    { 'loadBalancers.0.containerName': 'gone' },
    'The container gone does not exist in the task definition.',
    measured('pf-ecs-svc-lb-container-name-missing'),
    balanced,
  ),
  refused(
    { 'loadBalancers.0.containerPort': 81 },
    'The container web did not have a container port 81 defined.',
    measured('pf-ecs-svc-lb-container-port-missing'),
    balanced,
  ),
  refused(
    { 'loadBalancers.0.loadBalancerName': 'classic' },
    'loadBalancerName and targetGroupArn cannot both be specified.',
    measured('pf-ecs-service-lb-target-exclusive'),
    balanced,
  ),
  refused(
    { 'loadBalancers.0.targetGroupArn': undefined, 'loadBalancers.0.loadBalancerName': 'classic' },
    /load balancer classic does not exist/,
    api,
    balanced,
  ),
  refused(
    { role },
    'IAM roles are only valid for services configured to use load balancers.',
    measured('pf-ecs-svc-role-without-load-balancers'),
  ),
  refused(
    { role },
    'You cannot specify an IAM role for services that require a service linked role.',
    issue('hashicorp/terraform-provider-aws#4657'),
    { base: 'a service in awsvpc' },
  ),
  refused(
    { role, loadBalancers: five.slice(0, 2) },
    'You cannot specify an IAM role for services that require a service linked role.',
    issue('aws/containers-roadmap#461'),
  ),
  refused(
    { serviceRegistries: [{ registryArn: 'arn:1' }, { registryArn: 'arn:2' }] },
    'service registries can have at most 1 items.',
    measured('pf-ecs-svc-registries-multiple'),
  ),
  refused(
    { serviceRegistries: [{ registryArn: 'gone' }] },
    /^The format of the supplied service registry ARN is invalid/,
    api,
  ),
  refused({ enableExecuteCommand: true }, /because a valid taskRoleArn is not being used/, issue('ecs-facts [F]')),
  refused({ tags: many(51, (index) => ({ key: `k${index}` })) }, 'tags can have at most 50 items.', api),
  refused(
    { tags: [{ key: 'AWS:x' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  refused({ tags: [{ key: 'a' }, { key: 'a' }] }, /^Duplicate tag keys/, api),

  refused(
    { serviceConnectConfiguration: connect() },
    'Namespace is missing.',
    measured('pf-ecs-svc-connect-without-namespace'),
  ),
  refused(
    { serviceConnectConfiguration: connect({ namespace: 'gone' }) },
    'The specified namespace was not found.',
    api,
    { code: 'NamespaceNotFoundException' },
  ),
  refused(
    { serviceConnectConfiguration: connect({ namespace: 'shop.local', services: [{ portName: 'gone' }] }) },
    'portName(gone) does not refer to any named PortMapping in the container definitions.',
    measured('pf-ecs-svc-connect-port-name-missing'),
  ),
  refused(
    {
      serviceConnectConfiguration: connect({
        namespace: 'shop.local',
        services: [{ portName: 'http', discoveryName: '-x' }],
      }),
    },
    /discoveryName/,
    api,
  ),
  refused(
    {
      serviceConnectConfiguration: connect({
        namespace: 'shop.local',
        services: [{ portName: 'http', clientAliases: [{ port: 80 }, { port: 81 }] }],
      }),
    },
    '2 clientAliases exceeds the max limit of 1.',
    measured('pf-ecs-svc-connect-client-aliases-max'),
  ),
  refused(
    {
      serviceConnectConfiguration: connect({
        namespace: 'shop.local',
        services: [{ portName: 'http', clientAliases: [{ port: 80, dnsName: 'a b' }] }],
      }),
    },
    'The DNS name that you provided is invalid.',
    measured('pf-ecs-svc-connect-client-alias-dns-name'),
  ),
  refused(
    { serviceConnectConfiguration: connect({ accessLogConfiguration: { format: 'XML' } }) },
    'format should be one of [TEXT, JSON]',
    api,
  ),
  refused(
    {
      serviceConnectConfiguration: connect({
        accessLogConfiguration: { format: 'TEXT', includeQueryParameters: 'YES' },
      }),
    },
    /^includeQueryParameters should be one of/,
    api,
  ),
  refused(
    { serviceConnectConfiguration: connect({ containerConfigurations: [{ logLevel: 'trace' }] }) },
    'logLevel should be one of [debug, info]',
    api,
  ),

  refused(
    { 'volumeConfigurations.0.name': 'gone' },
    "The volume name 'gone' in your request does not have a matching volume in your Task Definition.",
    measured('pf-ecs-svc-ebs-name-not-in-taskdef'),
    ebs,
  ),
  refused(
    { 'volumeConfigurations.0.managedEBSVolume.sizeInGiB': undefined },
    /^ECS managed EBS volume configuration was invalid/,
    measured('pf-ecs-svc-ebs-volume-without-size-or-snapshot'),
    ebs,
  ),
  refused({ 'volumeConfigurations.0.managedEBSVolume.volumeType': 'gp9' }, /^volumeType should be one of/, api, ebs),
  refused(
    {
      'volumeConfigurations.0.managedEBSVolume.volumeType': 'st1',
      'volumeConfigurations.0.managedEBSVolume.iops': 100,
    },
    /iops is not supported/,
    measured('pf-ecs-svc-ebs-iops-unsupported-type'),
    ebs,
  ),
  refused(
    {
      'volumeConfigurations.0.managedEBSVolume.volumeType': 'gp2',
      'volumeConfigurations.0.managedEBSVolume.throughput': 100,
    },
    /throughput is not supported/,
    measured('pf-ecs-svc-ebs-throughput-non-gp3'),
    ebs,
  ),
  refused({ 'volumeConfigurations.0.managedEBSVolume.volumeInitializationRate': 100 }, /needs a snapshotId/, api, ebs),
  refused(
    { 'volumeConfigurations.0.managedEBSVolume.filesystemType': 'zfs' },
    'filesystemType should be one of [ext3, ext4, xfs, ntfs]',
    api,
    ebs,
  ),
  refused(
    { 'volumeConfigurations.0.managedEBSVolume.tagSpecifications': [{ resourceType: 'instance' }] },
    'resourceType should be one of [volume]',
    api,
    ebs,
  ),
  refused(
    { 'volumeConfigurations.0.managedEBSVolume.tagSpecifications': [{ resourceType: 'volume', propagateTags: 'ALL' }] },
    /^propagateTags should be one of/,
    api,
    ebs,
  ),
  refused(
    {
      'volumeConfigurations.0.managedEBSVolume.tagSpecifications': [
        { resourceType: 'volume', tags: many(51, (index) => ({ key: `k${index}` })) },
      ],
    },
    'tags can have at most 50 items.',
    api,
    ebs,
  ),

  refused(
    { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } },
    'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments',
    measured('pf-ecs-svc-min-healthy-over-max-percent'),
  ),
  refused(
    { deploymentConfiguration: { maximumPercent: 50, minimumHealthyPercent: 0 } },
    'maximumPercent must be at least 100.',
    measured('pf-ecs-service-deployment-percent'),
  ),
  refused(
    { deploymentConfiguration: { minimumHealthyPercent: 101 } },
    /less than or equal to 100/,
    measured('pf-ecs-service-deployment-percent'),
  ),
  refused({ deploymentConfiguration: { strategy: 'RED_BLACK' } }, /^strategy should be one of/, api),
  refused(
    { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 } },
    'advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy',
    issue('terraform-aws-modules/terraform-aws-ecs#377'),
    { base: 'a balanced service', code: 'ClientException' },
  ),
  refused(
    { deploymentConfiguration: { bakeTimeInMinutes: 5 } },
    /bakeTimeInMinutes is not supported with the ROLLING/,
    api,
  ),
  refused({ 'deploymentConfiguration.bakeTimeInMinutes': 1441 }, /whole number from 0 to 1440/, api, blueGreen),
  refused(
    {
      'deploymentConfiguration.lifecycleHooks': [
        {
          hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
          roleArn: role,
          lifecycleStages: ['SCALE_UP'],
        },
      ],
    },
    /^lifecycleStages of a hook/,
    api,
    blueGreen,
  ),
  refused(
    { 'deploymentConfiguration.lifecycleHooks': [{ targetType: 'SNS', lifecycleStages: ['PRE_SCALE_UP'] }] },
    /^targetType should be one of/,
    api,
    blueGreen,
  ),
  refused(
    { 'deploymentConfiguration.lifecycleHooks': [{ targetType: 'AWS_LAMBDA', lifecycleStages: ['PRE_SCALE_UP'] }] },
    /hookTargetArn is required/,
    api,
    blueGreen,
  ),
  refused(
    {
      'deploymentConfiguration.lifecycleHooks': [
        { targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'], timeoutConfiguration: { timeoutInMinutes: 0 } },
      ],
    },
    /timeoutInMinutes must be/,
    api,
    blueGreen,
  ),
  refused(
    {
      'deploymentConfiguration.lifecycleHooks': [
        { targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'], timeoutConfiguration: { action: 'WAIT' } },
      ],
    },
    /^action should be one of/,
    api,
    blueGreen,
  ),
  refused(
    { 'deploymentConfiguration.strategy': 'LINEAR', 'deploymentConfiguration.linearConfiguration': { stepPercent: 2 } },
    /^stepPercent must be/,
    api,
    blueGreen,
  ),
  refused(
    {
      'deploymentConfiguration.strategy': 'LINEAR',
      'deploymentConfiguration.linearConfiguration': { stepPercent: 10, stepBakeTimeInMinutes: 1441 },
    },
    /^stepBakeTimeInMinutes must be/,
    api,
    blueGreen,
  ),
  refused(
    {
      'deploymentConfiguration.strategy': 'CANARY',
      'deploymentConfiguration.canaryConfiguration': { canaryPercent: 0 },
    },
    /^canaryPercent must be/,
    api,
    blueGreen,
  ),
  refused(
    {
      'deploymentConfiguration.strategy': 'CANARY',
      'deploymentConfiguration.canaryConfiguration': { canaryPercent: 5, canaryBakeTimeInMinutes: 1441 },
    },
    /^canaryBakeTimeInMinutes must be/,
    api,
    blueGreen,
  ),
  refused(
    {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: { type: 'MANY', value: 1 } },
      },
    },
    /threshold/,
    api,
  ),
  refused(
    {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: { type: 'COUNT', value: 0 } },
      },
    },
    /threshold/,
    api,
  ),
  refused(
    {
      deploymentConfiguration: {
        earlySuccessCriteria: { enable: true, healthyPercent: 101, sourceServiceRevisionCleanup: 'BLOCKING' },
      },
    },
    /healthyPercent must be/,
    api,
  ),
  refused(
    {
      deploymentConfiguration: {
        earlySuccessCriteria: { enable: true, healthyPercent: 100, sourceServiceRevisionCleanup: 'NEVER' },
      },
    },
    /^sourceServiceRevisionCleanup should be one of/,
    api,
  ),
  refused(
    { 'monitoring.metricConfigurations': many(6, () => ({ metricNames: ['m'], resolutionSeconds: 20 })) },
    'metric configurations can have at most 5 items.',
    api,
  ),
  refused(
    { 'monitoring.metricConfigurations': [{ metricNames: [], resolutionSeconds: 20 }] },
    'metric names can have at least 1 items.',
    api,
  ),
  refused(
    { 'monitoring.metricConfigurations': [{ metricNames: ['m'], resolutionSeconds: 10 }] },
    /greater than or equal to 20/,
    api,
  ),
  refused({ serviceRegistries: [{ registryArn: 'r', port: 65_536 }] }, /less than or equal to 65535/, api),
  refused(
    { serviceRegistries: [{ registryArn: 'r', containerName: 'web', containerPort: 65_536 }] },
    /less than or equal to 65535/,
    api,
  ),
  refused(
    { serviceConnectConfiguration: connect({ services: [{ portName: 'http', ingressPortOverride: 65_536 }] }) },
    /less than or equal to 65535/,
    api,
  ),
  refused(
    { serviceConnectConfiguration: connect({ services: [{ portName: 'http', timeout: { idleTimeoutSeconds: -1 } }] }) },
    /greater than or equal to 0/,
    api,
  ),
  refused(
    {
      serviceConnectConfiguration: connect({
        services: [{ portName: 'http', timeout: { perRequestTimeoutSeconds: -1 } }],
      }),
    },
    /greater than or equal to 0/,
    api,
  ),
  refused(
    { gatewayConnectors: [{ portName: 'a' }, { portName: 'b' }] },
    'gateway connectors can have at most 1 items.',
    api,
  ),
  refused(
    { gatewayConnectors: [{ portName: 'a', filters: { accessTypes: ['SECRET'] } }] },
    'accessTypes should be one of [PUBLIC, PRIVATE]',
    api,
  ),
  refused(
    { gatewayConnectors: [{ portName: 'a', healthCheck: { healthCheckProtocol: 'FTP' } }] },
    'healthCheckProtocol should be one of [HTTP, HTTPS]',
    api,
  ),
]

export const updateServiceRows: readonly Row[] = [
  updated({ service: 'gone' }, 'Service not found.', issue('ecs-facts [M]'), { code: 'ServiceNotFoundException' }),
  updated(
    { service: '{elsewhere}' },
    'Invalid identifier: Identifier is for cluster other. Your cluster is c',
    issue('aws/aws-toolkit-vscode#2915'),
  ),
  updated(
    {
      cluster: 'arn:aws:ecs:us-east-1:111111111111:cluster/c',
      service: 'arn:aws:ecs:us-east-1:222222222222:service/c/web',
    },
    /is not authorized to perform: ecs:UpdateService on resource: arn:aws:ecs:us-east-1:222222222222:service\/c\/web because no resource-based policy allows the ecs:UpdateService action$/,
    api,
    { code: 'AccessDeniedException' },
  ),
  updated({ cluster: 'gone' }, 'Cluster not found.', issue('ecs-facts [F]'), { code: 'ClusterNotFoundException' }),
  updated({ taskDefinition: 'gone' }, 'TaskDefinition not found.', issue('ecs-facts [F]'), { code: 'ClientException' }),
  updated({ desiredCount: 5001 }, /less than or equal to 5000/, api),
  updated({ desiredCount: 2 }, /^The daemon scheduling strategy does not support a desired count/, api, {
    base: 'update of a DAEMON',
  }),
  updated(
    { placementStrategy: [{ type: 'random' }] },
    /^The daemon scheduling strategy does not support placement strategies/,
    issue('kayac/ecspresso#402'),
    { base: 'update of a DAEMON' },
  ),
  updated({ availabilityZoneRebalancing: 'ON' }, /^availabilityZoneRebalancing should be one of/, api),
  updated({ propagateTags: 'ALL' }, /^propagateTags should be one of/, api),
  updated(
    { capacityProviderStrategy: [{ capacityProvider: 'more-machines', weight: 1 }] },
    /you must force a new deployment/,
    issue('kayac/ecspresso#481'),
    { base: 'update of providers' },
  ),
  updated({ capacityProviderStrategy: [] }, /you must force a new deployment/, issue('kayac/ecspresso#481'), {
    base: 'update of providers',
  }),
  updated(
    { capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] },
    /you must force a new deployment/,
    issue('kayac/ecspresso#481'),
  ),
  updated(
    { capacityProviderStrategy: [{ capacityProvider: 'elsewhere', weight: 1 }], forceNewDeployment: true },
    notAssociated,
    api,
  ),
  updated(
    { platformVersion: '1.4.0' },
    'The platform version must be null when specifying an EC2 launch type.',
    measured('pf-ecs-service-platform-version-ec2'),
  ),
  updated({ platformVersion: '2.0.0' }, "The specified platform version doesn't exist.", api, {
    base: 'update on Fargate',
    code: 'PlatformUnknownException',
  }),
  updated(
    { placementConstraints: [{ type: 'distinctInstance' }] },
    'Placement constraints are not supported with FARGATE launch type.',
    measured('pf-ecs-service-fargate-placement'),
    { base: 'update on Fargate' },
  ),
  updated(
    { networkConfiguration: network({ subnets: many(17, (index) => `subnet-${index}`) }) },
    'subnets can have at most 16 items.',
    api,
    { base: 'update on Fargate' },
  ),
  updated(
    { healthCheckGracePeriodSeconds: 30 },
    'Health check grace period is only valid for services configured to use load balancers',
    issue('aws/copilot-cli#4011'),
  ),
  updated({ 'deploymentController.type': 'JENKINS' }, /^type should be one of/, api),
  updated(
    { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } },
    /this will block deployments/,
    issue('ecs-facts [F]'),
  ),
  updated(
    { enableExecuteCommand: true },
    "The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    issue('ecs-facts [F]'),
  ),
  updated({ loadBalancers: five }, 'load balancers can have at most 5 items.', api),
  updated(
    { serviceRegistries: [{}, {}] },
    'service registries can have at most 1 items.',
    measured('pf-ecs-svc-registries-multiple'),
  ),
  updated(
    { serviceConnectConfiguration: connect({ namespace: 'gone' }) },
    'The specified namespace was not found.',
    api,
    { code: 'NamespaceNotFoundException' },
  ),
  updated(
    { volumeConfigurations: [{ name: 'gone' }] },
    /does not have a matching volume/,
    measured('pf-ecs-svc-ebs-name-not-in-taskdef'),
  ),
  updated(
    { gatewayConnectors: [{ portName: 'a' }, { portName: 'b' }] },
    'gateway connectors can have at most 1 items.',
    api,
  ),
]
