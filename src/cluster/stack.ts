/** What a stack is: the data that a file is read to, and that is planned from. */

/**
 * A stack: the YAML files of `ecs-task cluster`, merged and checked, with every default filled in. Members are named like
 * the keys of the files, in camel case.
 */
export interface Stack {
  readonly vpc: Vpc | undefined
  /** The private DNS namespace of `dns_discovery`: `example.sd`. */
  readonly namespace: string | undefined
  /** In the order of the files. */
  readonly services: readonly StackService[]
}

/** The VPC of load balancers and tasks. */
export interface Vpc {
  readonly id: string
  readonly subnets: PublicAndPrivate
  readonly securityGroups: PublicAndPrivate
}

/** Ids by use: `public` for public load balancers; `private` for private ones and tasks with their own network interface. */
export interface PublicAndPrivate {
  readonly public: readonly string[]
  readonly private: readonly string[]
}

/**
 * The network mode of tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html#ECS-RegisterTaskDefinition-request-networkMode
 */
export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none'

export const networkModes = ['awsvpc', 'bridge', 'host', 'none'] as const satisfies readonly NetworkMode[]

/** A service of a stack, or a one-off task. */
export interface StackService {
  readonly name: string
  /** A service runs on; a task runs once, before the services that depend on it, or on its schedule. */
  readonly type: 'service' | 'task'
  /** Names of services and tasks that must be deployed first. */
  readonly dependsOn: readonly string[]
  /** The first one is named like the service; load balancers and discovery point at it. */
  readonly containers: readonly [StackContainer, ...StackContainer[]]
  readonly launchType: 'EC2' | 'FARGATE'
  /** CPU units of the whole task; only on Fargate, which requires it. */
  readonly cpu: number | undefined
  /** Memory of the whole task in MiB; only on Fargate, which requires it. */
  readonly memory: number | undefined
  readonly taskRoleArn: string | undefined
  readonly taskExecutionRoleArn: string | undefined
  readonly networkMode: NetworkMode
  /** The network of tasks with their own network interface; undefined: the private subnets and security groups of the VPC. */
  readonly network: Network | undefined
  readonly desiredCount: number
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON'
  readonly deploymentConfiguration: {
    readonly maximumPercent: number
    readonly minimumHealthyPercent: number
    readonly deploymentCircuitBreaker: { readonly enable: boolean; readonly rollback: boolean }
  }
  readonly placementConstraints: readonly {
    readonly type: 'distinctInstance' | 'memberOf'
    readonly expression: string | undefined
  }[]
  readonly elb: Elb | undefined
  /** The name in the namespace: `user.staging`. */
  readonly dnsDiscovery: { readonly name: string } | undefined
  /** How Application Auto Scaling scales it; undefined: the stack alone says how many tasks it has. */
  readonly autoScaling: AutoScaling | undefined
  /** When EventBridge Scheduler starts the task; undefined for a service, and for a task that is run once. */
  readonly schedule: TaskSchedule | undefined
}

/** When a task is started, and by which role of EventBridge Scheduler's. */
export interface TaskSchedule {
  /** `cron(0 6 * * ? *)`, `rate(1 day)` or `at(2027-01-01T06:00:00)`. */
  readonly expression: string
  readonly timezone: string
  readonly roleArn: string
}

/** Between how many tasks a service scales, and by what. */
export interface AutoScaling {
  readonly min: number
  readonly max: number
  /** The average CPU of the service to keep, in percent. */
  readonly cpu: number | undefined
  /** The average memory of the service to keep, in percent. */
  readonly memory: number | undefined
  /** Requests per minute and task to keep. */
  readonly requestsPerTarget: number | undefined
  /** Seconds between two times that these scale. */
  readonly scaleInCooldown: number
  readonly scaleOutCooldown: number
  readonly scheduled: readonly ScheduledScaling[]
}

/** From a moment on, another `min`, another `max`, or both. */
export interface ScheduledScaling {
  /** `cron(0 7 * * ? *)`, `rate(1 day)` or `at(2026-12-24T18:00:00)`. */
  readonly schedule: string
  readonly timezone: string
  readonly min: number | undefined
  readonly max: number | undefined
}

/** `count` tasks, or as few or as many as auto scaling lets there be. */
export function countWithin(count: number, scaling: Pick<AutoScaling, 'min' | 'max'> | undefined): number {
  return scaling ? Math.min(Math.max(count, scaling.min), scaling.max) : count
}

/** A container of a service's tasks. */
export interface StackContainer {
  readonly name: string
  readonly image: string
  readonly command: readonly string[] | undefined
  readonly entryPoint: readonly string[] | undefined
  readonly essential: boolean
  /** CPU units of this container; on Fargate the first one has none. */
  readonly cpu: number | undefined
  /** The hard limit in MiB; on Fargate the first container has none. */
  readonly memory: number | undefined
  /** The soft limit in MiB. */
  readonly memoryReservation: number | undefined
  /** Variables by name. */
  readonly environment: Readonly<Record<string, string>>
  /** ARNs of secrets and parameters by the name of the variable. */
  readonly secrets: Readonly<Record<string, string>>
  readonly ports: readonly Port[]
  readonly volumes: readonly Volume[]
  readonly gpus: number | undefined
  readonly privileged: boolean
  readonly healthcheck: Healthcheck | undefined
  readonly logging: { readonly logDriver: string; readonly options: Readonly<Record<string, string>> } | undefined
}

/** A published port of a container. */
export interface Port {
  /** The port of the instance; undefined: any free one. */
  readonly host: number | undefined
  readonly container: number
  readonly protocol: 'tcp' | 'udp'
}

/** A volume mounted into a container. */
export interface Volume {
  readonly name: string
  /** The path on the instance; undefined: a volume of the task itself. */
  readonly host: string | undefined
  /** The path in the container. */
  readonly container: string
  readonly readOnly: boolean
}

/** The health check of a container, run by Docker. `command` begins with CMD or CMD-SHELL; times are in seconds. */
export interface Healthcheck {
  readonly command: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly retries: number
  readonly startPeriod: number
}

/** The network of tasks with their own network interface, by ids. */
export interface Network {
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
}

/** The Application Load Balancer in front of a service. */
export interface Elb {
  /** Part of the name of the load balancer: `<cluster>-<service>-<name>-lb`. */
  readonly name: string | undefined
  readonly type: 'public' | 'private'
  readonly protocol: 'HTTP' | 'HTTPS'
  readonly ports: { readonly public: number; readonly container: number }
  /** ARNs; the first is the default of the listener. */
  readonly certificates: readonly string[]
  /** The listener's TLS policy; undefined without HTTPS. */
  readonly tlsPolicy: string | undefined
  readonly dns: { readonly hostedZoneId: string; readonly recordName: string } | undefined
  /** The health check of the target group; times are in seconds. */
  readonly healthcheck: {
    readonly protocol: 'HTTP' | 'HTTPS'
    /** Undefined: the port that receives the traffic. */
    readonly port: number | undefined
    readonly path: string
    readonly intervalSeconds: number
    readonly timeoutSeconds: number
    readonly healthyThresholdCount: number
    readonly unhealthyThresholdCount: number
  }
  /** An existing load balancer: ecs-task creates only a listener on it and a target group. */
  readonly loadBalancerArn: string | undefined
  /** An existing target group: the tasks of the service register there; ecs-task creates nothing else. */
  readonly targetGroupArn: string | undefined
}
