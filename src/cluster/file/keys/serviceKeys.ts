// The keys of a service, and of the defaults of all services.
import { networkModes } from '../../stack.ts'
import { clusterQuery, discoveryName, filled, groupId, resourceName, subnetId } from '../forms.ts'
import { flag, keysOf, type Keys, listOf, named, oneOf, text, whole } from '../shape.ts'
import { containerKeys, containers } from './containerKeys.ts'
import { elbKeys } from './elbKeys.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html */
export const breakerKeys = {
  enable: {
    shape: flag,
    says: 'Whether ECS gives up a deployment whose tasks fail; without it, such a deployment goes on for ever.',
    default: true,
  },
  rollback: {
    shape: flag,
    says: 'Whether ECS then goes back to the last deployment that completed.',
    default: true,
  },
} as const satisfies Keys

export const deploymentKeys = {
  maximum_percent: {
    shape: whole(100),
    says: 'How many tasks there may be during a deployment, in percent of desired_count; 100 for a DAEMON.',
    default: 200,
  },
  minimum_healthy_percent: {
    shape: whole(0, 100),
    says: 'How many tasks stay healthy during a deployment, in percent of desired_count; 0 for a DAEMON.',
    default: 50,
  },
  deployment_circuit_breaker: {
    shape: keysOf('a deployment circuit breaker', breakerKeys),
    says: 'When ECS itself gives up a deployment; on, with rollback, where nothing is said.',
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
  subnets: { shape: listOf(text(subnetId)), says: 'The subnets, in place of vpc.subnets.private.' },
  security_groups: { shape: listOf(text(groupId)), says: 'The groups, in place of vpc.security_groups.private.' },
  assign_public_ip: { shape: flag, says: 'Whether each task gets a public address; Fargate only.', default: false },
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
  desired_count: { shape: whole(0, 5000), says: 'How many tasks there are to be.', default: 1 },
  deployment_configuration: {
    shape: keysOf('a deployment configuration', deploymentKeys),
    says: 'How many tasks there are while a service is deployed, and when ECS gives that up.',
  },
  placement_constraints: {
    shape: listOf(
      keysOf('a placement constraint', {
        type: {
          shape: oneOf('distinctInstance', 'memberOf'),
          says: 'distinctInstance: each task on an instance of its own; memberOf: on the instances of the expression.',
          isNeeded: true,
        },
        expression: {
          shape: text(clusterQuery),
          says: 'In the cluster query language, as in attribute:ecs.instance-type =~ p3.*',
        },
      }),
    ),
    says: 'On which instances tasks may be placed.',
  },
  network_mode: {
    shape: oneOf(...networkModes),
    says: 'awsvpc: each task has an address of its own; bridge: Docker leads ports of the instance to it; host: it has those of the instance; none.',
  },
  network: {
    shape: keysOf('a network', networkKeys),
    says: 'Where tasks with an address of their own are: those on Fargate, and those with dns_discovery, network_mode awsvpc or this key.',
  },
  task_role_arn: { shape: text(filled), says: 'The role of the code in the containers.' },
  task_execution_role_arn: {
    shape: text(filled),
    says: 'The role that ECS pulls images, reads secrets and writes logs with.',
  },
} as const satisfies Keys

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const serviceKeys = {
  type: {
    shape: oneOf('service', 'task'),
    says: 'A service, which goes on, or a task, which is run once before the services that depend on it.',
    default: 'service',
  },
  depends_on: {
    shape: listOf(text(resourceName)),
    says: 'Services and tasks of this stack that have to be there first.',
  },
  ...containerKeys,
  ...shared,
  scheduling_strategy: {
    shape: oneOf('REPLICA', 'DAEMON'),
    says: 'REPLICA: as many tasks as desired_count; DAEMON: one on each instance.',
    default: 'REPLICA',
  },
  elb: { shape: keysOf('a load balancer', elbKeys), says: 'The Application Load Balancer in front of it.' },
  dns_discovery: {
    shape: keysOf('dns_discovery', {
      name: {
        shape: text(discoveryName),
        says: 'The name below the namespace, as in user.staging, which leads to the tasks.',
        isNeeded: true,
      },
    }),
    says: 'A name for other services to reach it by; needs service_discovery.',
  },
  containers: { shape: containers, says: 'Further containers of each task, by name.' },
} as const satisfies Keys

export const services = named(keysOf('a service', serviceKeys), resourceName)

export const defaults = keysOf('defaults', shared)
