// What RegisterTaskDefinition refuses of a task definition as a whole and of its containers.
import { role } from '../bases.ts'
import { type Row, rowsOf } from '../row.ts'
import { api, issue, measured } from './sources.ts'

const refused = rowsOf('ecs RegisterTaskDefinition', 'ClientException')
const invalid = { code: 'InvalidParameterException' }
const sized = { base: 'with task size' }
const c = 'containerDefinitions.0'
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '' }))

export const registerTaskDefinitionRows: readonly Row[] = [
  refused({ family: 'no/slash' }, 'Family contains invalid characters.', api),
  refused({ family: 'a'.repeat(256) }, 'Family contains invalid characters.', api),
  refused({ containerDefinitions: [] }, 'Container list cannot be empty.', api),
  refused({ networkMode: 'overlay' }, 'networkMode should be one of [awsvpc, bridge, host, none]', api, invalid),
  refused({ pidMode: 'shared' }, 'pidMode should be one of [host, task]', api, invalid),
  refused({ ipcMode: 'shareable' }, 'ipcMode should be one of [host, task, none]', api, invalid),
  refused({ requiresCompatibilities: ['LAMBDA'] }, /^requiresCompatibilities should be one of/, api, invalid),
  refused(
    { taskRoleArn: 'arn:aws:iam::1:role/web' },
    'Role is not valid',
    issue('aws-samples/aws-modern-application-workshop#9'),
  ),
  refused(
    {
      taskRoleArn: 'arn:aws:iam::111111111111:role/task',
      executionRoleArn: 'arn:aws:iam::222222222222:role/execution',
    },
    'Cross-account pass role is not allowed.',
    issue('artilleryio/chaos-lambda#29'),
    { code: 'AccessDeniedException' },
  ),
  refused(
    { executionRoleArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c' },
    'Role is not valid',
    issue('bradford-hamilton/terraform-ecs-fargate#8'),
  ),
  refused({ cpu: '64' }, /^Invalid 'cpu' setting for task\./, api, sized),
  refused({ cpu: 'much' }, /^Invalid 'cpu' setting for task\./, issue('ecs-facts [F]'), sized),
  refused({ memory: 'much' }, /^Invalid 'memory' setting for task\./, issue('ecs-facts [F]'), sized),
  refused(
    { [`${c}.memory`]: 1024 },
    "The 'memory' setting for container 'web' is greater than for the task.",
    issue('pulumi/pulumi-awsx#188'),
    sized,
  ),
  refused(
    { [`${c}.memory`]: undefined, [`${c}.memoryReservation`]: 600 },
    /^The 'memoryReservation' setting for container 'web'/,
    api,
    sized,
  ),
  refused(
    { [`${c}.cpu`]: 512 },
    "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    issue('klothoplatform/klotho#892'),
    sized,
  ),
  refused({ tags: [] }, 'Tags can not be empty.', issue('ecs-facts [F]'), invalid),
  refused({ tags: tags(51) }, 'tags can have at most 50 items.', api, invalid),
  refused(
    {
      tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    },
    /^Duplicate tag keys found/,
    api,
    invalid,
  ),
  refused(
    { tags: [{ key: 'aws:name', value: '1' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
    invalid,
  ),
  refused({ tags: [{ key: 'a'.repeat(129), value: '' }] }, /length less than or equal to 128/, api, invalid),
  refused({ tags: [{ key: 'a', value: 'b'.repeat(257) }] }, /length less than or equal to 256/, api, invalid),
  refused({ tags: [{ key: 'a!', value: '' }] }, /regular expression pattern/, api, invalid),
  refused({ placementConstraints: [{ type: 'distinctInstance' }] }, /^type should be one of/, api, invalid),
  refused({ placementConstraints: [{ type: 'memberOf', expression: 'nonsense' }] }, /./, api, invalid),
  refused(
    {
      placementConstraints: Array.from({ length: 11 }, () => ({ type: 'memberOf', expression: 'attribute:a exists' })),
    },
    /10 placement constraints/,
    api,
    invalid,
  ),
  refused(
    { 'ephemeralStorage.sizeInGiB': 10 },
    'EphemeralStorage size should be at least 21.',
    measured('pf-ecs-ephemeral-storage-range'),
    { base: 'on Fargate' },
  ),
  refused(
    { 'ephemeralStorage.sizeInGiB': 300 },
    'EphemeralStorage size should be at most 200.',
    measured('pf-ecs-ephemeral-storage-range'),
    { base: 'on Fargate' },
  ),
  refused(
    { 'ephemeralStorage.sizeInGiB': 30, requiresCompatibilities: ['EC2'] },
    'Tasks using the EC2 launch type do not support EphemeralStorage.',
    measured('pf-ecs-fargate-ephemeral-storage-ec2'),
  ),
  refused(
    { inferenceAccelerators: [{ deviceName: 'd', deviceType: 'eia1.medium' }] },
    "Unsupported field 'inferenceAccelerators'",
    measured('pf-ecs-fargate-inference-accelerator'),
  ),
  refused(
    { proxyConfiguration: { type: 'APPMESH', containerName: 'web' } },
    'APPMESH proxy configuration is only supported in networkMode=awsvpc.',
    measured('pf-ecs-proxy-configuration-awsvpc-required'),
  ),
  refused(
    { proxyConfiguration: { type: 'APPMESH', containerName: 'envoy' } },
    'Proxy container [envoy] does not exist.',
    measured('pf-ecs-proxy-configuration-container-missing'),
    { base: 'in awsvpc' },
  ),
  refused({ proxyConfiguration: { type: 'ISTIO', containerName: 'web' } }, 'type should be one of [APPMESH]', api, {
    ...invalid,
    base: 'in awsvpc',
  }),
  refused(
    { 'runtimePlatform.cpuArchitecture': 'MIPS' },
    'cpuArchitecture should be one of [X86_64, ARM64]',
    api,
    invalid,
  ),
  refused(
    { 'runtimePlatform.operatingSystemFamily': 'PLAN9' },
    /^operatingSystemFamily should be one of/,
    api,
    invalid,
  ),
  refused({ pidMode: 'host' }, 'pidMode is not supported for Windows containers.', api, { base: 'on Windows' }),

  refused({ [`${c}.name`]: '' }, 'Container.name should not be null or empty.', api),
  refused({ [`${c}.name`]: 'no.dots' }, 'Container.name contains invalid characters.', api),
  refused({ [`${c}.image`]: '' }, 'Container.image should not be null or empty.', issue('getmoto/moto, exceptions.py')),
  refused({ [`${c}.image`]: 'web:v 1' }, 'Container.image contains invalid characters.', api),
  refused(
    { [`${c}.memory`]: undefined },
    /^Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified\.$/,
    issue('sil-org/ecs-deploy#59'),
  ),
  refused({ [`${c}.memoryReservation`]: 256 }, /must be greater than or equal to 'memoryReservation'/, api),
  refused({ [`${c}.essential`]: false }, "Task definition doesn't have any essential container.", api),
  refused({ [`${c}.links`]: ['nobody'] }, "Invalid 'links' setting. Unknown container: 'nobody'.", api),
  refused(
    { [`${c}.links`]: ['init'], networkMode: 'awsvpc' },
    'Links are not supported when networkMode=awsvpc.',
    issue('aws-observability/aws-otel-collector#1359'),
    { base: 'with two containers' },
  ),
  refused({ [`${c}.links`]: ['init'], networkMode: 'host' }, 'Links are not supported when networkMode=host.', api, {
    base: 'with two containers',
  }),
  refused(
    { [`${c}.hostname`]: 'web' },
    'hostname is not supported on container when networkMode=awsvpc.',
    measured('pf-ecs-awsvpc-hostname'),
    { base: 'in awsvpc' },
  ),
  refused(
    { [`${c}.dnsServers`]: ['10.0.0.2'] },
    'DNS servers are not supported on container when networkMode=awsvpc.',
    measured('pf-ecs-fargate-dns-servers'),
    { base: 'in awsvpc' },
  ),
  refused({ [`${c}.dnsSearchDomains`]: ['local'] }, /^DNS search domains are not supported/, api, {
    base: 'in awsvpc',
  }),
  refused(
    { [`${c}.extraHosts`]: [{ hostname: 'a', ipAddress: '10.0.0.2' }] },
    'Extra hosts are not supported on container when networkMode=awsvpc.',
    measured('pf-ecs-awsvpc-extra-hosts'),
    { base: 'in awsvpc' },
  ),
  refused(
    { [`${c}.disableNetworking`]: true },
    'Disable Networking is not supported on container when networkMode=awsvpc.',
    measured('pf-ecs-fargate-disable-networking'),
    { base: 'in awsvpc' },
  ),
  refused(
    { [`${c}.portMappings.0.hostPort`]: 8080 },
    'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    issue('klothoplatform/klotho#892'),
    { base: 'in awsvpc' },
  ),
  refused(
    { [`${c}.portMappings.0.hostPort`]: 8080, networkMode: 'host' },
    /^When networkMode=host/,
    measured('pf-ecs-host-network-host-port-mismatch'),
  ),
  refused({ networkMode: 'none' }, 'Port mappings are not supported when networkMode=none.', api),
  refused({ [`${c}.portMappings.0.containerPort`]: 70_000 }, /less than or equal to 65535/, api, invalid),
  refused({ [`${c}.portMappings.0.containerPort`]: 0 }, /containerPort from 1 to 65535/, api),
  refused({ [`${c}.portMappings.0.protocol`]: 'icmp' }, 'protocol should be one of [tcp, udp]', api, invalid),
  refused(
    { [`${c}.portMappings.0.appProtocol`]: 'ftp' },
    'appProtocol should be one of [http, http2, grpc]',
    api,
    invalid,
  ),
  refused({ [`${c}.portMappings.0.name`]: '-web' }, /regular expression pattern/, api, invalid),
  refused(
    { [`${c}.portMappings.0.containerPortRange`]: '80-90' },
    'cannot specify both single port and port range',
    measured('pf-ecs-port-range-with-host-port'),
  ),
  refused(
    { [`${c}.portMappings`]: [{ containerPortRange: '90-80' }] },
    /^Invalid 'containerPortRange' setting/,
    measured('pf-ecs-port-range-reversed'),
  ),
  refused(
    { [`${c}.portMappings`]: [{ containerPortRange: '80-90' }, { containerPortRange: '85-95' }] },
    'container port is used multiple times in task',
    measured('pf-ecs-port-range-overlap'),
  ),
  refused(
    {
      [`${c}.portMappings`]: [
        { containerPort: 80, name: 'http' },
        { containerPort: 81, name: 'http' },
      ],
    },
    /^port mapping name is already used/,
    measured('pf-ecs-port-mapping-duplicate-name'),
  ),
  refused({ [`${c}.secrets.0.valueFrom`]: undefined }, /valueFrom/, api, { ...invalid, base: 'with a secret' }),
  refused(
    { executionRoleArn: undefined },
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    issue('fabfuel/ecs-deploy#87'),
    { base: 'with a secret' },
  ),
  refused(
    { [`${c}.environment`]: [{ name: 'KEY', value: 'x' }] },
    "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'KEY'.",
    issue('dagster-io/dagster#11622'),
    { base: 'with a secret' },
  ),
  refused(
    {
      [`${c}.environmentFiles`]: Array.from({ length: 11 }, (_, index) => ({
        type: 's3',
        value: `arn:aws:s3:::b/${index}.env`,
      })),
    },
    /^The maximum number of environment files was exceeded/,
    measured('pf-ecs-environment-files-max'),
  ),
  refused(
    { [`${c}.environmentFiles`]: [{ type: 's3', value: 'b/web.env' }] },
    'Invalid arn syntax.',
    measured('pf-ecs-environment-files-type'),
  ),
  refused(
    { [`${c}.environmentFiles`]: [{ type: 'http', value: 'arn:aws:s3:::b/web.env' }] },
    'type should be one of [s3]',
    api,
    invalid,
  ),
  refused(
    { [`${c}.mountPoints`]: [{ sourceVolume: 'gone', containerPath: '/data' }] },
    "Unknown volume 'gone'.",
    measured('pf-ecs-mountpoint-source-volume-missing'),
  ),
  refused({ [`${c}.mountPoints`]: [{ sourceVolume: 'data' }] }, /need a 'containerPath'/, api, { base: 'with EFS' }),
  refused(
    {
      [`${c}.mountPoints`]: [
        { sourceVolume: 'data', containerPath: '/a' },
        { sourceVolume: 'data', containerPath: '/a' },
      ],
    },
    /mounted more than once/,
    api,
    { base: 'with EFS' },
  ),
  refused(
    { [`${c}.volumesFrom`]: [{ sourceContainer: 'gone' }] },
    "Invalid 'volumesFrom' setting. Unknown container: 'gone'.",
    measured('pf-ecs-volumesfrom-source-container-missing'),
  ),
  refused(
    { [`${c}.ulimits`]: [{ name: 'nofile', softLimit: 10, hardLimit: 5 }] },
    'Soft limit exceeds hard limit for ulimit nofile',
    measured('pf-ecs-ulimit-soft-over-hard'),
  ),
  refused(
    { [`${c}.ulimits`]: [{ name: 'files', softLimit: 1, hardLimit: 5 }] },
    /^name should be one of/,
    api,
    invalid,
  ),
  refused({ [`${c}.logConfiguration.logDriver`]: 'awslog' }, /^logDriver should be one of/, api, {
    ...invalid,
    base: 'with awslogs',
  }),
  refused(
    { [`${c}.logConfiguration.options.awslogs-group`]: undefined },
    'Log driver awslogs requires options: awslogs-region, awslogs-group',
    issue('klothoplatform/klotho#892'),
    { base: 'with awslogs' },
  ),
  refused(
    { [`${c}.logConfiguration.options.awslogs-stream-prefx`]: 'web' },
    'Log driver awslogs disallows options: awslogs-stream-prefx',
    issue('hashicorp/waypoint, builtin/aws/ecs/platform.go'),
    { base: 'with awslogs' },
  ),
  refused({ [`${c}.logConfiguration.options.mode`]: 'fast' }, /'blocking' or 'non-blocking'/, api, {
    base: 'with awslogs',
  }),
  refused(
    {
      [`${c}.logConfiguration.options.awslogs-datetime-format`]: '%Y',
      [`${c}.logConfiguration.options.awslogs-multiline-pattern`]: 'x',
    },
    /does not support both options/,
    api,
    { base: 'with awslogs' },
  ),
  refused(
    { [`${c}.healthCheck.interval`]: 1 },
    /greater than or equal to 5/,
    measured('pf-ecs-healthcheck-interval-range'),
    { ...invalid, base: 'with a health check' },
  ),
  refused(
    { [`${c}.healthCheck.timeout`]: 61 },
    /less than or equal to 60/,
    measured('pf-ecs-healthcheck-timeout-range'),
    { ...invalid, base: 'with a health check' },
  ),
  refused(
    { [`${c}.healthCheck.retries`]: 11 },
    /less than or equal to 10/,
    measured('pf-ecs-healthcheck-retries-range'),
    { ...invalid, base: 'with a health check' },
  ),
  refused(
    { [`${c}.healthCheck.startPeriod`]: 301 },
    /less than or equal to 300/,
    measured('pf-ecs-healthcheck-start-period-range'),
    { ...invalid, base: 'with a health check' },
  ),
  refused({ [`${c}.healthCheck.command`]: [] }, /must start with CMD or CMD-SHELL/, api, {
    base: 'with a health check',
  }),
  refused(
    { [`${c}.restartPolicy`]: { enabled: true, restartAttemptPeriod: 10 } },
    /greater than or equal to 60/,
    measured('pf-ecs-restart-policy-attempt-period-range'),
    invalid,
  ),
  refused(
    { [`${c}.restartPolicy`]: { enabled: true, ignoredExitCodes: Array.from({ length: 51 }, (_, index) => index) } },
    'ignored exit codes can have at most 50 items.',
    api,
    invalid,
  ),
  refused(
    { [`${c}.versionConsistency`]: 'maybe' },
    'versionConsistency should be one of [enabled, disabled]',
    api,
    invalid,
  ),
  refused(
    { [`${c}.credentialSpecs`]: ['credentialspec:a', 'credentialspec:b'] },
    'credential specs can have at most 1 items.',
    api,
    invalid,
  ),
  refused(
    { [`${c}.firelensConfiguration`]: { type: 'logstash' } },
    'type should be one of [fluentd, fluentbit]',
    api,
    invalid,
  ),
  refused({ [`${c}.resourceRequirements`]: [{ type: 'TPU', value: '1' }] }, /^type should be one of/, api, invalid),
  refused(
    { [`${c}.resourceRequirements`]: [{ type: 'GPU', value: 'one' }] },
    "The value 'one' for GPU is invalid.",
    api,
  ),
  refused({ [`${c}.linuxParameters`]: { swappiness: 101 } }, /less than or equal to 100/, api, invalid),
  refused(
    { [`${c}.linuxParameters`]: { devices: [{ hostPath: '/dev/a', permissions: ['execute'] }] } },
    'permissions should be one of [read, write, mknod]',
    api,
    invalid,
  ),
  refused(
    { [`${c}.linuxParameters`]: { initProcessEnabled: true } },
    'linuxParameters are not supported for Windows containers.',
    api,
    { base: 'on Windows' },
  ),
  refused({ [`${c}.linuxParameters`]: { capabilities: { add: ['FLY'] } } }, /^add should be one of/, api, invalid),
  refused({ [`${c}.linuxParameters`]: { capabilities: { drop: ['FLY'] } } }, /^drop should be one of/, api, invalid),

  refused(
    { [`${c}.dependsOn`]: [{ containerName: 'web', condition: 'START' }] },
    "Container 'web' cannot depend on itself.",
    api,
  ),
  refused(
    { [`${c}.dependsOn`]: [{ containerName: 'gone', condition: 'START' }] },
    /^Cannot depend on container \+ 'gone' because it does not exist/,
    measured('pf-ecs-dependson-container-missing'),
  ),
  refused(
    { 'containerDefinitions.1.dependsOn': [{ containerName: 'web', condition: 'START' }] },
    /form a circle/,
    api,
    { base: 'with two containers' },
  ),
  refused({ [`${c}.dependsOn.0.condition`]: 'READY' }, /^condition should be one of/, api, {
    ...invalid,
    base: 'with two containers',
  }),
  refused(
    { [`${c}.dependsOn.0.condition`]: 'HEALTHY' },
    'A dependency container with HEALTHY condition must have health check configured',
    measured('pf-ecs-dependson-healthy-without-healthcheck'),
    { base: 'with two containers' },
  ),
  refused(
    { [`${c}.dependsOn.0.condition`]: 'SUCCESS', 'containerDefinitions.1.essential': true },
    'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
    issue('klothoplatform/klotho#892'),
    { base: 'with two containers' },
  ),
  refused(
    { 'containerDefinitions.1.name': 'web', [`${c}.dependsOn`]: undefined },
    /^Container names must be unique within a task definition/,
    measured('pf-ecs-duplicate-container-names'),
    { base: 'with two containers' },
  ),
  refused(
    {
      memory: '150',
      cpu: '256',
      [`${c}.memory`]: undefined,
      [`${c}.memoryReservation`]: 100,
      'containerDefinitions.1.memory': undefined,
      'containerDefinitions.1.memoryReservation': 100,
    },
    /^The sum of all container 'memoryReservation' values/,
    api,
    { base: 'with two containers' },
  ),

  refused({ 'volumes.0.name': 'no spaces' }, 'Volume name contains invalid characters.', api, { base: 'with EFS' }),
  refused({ 'volumes.1': { name: 'data' } }, /^Volume names must be unique/, api, { base: 'with EFS' }),
  refused({ 'volumes.0.host': { sourcePath: '/data' } }, /^Only one volume configuration/, api, { base: 'with EFS' }),
  refused(
    { 'volumes.0.efsVolumeConfiguration.transitEncryption': 'MAYBE' },
    'transitEncryption should be one of [ENABLED, DISABLED]',
    api,
    { ...invalid, base: 'with EFS' },
  ),
  refused(
    {
      'volumes.0.efsVolumeConfiguration.transitEncryption': undefined,
      'volumes.0.efsVolumeConfiguration.authorizationConfig': { iam: 'ENABLED' },
    },
    'EFS IAM authorization requires TransitEncryption to be enabled.',
    measured('pf-ecs-efs-iam-without-transit-encryption'),
    { base: 'with EFS' },
  ),
  refused(
    {
      'volumes.0.efsVolumeConfiguration.transitEncryption': undefined,
      'volumes.0.efsVolumeConfiguration.transitEncryptionPort': 2049,
    },
    'TransitEncryptionPort requires that TransitEncryption is enabled.',
    measured('pf-ecs-efs-transit-encryption-port-without-encryption'),
    { base: 'with EFS' },
  ),
  refused(
    {
      'volumes.0.efsVolumeConfiguration.rootDirectory': '/a',
      'volumes.0.efsVolumeConfiguration.authorizationConfig': { accessPointId: 'fsap-1' },
    },
    /^When using an EFS access point, the root directory/,
    measured('pf-ecs-efs-access-point-with-root-directory'),
    { base: 'with EFS' },
  ),
  refused(
    { 'volumes.0.efsVolumeConfiguration.authorizationConfig': { iam: 'YES' } },
    'iam should be one of [ENABLED, DISABLED]',
    api,
    { ...invalid, base: 'with EFS' },
  ),
  refused({ 'volumes.0.dockerVolumeConfiguration.scope': 'world' }, 'scope should be one of [task, shared]', api, {
    ...invalid,
    base: 'with Docker volume',
  }),
  refused({ 'volumes.0.dockerVolumeConfiguration.scope': 'task' }, /^autoprovision can only be used/, api, {
    base: 'with Docker volume',
  }),
  refused(
    { volumes: [{ name: 'data', configuredAtLaunch: true }] },
    'Volumes [data] are not referenced by any of the containers.',
    measured('pf-ecs-volume-not-referenced'),
  ),
]

const onFargate = (change: Row['change'], message: Row['message'], source: string): Row =>
  refused(change, message, source, { base: 'on Fargate' })

export const fargateRows: readonly Row[] = [
  onFargate(
    { networkMode: 'bridge' },
    'Fargate only supports network mode ‘awsvpc’.',
    issue('aws/amazon-ecs-cli#1145'),
  ),
  onFargate(
    { cpu: undefined },
    "Fargate requires that 'cpu' be defined at the task level.",
    issue('klothoplatform/klotho#892'),
  ),
  onFargate(
    { memory: undefined, [`${c}.memory`]: 128 },
    "Fargate requires that 'memory' be defined at the task level.",
    measured('pf-ecs-fargate-task-cpu-memory'),
  ),
  onFargate({ memory: '4096' }, 'No Fargate configuration exists for given values.', issue('ecs-facts [F]')),
  onFargate(
    { 'runtimePlatform.operatingSystemFamily': 'WINDOWS_SERVER_2022_CORE' },
    'No Fargate configuration exists for given values.',
    measured('pf-ecs-fargate-windows-cpu-under-1vcpu'),
  ),
  onFargate(
    {
      cpu: '1024',
      memory: '2048',
      runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE', cpuArchitecture: 'ARM64' },
    },
    'No Fargate configuration exists for given values.',
    measured('pf-ecs-windows-arm64'),
  ),
  onFargate(
    { executionRoleArn: undefined },
    'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    measured('pf-ecs-fargate-execution-role-missing-awslogs'),
  ),
  onFargate(
    {
      executionRoleArn: undefined,
      [`${c}.logConfiguration`]: undefined,
      [`${c}.image`]: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1',
    },
    'Fargate requires task definition to have execution role ARN to support ECR images.',
    issue('ecs-facts [F]'),
  ),
  onFargate(
    { volumes: [{ name: 'data', host: { sourcePath: '/data' } }] },
    'host.sourcePath should not be set for volumes in Fargate.',
    issue('Neaox/overcast, internal/services/ecs'),
  ),
  onFargate(
    { volumes: [{ name: 'data', dockerVolumeConfiguration: { scope: 'task' } }] },
    'Fargate compatible task definitions do not support dockerVolumeConfiguration',
    measured('pf-ecs-fargate-docker-volume'),
  ),
  onFargate(
    {
      volumes: [
        {
          name: 'data',
          fsxWindowsFileServerVolumeConfiguration: {
            fileSystemId: 'fs-1',
            rootDirectory: '/',
            authorizationConfig: { credentialsParameter: role, domain: 'd' },
          },
        },
      ],
    },
    /^Fargate compatible task definitions do not support fsx/,
    api,
  ),
  onFargate(
    { [`${c}.privileged`]: true },
    "Fargate requires that the 'privileged' setting be 'false'.",
    measured('pf-ecs-fargate-privileged'),
  ),
  onFargate(
    { pidMode: 'host' },
    "Tasks using the Fargate launch type do not support pidMode 'host'.",
    measured('pf-ecs-fargate-pid-mode-host'),
  ),
  onFargate(
    { ipcMode: 'host' },
    'Tasks using the Fargate launch type do not support ipcMode.',
    issue('cn-terraform/terraform-aws-ecs-fargate#2'),
  ),
  onFargate(
    { placementConstraints: [{ type: 'memberOf', expression: 'attribute:a exists' }] },
    'Fargate compatible task definitions do not support constraints',
    measured('pf-ecs-fargate-placement-constraints'),
  ),
  onFargate(
    { [`${c}.resourceRequirements`]: [{ type: 'GPU', value: '1' }] },
    'Tasks using the Fargate launch type do not support GPU resource requirements.',
    measured('pf-ecs-fargate-gpu-resource'),
  ),
  onFargate(
    { [`${c}.linuxParameters`]: { devices: [{ hostPath: '/dev/a' }] } },
    'Fargate compatible task definitions do not support devices',
    measured('pf-ecs-fargate-devices'),
  ),
  onFargate(
    { [`${c}.linuxParameters`]: { maxSwap: 10 } },
    'Fargate compatible task definitions do not support maxSwap',
    measured('pf-ecs-fargate-max-swap'),
  ),
  onFargate(
    { [`${c}.linuxParameters`]: { sharedMemorySize: 10 } },
    'Fargate compatible task definitions do not support sharedMemorySize',
    measured('pf-ecs-fargate-shared-memory-size'),
  ),
  onFargate(
    { [`${c}.linuxParameters`]: { capabilities: { add: ['NET_ADMIN'] } } },
    'NET_ADMIN is not allowed on Fargate.',
    measured('pf-ecs-fargate-capabilities-add'),
  ),
  onFargate(
    { [`${c}.dockerSecurityOptions`]: ['no-new-privileges'] },
    'Fargate compatible task definitions do not support dockerSecurityOptions',
    measured('pf-ecs-fargate-docker-security-options'),
  ),
  onFargate(
    { [`${c}.logConfiguration`]: { logDriver: 'gelf' } },
    'gelf is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]',
    measured('pf-ecs-fargate-log-driver-unsupported'),
  ),
  onFargate(
    { [`${c}.logConfiguration.options.awslogs-stream-prefix`]: undefined },
    /^Fargate requires log configuration options to include awslogs-stream-prefix/,
    measured('pf-ecs-awslogs-fargate-missing-stream-prefix'),
  ),
  onFargate({ [`${c}.stopTimeout`]: 200 }, /must be between 2 and 120 seconds on Fargate/, api),
  onFargate({ [`${c}.startTimeout`]: 1 }, /must be between 2 and 120 seconds on Fargate/, api),
  onFargate(
    { [`${c}.firelensConfiguration`]: { type: 'fluentbit', options: { 'config-file-type': 's3' } } },
    "Fargate launch type does not support FirelensConfiguration config file from 's3'",
    issue('floci-io/floci, EcsService'),
  ),
]
