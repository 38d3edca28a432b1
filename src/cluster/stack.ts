/** What a stack is: the data that a file is read to, and that is planned from. */

/**
 * A stack: what the YAML files of `ecs-task cluster` say, merged, checked and filled out. Members are named as the keys in
 * the file, in camel case; every default has been filled in, so that whoever reads a stack needs none.
 */
export interface Stack {
  readonly vpc: Vpc | undefined
  /** The private DNS namespace of `dns_discovery`: `example.sd`. */
  readonly namespace: string | undefined
  /** In the order of the files. */
  readonly services: readonly StackService[]
}

/** The VPC that load balancers and tasks are in. */
export interface Vpc {
  readonly id: string
  readonly subnets: PublicAndPrivate
  readonly securityGroups: PublicAndPrivate
}

/** Ids by where they are used: a public load balancer; a private one, and tasks with a network interface of their own. */
export interface PublicAndPrivate {
  readonly public: readonly string[]
  readonly private: readonly string[]
}

/**
 * In which network tasks are.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html#ECS-RegisterTaskDefinition-request-networkMode
 */
export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none'

export const networkModes = ['awsvpc', 'bridge', 'host', 'none'] as const satisfies readonly NetworkMode[]

/** A service of a stack, or a one-off task. */
export interface StackService {
  readonly name: string
  /** A service that goes on, or a task that is run once, before the services that depend on it. */
  readonly type: 'service' | 'task'
  /** Names of what has to be there first. */
  readonly dependsOn: readonly string[]
  /** The first one is named as the service and is what load balancers and discovery lead to. */
  readonly containers: readonly [StackContainer, ...StackContainer[]]
  readonly launchType: 'EC2' | 'FARGATE'
  /** Of the whole task, in CPU units: on Fargate, which needs it, and nowhere else. */
  readonly cpu: number | undefined
  /** Of the whole task, in MiB: on Fargate, which needs it, and nowhere else. */
  readonly memory: number | undefined
  readonly taskRoleArn: string | undefined
  readonly taskExecutionRoleArn: string | undefined
  readonly networkMode: NetworkMode
  /** Where tasks with a network interface of their own are; undefined: the private subnets and groups of the VPC. */
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

/** A port of a container, and where it is reached. */
export interface Port {
  /** The port of the instance that leads to the container's; undefined: any free one. */
  readonly host: number | undefined
  readonly container: number
  readonly protocol: 'tcp' | 'udp'
}

/** A volume that is mounted into a container. */
export interface Volume {
  readonly name: string
  /** The path on the instance; undefined: a volume of the task's own. */
  readonly host: string | undefined
  /** The path in the container. */
  readonly container: string
  readonly readOnly: boolean
}

/** The check of a container that Docker makes. `command` begins with CMD or CMD-SHELL; times are in seconds. */
export interface Healthcheck {
  readonly command: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly retries: number
  readonly startPeriod: number
}

/** Where tasks with a network interface of their own are, by ids. */
export interface Network {
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
}

/** The Application Load Balancer in front of a service. */
export interface Elb {
  /** Tells load balancers of one family apart: `<cluster>-<service>-<name>-lb`. */
  readonly name: string | undefined
  readonly type: 'public' | 'private'
  readonly protocol: 'HTTP' | 'HTTPS'
  readonly ports: { readonly public: number; readonly container: number }
  /** ARNs; the first is the default one of the listener. */
  readonly certificates: readonly string[]
  /** The listener's TLS policy; undefined without HTTPS. */
  readonly tlsPolicy: string | undefined
  readonly dns: { readonly hostedZoneId: string; readonly recordName: string } | undefined
  /** The check that the target group makes; times are in seconds. */
  readonly healthcheck: {
    readonly protocol: 'HTTP' | 'HTTPS'
    /** Undefined: the port that traffic goes to. */
    readonly port: number | undefined
    readonly path: string
    readonly intervalSeconds: number
    readonly timeoutSeconds: number
    readonly healthyThresholdCount: number
    readonly unhealthyThresholdCount: number
  }
  /** A load balancer of others, on which only a listener is made. */
  readonly loadBalancerArn: string | undefined
  /** A target group of others, into which the service's tasks go; nothing else is made. */
  readonly targetGroupArn: string | undefined
}
