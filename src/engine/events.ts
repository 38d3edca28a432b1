/** The events of a run: the only truth about it. */
import type { ClientName, Method } from '../aws/aws.ts'
import type { ErrorCode } from '../ground/errors.ts'
import type { Outcome } from '../ground/exitCode.ts'
import type { Plan } from './plan.ts'
import type { Step } from './step.ts'

export type { Outcome }

/** An error as data: what happened, why, and what to do, one sentence each. `Unexpected` is a bug in ecs-task. */
export interface Problem {
  readonly code: ErrorCode | 'Unexpected'
  readonly what: string
  readonly why?: string
  readonly fix?: string
  /** Several findings, each a sentence that begins with its path. */
  readonly problems?: readonly string[]
  /** Where an unexpected error came from. */
  readonly stack?: string
}

/** A container of a task: its status in ECS's words and, once it has stopped, its exit code or why there is none. */
export interface ContainerProgress {
  readonly name: string
  readonly lastStatus: string
  readonly exitCode?: number
  readonly reason?: string
}

/** Tasks that stopped for the same reason. */
export interface StoppedTasks {
  readonly stoppedReason: string
  readonly count: number
  readonly taskArns: readonly string[]
  readonly containers: readonly ContainerProgress[]
}

/** The last log lines of a container, oldest first; or, in `note`, why there are none. */
export interface ContainerLog {
  readonly container: string
  readonly taskArn: string
  readonly lines: readonly string[]
  readonly note?: string
}

/** One target of a target group that is not healthy. */
export interface UnhealthyTarget {
  readonly targetGroupArn: string
  /** `10.0.0.7:8080`. */
  readonly target: string
  readonly state: string
  readonly reason?: string
  readonly description?: string
}

/** What a person would otherwise look up in the AWS console after a failure. */
export interface Forensics {
  /** The stopped tasks of this deployment or one-off task, grouped by reason. */
  readonly stoppedTasks: readonly StoppedTasks[]
  readonly logs: readonly ContainerLog[]
  readonly targets: readonly UnhealthyTarget[]
  /** What was still missing: `running 2 of 3`, `1 old task draining`. */
  readonly unmet: readonly string[]
  /** The command to type next. */
  readonly next?: string
}

/** The step that an event is about. */
export interface OfStep extends Pick<Step, 'id' | 'kind' | 'subject' | 'title'> {
  /** Whether it undoes another step. */
  readonly undoing: boolean
}

