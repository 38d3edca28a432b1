// The records of ECS in a region: clusters, task definitions, services with their deployments, container instances and tasks.
import type { LoadBalancer, ServiceRegistry } from '@aws-sdk/client-ecs'
import type { Wire } from '../world/wire.ts'
import type {
  ShownCluster,
  ShownContainerInstance,
  ShownService,
  ShownServiceDeployment,
  ShownServiceRevision,
  ShownTask,
  ShownTaskDefinition,
} from './shown/records.ts'

export interface EcsRecords {
  /** By name. Deleted clusters stay, INACTIVE. */
  readonly clusters: Record<string, Cluster>
  /** By family: every revision there ever was, oldest first; numbers are never used again. */
  readonly taskDefinitions: Record<string, TaskDefinitionRecord[]>
  /** By `cluster/name`. Deleted services stay a while, INACTIVE. */
  readonly services: Record<string, ServiceRecord>
  /** By ARN. Those that were deregistered stay, INACTIVE, as long as their cluster. */
  readonly containerInstances: Record<string, ContainerInstanceRecord>
  /** By ARN. Stopped tasks stay for an hour. */
  readonly tasks: Record<string, TaskRecord>
  /** By ARN. */
  readonly serviceDeployments: Record<string, ServiceDeploymentRecord>
  /** By ARN. */
  readonly serviceRevisions: Record<string, ShownServiceRevision>
  /** By `cluster/clientToken`: what RunTask answered to it, and to which input. */
  readonly runTaskTokens: Record<string, { input: string; taskArns: string[] }>
  /** By name: the capacity providers that somebody created; Fargate's two are always there. */
  readonly capacityProviders: Record<string, CapacityProviderRecord>
  /** By name: the CloudWatch alarms that somebody has brought into a state. */
  readonly alarms: Record<string, 'ALARM' | 'OK'>
  /** By `cluster/service:STAGE`: what the Lambda hooks of a service answer there, where that is not SUCCEEDED. */
  readonly hookAnswers: Record<string, 'FAILED' | 'SUCCEEDED'>
}

export interface Cluster {
  readonly cluster: ShownCluster
}

/** As DescribeCapacityProviders shows it, without tags. */
export interface CapacityProviderRecord {
  readonly capacityProviderArn: string
  readonly name: string
  readonly status: 'ACTIVE'
  readonly autoScalingGroupProvider?: { readonly autoScalingGroupArn: string } | undefined
}

export interface TaskDefinitionRecord {
  readonly taskDefinition: ShownTaskDefinition
}

export interface ContainerInstanceRecord {
  /** As DescribeContainerInstances shows it, but for its counts and `remainingResources`, which follow from its tasks. */
  readonly containerInstance: ShownContainerInstance
  /** The cluster's name. */
  readonly cluster: string
}

export interface ServiceRecord {
  /** As DescribeServices shows it. */
  readonly service: ShownService
  /** By deployment id: what the scheduler remembers of it. */
  readonly rollouts: Record<string, Rollout>
  /** ARNs of its tasks that are meant to run, oldest first. */
  tasks: string[]
  /** Those of `tasks` that have become healthy. */
  healthy: string[]
  /** ARNs of its tasks on their way out, until they are STOPPED. */
  stopping: string[]
  /** Whether it has tasks to start that no container instance had room for; it looks again when one may. */
  waitsForRoom?: true
  /** Whether it has said that it reached a steady state and nothing has happened since. */
  steady: boolean
  /** The CreateService call that made it, by its clientToken: asked the same again, it answers the same. */
  readonly createdWith?: { clientToken: string; input: string }
  /** Epoch milliseconds at which the scheduler looks at the service next, whatever else happens; absent: when something does. */
  nextAt?: number
}

/** What the scheduler remembers of one deployment of a service. */
export interface Rollout {
  /** The full service configuration that this deployment stands for, to go back to. */
  readonly serviceRevisionArn: string
  serviceDeploymentArn: string
  /** How far it is; the deployment itself shows it for rolling updates only. */
  state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  /** Where it stands in its lifecycle stages, while it goes through them; absent: a rolling update. */
  walk?: Walk
  /** Epoch milliseconds until which a rolling update with alarms goes on watching them once its tasks are in place. */
  bakedAt?: number
  /** What the circuit breaker has counted. */
  failureCount: number
  /** How often in a row tasks of it stopped without having been RUNNING: the launch throttle grows with it. */
  launchFailures: number
  /** Epoch milliseconds before which no further task is started. */
  notBefore: number
  /** Whether a task of it has ever been RUNNING: the breaker's second stage. */
  reachedRunning: boolean
  /** Whether it has been COMPLETED once: only such a deployment can be rolled back to. */
  hasCompleted: boolean
}

