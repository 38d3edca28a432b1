import type { Wire } from '../../world/wire.ts'

export interface TaskRecord {
  /** As DescribeTasks shows it. */
  readonly task: Wire
  readonly cluster: string
  /** The service's name, where a service started it. */
  readonly service: string | undefined
  /** What the image tag, the command and the health checks make of it. */
  readonly life: TaskLife
  /** What it takes of the container instance that it is placed on, until it is STOPPED; absent: it is on none. */
  readonly reserved?: Reservation
  /** The load balancers of the service's revision that it was started for. */
  readonly loadBalancers?: readonly Wire[]
  /** Its service registries. */
  readonly serviceRegistries?: readonly Wire[]
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
  /** Where the containers with log driver awslogs write to, by container. */
  readonly logs: Record<string, { group: string; streamPrefix?: string }>
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