/** What happens in a run, in the order it happens; the only truth about it. */
export type RunEvent =
  | {
      readonly type: 'run.started'
      readonly command: Plan['command']
      readonly definitions: readonly string[]
      readonly tag?: string
      readonly region?: string
      /** Only a profile that somebody chose. */
      readonly profile?: string
      /** An endpoint that is not Amazon's: `http://127.0.0.1:4570`. It contains no password. */
      readonly endpoint?: string
      readonly local?: boolean
      readonly dryRun?: boolean
    }
  /** The account that the calls reach, as AWS named it in any response. */
  | { readonly type: 'account.identified'; readonly account: string }
  | { readonly type: 'plan.made'; readonly plan: Plan }
  | { readonly type: 'stage.started'; readonly title: string; readonly steps: readonly string[] }
  | (OfStep & { readonly type: 'step.started' })
  /**
   * `result` is for people: `web:8`, `exit code 0`. Every step that undoes another has `did`, and so has a step that found
   * nothing to do: then `result` says why.
   */
  | (OfStep & { readonly type: 'step.finished'; readonly result?: string; readonly did?: 'undone' | 'notNeeded' })
  /** A step that undoes another has `did`: ecs-task kept what the step was to put back. */
  | (OfStep & { readonly type: 'step.skipped'; readonly reason: string; readonly did?: 'kept' })
  | (OfStep & {
      readonly type: 'step.failed'
      readonly problem: Problem
      readonly forensics?: Forensics
    })
  | {
      readonly type: 'call.finished'
      readonly client: ClientName
      readonly method: Method
      readonly input: object
      readonly result: object
    }
  | {
      readonly type: 'call.failed'
      readonly client: ClientName
      readonly method: Method
      readonly input: object
      readonly error: { readonly name: string; readonly message: string }
    }
  | {
      readonly type: 'call.retried'
      readonly client: ClientName
      readonly method: Method
      readonly error: { readonly name: string; readonly message: string }
      readonly milliseconds: number
    }
  /** The progress of the rollout of one service; sent when it changes. */
  | {
      readonly type: 'service.progressed'
      readonly step: string
      readonly cluster: string
      readonly service: string
      readonly deploymentId: string
      readonly desired: number
      readonly running: number
      readonly pending: number
      readonly failed: number
      readonly rolloutState: string
      readonly others: number
      /** The stage of a blue/green, linear or canary deployment: `BAKE_TIME`. */
      readonly lifecycleStage?: string
      /** The share of the production traffic of a linear or canary deployment, in percent. */
      readonly trafficPercent?: number
    }
  /** A service event of ECS, as the AWS console shows it. `reportedAt` is ISO 8601. */
  | {
      readonly type: 'service.reported'
      readonly step: string
      readonly cluster: string
      readonly service: string
      readonly message: string
      readonly reportedAt: string
    }
  | {
      readonly type: 'task.progressed'
      readonly step: string
      readonly taskArn: string
      readonly lastStatus: string
      readonly containers: readonly ContainerProgress[]
    }
  /** An instance that is being replaced, or a replacement. `state` is its lifecycle state, or its status in the cluster. */
  | {
      readonly type: 'instance.progressed'
      readonly step: string
      readonly group: string
      readonly instanceId: string
      readonly state: string
      /** How many tasks run or are about to run on it; undefined before it joins the cluster. */
      readonly tasks?: number
    }
  /** A log line of a container of a one-off task, or with `deploy --logs` of a new task of a service. `loggedAt` is ISO 8601. */
  | {
      readonly type: 'log.received'
      readonly step: string
      /** `my_cluster/web`; absent for a one-off task. */
      readonly service?: string
      readonly taskArn: string
      readonly container: string
      readonly message: string
      readonly loggedAt: string
    }
  /** A deployment is paused at a PAUSE hook; `command` continues it. */
  | {
      readonly type: 'deployment.paused'
      readonly step: string
      readonly cluster: string
      readonly service: string
      readonly lifecycleStage: string
      readonly command: string
    }
  /** Another run holds a lock, for which this one waits for so long at most. Times are ISO 8601, by the holder's clock. */
  | {
      readonly type: 'lock.waiting'
      /** Its object: `s3://locks/shop/eu-west-1/services/my_cluster/web.json`. */
      readonly lock: string
      /** `my_cluster/web` */
      readonly of: string
      readonly holder: string
      readonly command: string
      readonly since: string
      readonly until: string
      /** Where its CI job can be seen. */
      readonly run?: string
      readonly milliseconds: number
    }
  /** The prerequisites that the local AWS created: `service my_cluster/web`. */
  | { readonly type: 'local.provisioned'; readonly made: readonly string[] }
  /** A signal interrupted the run; `onFailure` decides what to do. */
  | { readonly type: 'run.interrupted'; readonly because: Problem }
  /** `units`: the classes that are put back, where the others go on; the services, where the run was superseded and the others stay. */
  | { readonly type: 'undo.started'; readonly because: Problem; readonly units?: readonly string[] }
  | {
      readonly type: 'undo.finished'
      readonly restored: boolean
      /** What was not put back, each with the command that fixes it. */
      readonly left: readonly string[]
      readonly units?: readonly string[]
    }
  | { readonly type: 'warning.raised'; readonly text: string }
  /** The end of the run. `problem` is missing only after success; `summary` is one sentence. */
  | {
      readonly type: 'run.finished'
      readonly outcome: Outcome
      readonly exitCode: number
      readonly summary: string
      readonly milliseconds: number
      readonly problem?: Problem
      readonly left?: readonly string[]
    }

/** An event as listeners receive it: `at` is ISO 8601, by the clock of the run. */
export type ToldEvent = RunEvent & { readonly at: string }

/** Receives every event, in order; it can never affect the run. The run awaits `close` after the last event. */
export interface Listener {
  hear(event: ToldEvent): void
  close?(): Promise<void>
}

export type Emit = (event: RunEvent) => void
