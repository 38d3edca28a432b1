// Services of every shape, as others have made them: what is registered, and how the service and rules are set up.
import type { Unchecked } from '../../../src/local/world/wire.ts'
import type { Provision } from '../../../src/local/provisioning/provision.ts'

/** One service, and what it needs. */
export interface Shape {
  readonly taskDefinition: Unchecked
  readonly service?: Unchecked
  readonly made?: Provision
  /** Targets of rules, by the name of the rule and its bus; the revision is filled in. */
  /** Schedules that start it, as CreateSchedule takes them, without their target. */
  readonly schedules?: readonly Unchecked[]
  readonly targets?: readonly { readonly rule: string; readonly bus?: string; readonly target: Unchecked }[]
}

export const account = '123456789012'
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`
export const clusterArn = `arn:aws:ecs:us-east-1:${account}:cluster/shop`
const repository = `${account}.dkr.ecr.us-east-1.amazonaws.com/shop`
const web = { name: 'web', image: `${repository}/web:v1.2.3`, memory: 512 }
const onEc2 = (more: Unchecked = {}, rest: Unchecked = {}): Unchecked => ({
  family: 'web',
  containerDefinitions: [{ ...web, ...more }],
  ...rest,
})
const onFargate = (more: Unchecked = {}, rest: Unchecked = {}): Unchecked => ({
  family: 'web',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  executionRoleArn: role('execution'),
  containerDefinitions: [{ ...web, ...more }],
  ...rest,
})
const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' } }
const fargate = { launchType: 'FARGATE', networkConfiguration: network }

/** Texts that would break out of a string, a template, a comment or a page. */
export const oddTexts = [
  `it's "quoted" \`ticked\` \${process.exit(1)} \\' \\\\`,
  'line\nbreaks\r\nand\ttabs\u2028\u2029',
  '*/ process.exit(1) /* // </script><!--',
  'ünïcödé 日本 🦄 \u202e reversed',
  'x'.repeat(5000),
  '',
  ' blanks ',
  '##[error] ::warning:: %0A',
]

export const shapes: Readonly<Record<string, Shape>> = {
  'a container on EC2': { taskDefinition: onEc2() },
  'a service on Fargate': { taskDefinition: onFargate(), service: fargate },
  'bridge networking with fixed, free and UDP ports': {
    taskDefinition: onEc2(
      {
        portMappings: [
          { containerPort: 80, hostPort: 8080 },
          { containerPort: 81 },
          { containerPort: 53, protocol: 'udp' },
        ],
      },
      { networkMode: 'bridge' },
    ),
  },
  'host networking': {
    taskDefinition: onEc2({ portMappings: [{ containerPort: 80, hostPort: 80 }] }, { networkMode: 'host' }),
  },
  'awsvpc on EC2': {
    taskDefinition: onEc2(
      { portMappings: [{ containerPort: 80, name: 'http', appProtocol: 'http' }] },
      { networkMode: 'awsvpc' },
    ),
    service: { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
  },
  'a daemon': {
    taskDefinition: onEc2({ privileged: true }),
    service: { schedulingStrategy: 'DAEMON' },
    made: { containerInstances: [{ cluster: 'shop', ec2InstanceId: 'i-1' }] },
  },
  'volumes of EFS, Docker and the host': {
    taskDefinition: onEc2(
      {
        mountPoints: [
          { sourceVolume: 'efs', containerPath: '/efs' },
          { sourceVolume: 'docker', containerPath: '/docker', readOnly: true },
          { sourceVolume: 'host', containerPath: '/host' },
          { sourceVolume: 'scratch', containerPath: '/tmp' },
        ],
      },
      {
        volumes: [
          {
            name: 'efs',
            efsVolumeConfiguration: {
              fileSystemId: 'fs-12345678',
              transitEncryption: 'ENABLED',
              authorizationConfig: { accessPointId: 'fsap-12345678', iam: 'ENABLED' },
            },
          },
          {
            name: 'docker',
            dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, driver: 'local', labels: { a: 'b' } },
          },
          { name: 'host', host: { sourcePath: '/var/data' } },
          { name: 'scratch', host: {} },
        ],
      },
    ),
  },
  'secrets by reference, environment files and repository credentials': {
    taskDefinition: onFargate({
      secrets: [{ name: 'DB_PASSWORD', valueFrom: `arn:aws:ssm:us-east-1:${account}:parameter/db` }],
      environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::bucket/web.env' }],
      repositoryCredentials: { credentialsParameter: `arn:aws:secretsmanager:us-east-1:${account}:secret:hub-AbCdEf` },
    }),
    service: fargate,
  },
  'secrets in clear': {
    taskDefinition: onEc2({
      environment: [
        { name: 'DB_PASSWORD', value: 'correct-horse-battery' },
        { name: 'DATABASE_URL', value: 'postgres://app:hunter2hunter2@db.example.com/shop' },
        { name: 'LEVEL', value: 'info' },
      ],
      command: ['serve', '--token=gjd8f7s6dHHs8d7f6s', '--port', '80'],
      dockerLabels: { 'api-token': 'tok-9s8d7f6s8d7f' },
      logConfiguration: {
        logDriver: 'splunk',
        options: { 'splunk-token': '176FCEBF-4CF5-4EDF-91BC-703796522D20', 'splunk-url': 'https://splunk.example.com' },
      },
    }),
  },
  'sidecars: one of the same tag and place, others of their own': {
    taskDefinition: {
      family: 'web',
      containerDefinitions: [
        { ...web, name: 'init', essential: false, image: 'busybox:1.36' },
        { ...web, links: ['nginx'], dependsOn: [{ containerName: 'init', condition: 'COMPLETE' }] },
        { ...web, name: 'nginx', image: `${repository}/nginx:v1.2.3` },
        { ...web, name: 'redis', image: 'redis:v1.2.3', essential: false },
        { ...web, name: 'agent', image: 'public.ecr.aws/agent/agent', essential: false },
      ],
    },
  },
  FireLens: {
    taskDefinition: {
      ...onFargate({
        logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'cloudwatch', region: 'us-east-1' } },
      }),
      containerDefinitions: [
        {
          ...web,
          logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'cloudwatch', log_group_name: 'web' } },
        },
        {
          name: 'router',
          image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
          essential: true,
          memoryReservation: 50,
          user: '0',
          firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
        },
      ],
    },
    service: fargate,
  },
  'health checks, limits and Linux parameters': {
    taskDefinition: onEc2({
      healthCheck: { command: ['CMD-SHELL', `curl -f "http://localhost/" || exit 1`], interval: 10, startPeriod: 5 },
      ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }],
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { add: ['SYS_PTRACE'], drop: ['NET_RAW'] },
        devices: [{ hostPath: '/dev/fuse', containerPath: '/dev/fuse', permissions: ['read', 'write'] }],
        sharedMemorySize: 64,
        tmpfs: [{ containerPath: '/run', size: 16, mountOptions: ['noexec'] }],
      },
      systemControls: [{ namespace: 'net.core.somaxconn', value: '1024' }],
      extraHosts: [{ hostname: 'db', ipAddress: '10.0.0.1' }],
      dnsServers: ['10.0.0.2'],
      stopTimeout: 60,
      startTimeout: 30,
      interactive: true,
      pseudoTerminal: true,
      readonlyRootFilesystem: true,
      user: '1000:1000',
      workingDirectory: '/app',
      hostname: 'web',
      restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 180 },
      entryPoint: ['/bin/sh', '-c'],
      memoryReservation: 128,
      cpu: 128,
    }),
  },
  'Service Connect': {
    taskDefinition: onFargate({ portMappings: [{ containerPort: 80, name: 'http' }] }),
    service: {
      ...fargate,
      serviceConnectConfiguration: {
        enabled: true,
        namespace: 'shop.local',
        services: [{ portName: 'http', clientAliases: [{ port: 80, dnsName: 'web' }] }],
      },
    },
    made: { namespaces: [{ namespace: 'shop.local' }] },
  },
  'a load balancer': {
    taskDefinition: onFargate({ portMappings: [{ containerPort: 80 }] }),
    service: {
      ...fargate,
      healthCheckGracePeriodSeconds: 30,
      loadBalancers: [{ targetGroupArn: 'TARGET-GROUP', containerName: 'web', containerPort: 80 }],
    },
  },
  'capacity providers': {
    taskDefinition: onFargate(),
    service: {
      networkConfiguration: network,
      capacityProviderStrategy: [
        { capacityProvider: 'FARGATE_SPOT', weight: 3 },
        { capacityProvider: 'FARGATE', base: 1, weight: 1 },
      ],
    },
    made: {
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'].map((capacityProvider) => ({ cluster: 'shop', capacityProvider })),
    },
  },
  'an ARM task with ephemeral storage, roles and tags': {
    taskDefinition: onFargate(
      {},
      {
        runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
        ephemeralStorage: { sizeInGiB: 50 },
        taskRoleArn: role('task'),
        tags: [{ key: 'team', value: 'die ünsrigen' }],
      },
    ),
    service: {
      ...fargate,
      enableExecuteCommand: true,
      propagateTags: 'TASK_DEFINITION',
      tags: [{ key: 'a', value: 'b' }],
    },
  },
  'placement and process namespaces': {
    taskDefinition: onEc2(
      {},
      {
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.os-type == linux' }],
        pidMode: 'task',
        ipcMode: 'task',
      },
    ),
    service: {
      placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
      placementConstraints: [{ type: 'distinctInstance' }],
    },
  },
  'an image pinned by its digest': {
    taskDefinition: onEc2({ image: `${repository}/web@sha256:${'a'.repeat(64)}` }),
  },
  'an image with a tag and a digest': {
    taskDefinition: onEc2({ image: `${repository}/web:v1@sha256:${'a'.repeat(64)}` }),
  },
  'an image without a tag': { taskDefinition: onEc2({ image: 'localhost:5000/web' }) },
  'rules on two buses and schedules that start it': {
    taskDefinition: onFargate(),
    service: fargate,
    schedules: [
      { Name: 'weekly', ScheduleExpression: 'cron(0 0 ? * 1 *)', FlexibleTimeWindow: { Mode: 'OFF' } },
      { Name: 'hourly', ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' }, State: 'DISABLED' },
    ],
    made: { rules: [{ name: 'nightly' }, { name: 'order.placed', eventBusName: 'orders' }, { name: 'other' }] },
    targets: [
      {
        rule: 'nightly',
        target: {
          Id: 'report',
          Arn: clusterArn,
          RoleArn: role('events'),
          Input: '{"containerOverrides":[{"name":"web","command":["report"]}]}',
          EcsParameters: {
            TaskCount: 2,
            LaunchType: 'FARGATE',
            NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'ENABLED' } },
          },
          DeadLetterConfig: { Arn: `arn:aws:sqs:us-east-1:${account}:dead` },
          RetryPolicy: { MaximumRetryAttempts: 3 },
        },
      },
      {
        rule: 'order.placed',
        bus: 'orders',
        target: {
          Id: 'order',
          Arn: clusterArn,
          RoleArn: role('events'),
          InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '{"id": <id>}' },
          EcsParameters: {},
        },
      },
    ],
  },
  'texts of all kinds': {
    taskDefinition: onEc2(
      {
        environment: oddTexts.map((value, index) => ({ name: `TEXT_${index}`, value })),
        command: oddTexts.slice(0, 4),
      },
      { tags: [{ key: '/:=+-@ // \u2028', value: '日本 ' }] },
    ),
  },
}
