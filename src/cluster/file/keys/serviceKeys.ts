// The keys of a service, and of the defaults of all services.
import { type SettingKey, serviceSettings } from '../../serviceSettings.ts'
import { networkModes } from '../../stack.ts'
import {
  clusterQuery,
  discoveryName,
  groupId,
  resourceName,
  role,
  roleArn,
  schedule,
  subnetId,
  timezone,
} from '../forms.ts'
import { flag, type Key, keysOf, type Keys, listOf, named, oneOf, text, whole } from '../shape.ts'
import { autoScalingKeys } from './autoScalingKeys.ts'
import { containerKeys, containers } from './containerKeys.ts'
import { elbKeys } from './elbKeys.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html */
export const breakerKeys = {
  enable: {
    shape: flag,
    says: 'Whether ECS fails a deployment whose tasks fail; otherwise such a deployment never ends.',
    default: true,
  },
  rollback: {
    shape: flag,
    says: 'Whether ECS then rolls back to the last deployment that completed.',
    default: true,
  },
} as const satisfies Keys

export const deploymentKeys = {
  maximum_percent: {
    shape: whole(100),
    says: 'The most tasks during a deployment, in percent of desired_count; 100 for a DAEMON.',
    default: 200,
  },
  minimum_healthy_percent: {
    shape: whole(0, 100),
    says: 'The fewest healthy tasks during a deployment, in percent of desired_count; 0 for a DAEMON.',
    default: 50,
  },
  deployment_circuit_breaker: {
    shape: keysOf('a deployment circuit breaker', breakerKeys),
    says: 'Whether ECS fails deployments itself; by default on, with rollback.',
  },
} as const satisfies Keys

/** What is filled in for each strategy. That of a DAEMON is AWS's own: with any other it could never be deployed. */
export const deploymentDefaults = {
  REPLICA: {
    maximumPercent: deploymentKeys.maximum_percent.default,
    minimumHealthyPercent: deploymentKeys.minimum_healthy_percent.default,
  },
  DAEMON: { maximumPercent: 100, minimumHealthyPercent: 0 },
}

export const networkKeys = {
  subnets: { shape: listOf(text(subnetId)), says: 'The subnets, instead of vpc.subnets.private.' },
  security_groups: {
    shape: listOf(text(groupId)),
    says: 'The security groups, instead of vpc.security_groups.private.',
  },
  assign_public_ip: { shape: flag, says: 'Whether each task gets a public IP address; Fargate only.', default: false },
} as const satisfies Keys

/** What a service may have for itself and `defaults` for all of them. */
const shared = {
  cpu: containerKeys.cpu,
  memory: containerKeys.memory,
  memory_reservation: containerKeys.memory_reservation,
  environment: containerKeys.environment,
  secrets: containerKeys.secrets,
  healthcheck: containerKeys.healthcheck,
  logging: containerKeys.logging,
  launch_type: { shape: oneOf('EC2', 'FARGATE'), says: 'What the tasks run on.', default: 'EC2' },
  desired_count: { shape: whole(0, 5000), says: 'How many tasks to run; with auto_scaling at first.', default: 1 },
  deployment_configuration: {
    shape: keysOf('a deployment configuration', deploymentKeys),
    says: 'How many tasks run during a deployment, and when ECS fails it.',
  },
  placement_constraints: {
    shape: listOf(
      keysOf('a placement constraint', {
        type: {
          shape: oneOf('distinctInstance', 'memberOf'),
          says: 'distinctInstance: each task on its own instance; memberOf: on the instances that match the expression.',
          isNeeded: true,
        },
        expression: {
          shape: text(clusterQuery),
          says: 'An expression in the cluster query language, such as attribute:ecs.instance-type =~ p3.*',
        },
      }),
    ),
    says: 'On which instances ECS may place tasks.',
  },
  network_mode: {
    shape: oneOf(...networkModes),
    says: 'awsvpc: each task has its own network interface; bridge: Docker maps ports of the instance to it; host: it uses the ports of the instance; none.',
  },
  network: {
    shape: keysOf('a network', networkKeys),
    says: 'The network of tasks with their own network interface: on Fargate, or with dns_discovery, network_mode awsvpc or this key.',
  },
  task_role_arn: { shape: text(role), says: 'The role of the code in the containers (task role).' },
  task_execution_role_arn: {
    shape: text(role),
    says: 'The role with which ECS pulls images, reads secrets and writes logs.',
  },
} as const satisfies Keys

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const serviceKeys = {
  type: {
    shape: oneOf('service', 'task'),
    says: 'A service runs on; a task runs once, before the services that depend on it, or on its schedule.',
    default: 'service',
  },
  depends_on: {
    shape: listOf(text(resourceName)),
    says: 'Services and tasks of this stack that must be deployed first.',
  },
  ...containerKeys,
  ...shared,
  scheduling_strategy: {
    shape: oneOf('REPLICA', 'DAEMON'),
    says: 'REPLICA: as many tasks as desired_count; DAEMON: one task on each instance.',
    default: serviceSettings.schedulingStrategy.usual,
  },
  elb: { shape: keysOf('a load balancer', elbKeys), says: 'The Application Load Balancer in front of the service.' },
  auto_scaling: {
    shape: keysOf('auto scaling', autoScalingKeys),
    says: 'How Application Auto Scaling scales the service; desired_count then counts only when the service is created.',
  },
  schedule: {
    shape: text(schedule),
    says: 'When EventBridge Scheduler starts the task, instead of the deploy: cron(MINUTE HOUR DAY MONTH WEEKDAY YEAR), rate(VALUE UNIT) or at(DATE).',
  },
  schedule_timezone: {
    shape: text(timezone),
    says: 'The time zone of cron and at, such as Europe/Berlin.',
    default: 'UTC',
  },
  schedule_role_arn: {
    shape: text(roleArn),
    says: 'The role with which EventBridge Scheduler starts the task; required with schedule.',
  },
  dns_discovery: {
    shape: keysOf('dns_discovery', {
      name: {
        shape: text(discoveryName),
        says: 'The name of the tasks below the namespace, such as user.staging.',
        isNeeded: true,
      },
    }),
    says: 'The name by which other services reach it; needs service_discovery.',
  },
  containers: { shape: containers, says: 'Further containers of each task, by name.' },
} as const satisfies Keys & Readonly<Record<SettingKey, Key>>

export const services = named(keysOf('a service', serviceKeys), resourceName)

export const defaults = keysOf('defaults', shared)
