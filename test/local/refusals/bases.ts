// Inputs that AWS takes, by name; `{lb}` and the like stand for the ARN of what world.ts makes.
import type { Unchecked } from '../../../src/local/world/operation.ts'

export const role = 'arn:aws:iam::123456789012:role/web'
const container: Unchecked = { name: 'web', image: 'web:v1', memory: 128 }
const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } }

export const onEc2 = {
  family: 'web',
  containerDefinitions: [{ ...container, portMappings: [{ name: 'http', containerPort: 80, hostPort: 0 }] }],
}

export const awsvpc = {
  family: 'awsvpc',
  networkMode: 'awsvpc',
  containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80 }] }],
}

export const fargate = {
  family: 'fargate',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: role,
  containerDefinitions: [
    {
      name: 'web',
      image: 'web:v1',
      portMappings: [{ name: 'http', containerPort: 80 }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
      },
    },
  ],
}

const twoContainers = {
  ...onEc2,
  containerDefinitions: [
    { ...container, dependsOn: [{ containerName: 'init', condition: 'START' }] },
    { name: 'init', image: 'init:v1', memory: 64, essential: false },
  ],
}

const service = { cluster: 'c', serviceName: 'new', taskDefinition: 'web', desiredCount: 1 }
const balanced = {
  ...service,
  loadBalancers: [{ targetGroupArn: '{two}', containerName: 'web', containerPort: 80 }],
  healthCheckGracePeriodSeconds: 30,
}

const target = {
  Id: 'web',
  Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c',
  RoleArn: role,
  EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1' },
}

export const bases: Readonly<Record<string, Unchecked>> = {
  'ecs RegisterTaskDefinition': onEc2,
  'in awsvpc': awsvpc,
  'on Fargate': fargate,
  'with task size': { ...onEc2, cpu: '256', memory: '512' },
  'with two containers': twoContainers,
  'with EFS': {
    ...onEc2,
    volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1', transitEncryption: 'ENABLED' } }],
  },
  'with Docker volume': {
    ...onEc2,
    volumes: [{ name: 'data', dockerVolumeConfiguration: { scope: 'shared', autoprovision: true } }],
  },
  'with a health check': {
    ...onEc2,
    containerDefinitions: [
      { ...onEc2.containerDefinitions[0], healthCheck: { command: ['CMD-SHELL', 'true'], interval: 10 } },
    ],
  },
  'with awslogs': {
    ...onEc2,
    containerDefinitions: [
      {
        ...container,
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1' } },
      },
    ],
  },
  'with a secret': {
    ...onEc2,
    executionRoleArn: role,
    containerDefinitions: [
      { ...container, secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/key' }] },
    ],
  },
  'on Windows': { ...onEc2, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
  'ecs CreateService': service,
  'a DAEMON': { cluster: 'c', serviceName: 'new', taskDefinition: 'web', schedulingStrategy: 'DAEMON' },
  'a service on Fargate': {
    ...service,
    taskDefinition: 'fargate',
    launchType: 'FARGATE',
    networkConfiguration: network,
  },
  'a service in awsvpc': { ...service, taskDefinition: 'awsvpc', networkConfiguration: network },
  'a balanced service': balanced,
  'a service of providers': { ...service, capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] },
  'a service with EBS': {
    ...service,
    taskDefinition: 'volumes',
    volumeConfigurations: [{ name: 'data', managedEBSVolume: { roleArn: role, sizeInGiB: 10 } }],
  },
  'a blue/green service': {
    ...service,
    deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1, lifecycleHooks: [] },
  },
  'ecs UpdateService': { cluster: 'c', service: 'web' },
  'update of a DAEMON': { cluster: 'c', service: 'daemon' },
  'update on Fargate': { cluster: 'c', service: 'fargate' },
  'update of providers': { cluster: 'c', service: 'providers' },
  'ecs RunTask': { cluster: 'c', taskDefinition: 'web' },
  'a task on Fargate': {
    cluster: 'c',
    taskDefinition: 'fargate',
    launchType: 'FARGATE',
    networkConfiguration: network,
  },
  'a task with EBS': {
    cluster: 'c',
    taskDefinition: 'volumes',
    volumeConfigurations: [{ name: 'data', managedEBSVolume: { roleArn: role, sizeInGiB: 10 } }],
  },
  'ecs CreateCluster': { clusterName: 'new' },
  'ecs DescribeServices': { cluster: 'c', services: ['{web}'] },
  'ecs DescribeTasks': { cluster: 'c', tasks: ['{task}'] },
  'ecs StopTask': { cluster: 'c', task: '{task}' },
  'ecs ListServices': { cluster: 'c' },
  'ecs ListTasks': { cluster: 'c' },
  'ecs DescribeTaskDefinition': { taskDefinition: 'web' },
  'ecs TagResource': { resourceArn: '{web}', tags: [{ key: 'a', value: 'b' }] },
  'events PutRule': { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' },
  'a pattern': { Name: 'hourly', EventPattern: '{"source":["aws.ecs"]}' },
  'events PutTargets': { Rule: 'nightly', Targets: [target] },
  'a target with a transformer': {
    Rule: 'nightly',
    Targets: [{ ...target, InputTransformer: { InputPathsMap: { at: '$.time' }, InputTemplate: '{"at": <at>}' } }],
  },
  'elbv2 CreateTargetGroup': { Name: 'new', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1' },
  'a TCP group': { Name: 'new', Protocol: 'TCP', Port: 80, VpcId: 'vpc-1' },
  'a lambda group': { Name: 'new', TargetType: 'lambda' },
  'elbv2 CreateListener': {
    LoadBalancerArn: '{lb}',
    Protocol: 'HTTP',
    Port: 81,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: '{free}' }],
  },
  'an HTTPS listener': {
    LoadBalancerArn: '{lb}',
    Protocol: 'HTTPS',
    Port: 443,
    Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: '{free}' }],
  },
  'a TCP listener': {
    LoadBalancerArn: '{nlb}',
    Protocol: 'TCP',
    Port: 81,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: '{tcp}' }],
  },
  'a redirect': {
    LoadBalancerArn: '{lb}',
    Protocol: 'HTTP',
    Port: 81,
    DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
  },
  'a fixed response': {
    LoadBalancerArn: '{lb}',
    Protocol: 'HTTP',
    Port: 81,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain' } }],
  },
  'autoscaling CreateAutoScalingGroup': {
    AutoScalingGroupName: 'new',
    MinSize: 0,
    MaxSize: 2,
    AvailabilityZones: ['us-east-1a'],
    LaunchTemplate: { LaunchTemplateName: 'shop', Version: '$Latest' },
  },
  'a group of mixed instances': {
    AutoScalingGroupName: 'new',
    MinSize: 0,
    MaxSize: 2,
    AvailabilityZones: ['us-east-1a'],
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: 'shop', Version: '$Latest' },
        Overrides: [{ InstanceType: 't3.small' }],
      },
      InstancesDistribution: { OnDemandBaseCapacity: 0 },
    },
  },
}