/**
 * The stages of a deployment that is not a rolling update, in their order. The API's enumeration lacks
 * PRE_PRODUCTION_TRAFFIC_SHIFT, its description has it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export const lifecycleStages = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
] as const

export type LifecycleStage = (typeof lifecycleStages)[number]

/** The way of a deployment through its lifecycle stages. */
export interface Walk {
  /** The service deployment that shows it. On the way back it is that of the deployment that failed. */
  readonly serviceDeploymentArn: string
  /** Whether traffic and tasks go back to this deployment because the one that was to replace it has failed. */
  readonly back: boolean
  /** Id of the deployment that has the production traffic before; absent: a service's first deployment. */
  readonly source?: string
  /** Absent until the scheduler has looked at it for the first time. */
  stage?: LifecycleStage
  /** Epoch milliseconds at which the stage's hooks had let it pass; absent: not yet. */
  since?: number
  /** The hooks of the stage, by id. */
  hookIds: readonly string[]
}

export interface ServiceDeploymentRecord {
  /** As DescribeServiceDeployments shows it. */
  readonly serviceDeployment: ShownServiceDeployment
  readonly deploymentId: string
}

export interface TaskRecord {
  /** As DescribeTasks shows it. */
  readonly task: ShownTask
  readonly cluster: string
  /** The service's name, where a service started it. */
  readonly service: string | undefined
  /** What the image tag, the command and the health checks make of it. */
  readonly life: TaskLife
  /** What it takes of the container instance that it is placed on, until it is STOPPED; absent: it is on none. */
  readonly reserved?: Reservation
  /** The load balancers of the service's revision that it was started for. */
  readonly loadBalancers?: readonly Wire<LoadBalancer>[]
  /** Its service registries. */
  readonly serviceRegistries?: readonly Wire<ServiceRegistry>[]
  /** What it is registered as, for each of `loadBalancers`; absent: not yet, or not any more. */
  targets?: readonly TaskTarget[]
  /** Epoch milliseconds of the next thing that happens to it; absent: nothing more by itself. */
  nextAt?: number
}

/** CPU units, MiB of memory and fixed host ports. */
export interface Reservation {
  readonly cpu: number
  readonly memory: number
  readonly tcp: readonly number[]
  readonly udp: readonly number[]
}

/** A task as a target group knows it. */
export interface TaskTarget {
  readonly targetGroupArn: string
  readonly id: string
  readonly port: number
}

export interface TaskLife {
  /** What is left to happen, in order; the scheduler takes the first when `nextAt` has come. */
  steps: TaskStep[]
  /** Epoch milliseconds at which it became RUNNING; absent: not yet. */
  runningAt?: number
  /** Milliseconds after RUNNING until it counts as healthy; absent: it never does. */
  readonly healthyAfter?: number
  /** Milliseconds after RUNNING until its health checks have failed; absent: they do not. */
  readonly failsAfter?: number
  /** The essential containers with a health check: together they are the task's health. */
  readonly healthChecked: string[]
  /** Whether a load balancer or a service registry has to learn that it comes and goes. */
  readonly registered: boolean
  /** The containers whose end is the task's end. */
  readonly essential: string[]
  /** Milliseconds for which a container with a stopTimeout goes on after SIGTERM, by container. */
  readonly stopTimeouts?: Record<string, number>
  /** Where the containers with log driver awslogs write to, by container; `creates`: they make the log group. */
  readonly logs: Record<string, { group: string; streamPrefix?: string; creates?: boolean }>
}

/** One thing that happens to a task, so many milliseconds after the thing before it. */
export interface TaskStep {
  readonly after: number
  readonly do:
    | 'provisioned'
    | 'cannotPull'
    | 'pulled'
    | 'start'
    | 'exit'
    | 'activating'
    | 'running'
    | 'health'
    | 'look'
    | 'deregistered'
    | 'deactivated'
    | 'killed'
    | 'lost'
    | 'deprovisioned'
    | 'forgotten'
  /** The container it happens to, where it is one. */
  readonly container?: string
  /** What is said about it: a log line, a reason, a health status. */
  readonly text?: string
  readonly exitCode?: number
}
