// What RunTask and CreateCluster refuse, and reads and tag calls of ECS.
import { type Row, rowsOf } from '../row.ts'
import { api, issue, measured } from './sources.ts'

const run = rowsOf('ecs RunTask', 'InvalidParameterException')
const cluster = rowsOf('ecs CreateCluster', 'InvalidParameterException')
const onFargate = { base: 'a task on Fargate' }
const many = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index))
const ebs = { base: 'a task with EBS' }
const volume = 'volumeConfigurations.0.managedEBSVolume'

export const runTaskRows: readonly Row[] = [
  run({ cluster: 'gone' }, 'Cluster not found.', issue('ecs-facts [F]'), { code: 'ClusterNotFoundException' }),
  run(
    {
      cluster: 'arn:aws:ecs:us-east-1:111111111111:cluster/c',
      taskDefinition: 'arn:aws:ecs:us-east-1:222222222222:task-definition/web:1',
    },
    /^User: .* is not authorized to perform: ecs:RunTask on resource: arn:aws:ecs:us-east-1:222222222222:/,
    api,
    { code: 'AccessDeniedException' },
  ),
  run({ taskDefinition: 'gone' }, 'TaskDefinition not found.', issue('ecs-facts [F]'), { code: 'ClientException' }),
  run({ count: 11 }, /whole number from 1 to 10/, api),
  run({ count: 0 }, /whole number from 1 to 10/, api),
  run({ launchType: 'LAMBDA' }, /^launchType should be one of/, api),
  run(
    { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'machines' }] },
    /^Specifying both a launch type and capacity provider strategy/,
    api,
  ),
  run({ capacityProviderStrategy: [{ capacityProvider: 'elsewhere' }] }, /not associated with the cluster/, api),
  run({ capacityProviderStrategy: [{ capacityProvider: 'nobody-made-it' }] }, /was not found/, api),
  run(
    { capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 0 }] },
    /weight value greater than zero/,
    api,
  ),
  run({ enableExecuteCommand: true }, /because a valid taskRoleArn is not being used/, api),
  run({ propagateTags: 'SERVICE' }, /propagateTags/, api),
  run({ propagateTags: 'ALL' }, /^propagateTags should be one of/, api),
  run({ startedBy: 'x'.repeat(129) }, /startedBy/, api),
  run({ clientToken: 'x'.repeat(65) }, /^clientToken can have/, api),
  run({ referenceId: 'x'.repeat(1025) }, /length less than or equal to 1024/, api),
  run({ group: 'service:web' }, /^Invalid namespace for group/, api),
  run({ tags: many(51, (index) => ({ key: `k${index}` })) }, 'tags can have at most 50 items.', api),
  run(
    { tags: [{ key: 'aws:x' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  run({ tags: [{ key: 'a' }, { key: 'a' }] }, /^Duplicate tag keys/, api),
  run(
    { platformVersion: 'LATEST' },
    'The platform version must be null when specifying an EC2 launch type.',
    issue('a Java client, "The platform version must be null when specifying an EC2 launch type"'),
  ),
  run({ platformVersion: '7' }, "The specified platform version doesn't exist.", api, {
    ...onFargate,
    code: 'PlatformUnknownException',
  }),
  run(
    { placementConstraints: [{ type: 'distinctInstance' }] },
    /^Placement constraints are not supported with FARGATE/,
    api,
    onFargate,
  ),
  run(
    { placementStrategy: [{ type: 'random' }] },
    /^Placement strategies are not supported with FARGATE/,
    api,
    onFargate,
  ),
  run({ placementConstraints: many(11, () => ({ type: 'distinctInstance' })) }, /10 placement constraints/, api),
  run({ placementStrategy: many(6, () => ({ type: 'random' })) }, 'Maximum number of strategies is 5.', api),
  run(
    { networkConfiguration: undefined },
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    issue('getmoto/moto, ecs/models.py'),
    onFargate,
  ),
  run(
    { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
    /^Network Configuration is not valid for the given networkMode/,
    issue('muya/amazon-ecs-run-task#7'),
  ),
  run(
    { 'networkConfiguration.awsvpcConfiguration.assignPublicIp': 'ENABLED', launchType: 'EC2' },
    'Assign public IP is not supported for this launch type.',
    issue('aws/amazon-ecs-cli#627'),
    onFargate,
  ),
  run(
    { 'overrides.containerOverrides': [{ name: 'gone' }] },
    'Override for container named gone is not a container in the TaskDefinition.',
    api,
  ),
  run(
    { 'overrides.containerOverrides': [{ name: 'web' }, { name: 'web' }] },
    'A container can have only one override.',
    api,
  ),
  run({ 'overrides.containerOverrides': [{ name: 'web', memory: -1 }] }, /greater than or equal to 0/, api),
  run({ 'overrides.containerOverrides': [{ name: 'web', command: ['x'.repeat(8192)] }] }, /8192 characters/, api),
  run({ 'overrides.cpu': 'much' }, 'Invalid cpu override.', api),
  run({ 'overrides.memory': 'much' }, 'Invalid memory override.', api),
  run({ 'overrides.taskRoleArn': 'arn:aws:iam::role/web' }, 'Role is not valid', api),
  run({ 'overrides.executionRoleArn': 'arn:aws:iam::role/web' }, 'Role is not valid', api),
  run({ 'overrides.ephemeralStorage': { sizeInGiB: 10 } }, 'EphemeralStorage size should be at least 21.', api),
  run({ 'volumeConfigurations.0.name': 'gone' }, /does not have a matching volume in your Task Definition/, api, ebs),
  run({ [`${volume}.sizeInGiB`]: undefined }, /^ECS managed EBS volume configuration was invalid/, api, ebs),
  run({ [`${volume}.volumeType`]: 'gp9' }, /^volumeType should be one of/, api, ebs),
  run({ [`${volume}.filesystemType`]: 'zfs' }, /^filesystemType should be one of/, api, ebs),
  run({ [`${volume}.throughput`]: 1001 }, /throughput is at most 1000/, api, ebs),
  run({ [`${volume}.iops`]: 100, [`${volume}.volumeType`]: 'sc1' }, /iops is not supported/, api, ebs),
  run({ [`${volume}.volumeInitializationRate`]: 100 }, /needs a snapshotId/, api, ebs),
  run({ 'overrides.containerOverrides': [{ name: 'web', cpu: -1 }] }, /greater than or equal to 0/, api),
  run({ 'overrides.containerOverrides': [{ name: 'web', memoryReservation: -1 }] }, /greater than or equal to 0/, api),
]

export const createClusterRows: readonly Row[] = [
  cluster({ clusterName: 'no spaces' }, /^Cluster name must be/, measured('pf-ecs-cluster-name')),
  cluster({ tags: many(51, (index) => ({ key: `k${index}` })) }, 'tags can have at most 50 items.', api),
  cluster(
    { tags: [{ key: 'aws:x' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  cluster({ settings: [{ name: 'insights', value: 'enabled' }] }, 'name should be one of [containerInsights]', api),
  cluster(
    { settings: [{ name: 'containerInsights', value: 'on' }] },
    'value should be one of [enabled, disabled, enhanced]',
    api,
  ),
  cluster(
    { capacityProviders: ['fargate-mine'] },
    /^The specified capacity provider name is invalid/,
    issue('aws-samples/aws-cdk-examples#628'),
  ),
  cluster(
    { capacityProviders: many(21, (index) => `p${index}`) },
    'capacity providers can have at most 20 items.',
    api,
  ),
  cluster(
    {
      capacityProviders: ['FARGATE'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    },
    /not associated with the cluster/,
    measured('pf-ecs-cluster-default-strategy-provider-not-listed'),
  ),
  cluster(
    {
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [
        { capacityProvider: 'FARGATE', weight: 1, base: 1 },
        { capacityProvider: 'FARGATE_SPOT', weight: 1, base: 1 },
      ],
    },
    /base value defined/,
    measured('pf-ecs-cluster-default-strategy-multiple-base'),
  ),
  cluster(
    { 'configuration.executeCommandConfiguration': { logging: 'LOUD' } },
    'logging should be one of [NONE, DEFAULT, OVERRIDE]',
    api,
  ),
  cluster(
    { 'configuration.executeCommandConfiguration': { logging: 'OVERRIDE' } },
    /^A CloudWatch log group name or S3 bucket name must be specified/,
    measured('pf-ecs-cluster-execute-command-override-without-log-config'),
  ),
  cluster(
    { 'configuration.executeCommandConfiguration': { logging: 'DEFAULT', logConfiguration: { s3BucketName: 'b' } } },
    "You must set logging to 'OVERRIDE' when you supply a log configuration.",
    measured('pf-ecs-cluster-execute-command-default-with-log-config'),
  ),
  cluster({ serviceConnectDefaults: { namespace: 'gone' } }, 'The specified namespace was not found.', api, {
    code: 'NamespaceNotFoundException',
  }),
]

const read = (
  call: string,
  change: Row['change'],
  message: Row['message'],
  source: string,
  code = 'InvalidParameterException',
): Row => ({
  call,
  change,
  message,
  source,
  code,
})
const otherCluster = 'Invalid identifier: Identifier is for cluster other. Your cluster is c'

export const readRows: readonly Row[] = [
  read('ecs DescribeServices', { services: ['{elsewhere}'] }, otherCluster, issue('docker-archive/compose-cli#2086')),
  read(
    'ecs DescribeServices',
    { include: ['ALL'] },
    'include should be one of [TAGS]',
    issue('hashicorp/terraform-provider-aws#23342'),
  ),
  read('ecs DescribeServices', { services: [] }, 'Services cannot be empty.', api),
  read('ecs DescribeServices', { services: many(11, (index) => `s${index}`) }, /10 elements/, api),
  read('ecs DescribeTasks', { tasks: ['{taskElsewhere}'] }, otherCluster, issue('asynkron/protoactor-dotnet#2055')),
  read(
    'ecs DescribeTasks',
    { include: ['ALL'] },
    'include should be one of [TAGS]',
    issue('hashicorp/terraform-provider-aws#23342'),
  ),
  read('ecs DescribeTasks', { tasks: [] }, 'Tasks cannot be empty.', issue('getmoto/moto, ecs/models.py')),
  read('ecs StopTask', { task: '{taskElsewhere}' }, otherCluster, api),
  read('ecs StopTask', { task: 'f'.repeat(32) }, 'The referenced task was not found.', issue('ecs-facts [F]')),
  read('ecs ListServices', { launchType: 'LAMBDA' }, /^launchType should be one of/, api),
  read('ecs ListServices', { schedulingStrategy: 'BATCH' }, /^schedulingStrategy should be one of/, api),
  read('ecs ListTasks', { desiredStatus: 'GONE' }, /^desiredStatus should be one of/, api),
  read('ecs ListTasks', { launchType: 'LAMBDA' }, /^launchType should be one of/, api),
  read('ecs DescribeTaskDefinition', { include: ['ALL'] }, 'include should be one of [TAGS]', api),
  read(
    'ecs TagResource',
    { tags: [{ key: 'aws:x', value: '' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  read(
    'ecs TagResource',
    { tags: many(50, (index) => ({ key: `k${index}` })).concat({ key: 'k0' }) },
    'tags can have at most 50 items.',
    api,
  ),
]
