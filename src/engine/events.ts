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
  /** Only for what is unexpected: where it came from. */
  readonly stack?: string
}

/** A container of a task: its status as ECS names it, and once it has stopped its exit code or why there is none. */
export interface ContainerProgress {
  readonly name: string
  readonly lastStatus: string
  readonly exitCode?: number
  readonly reason?: string
}

/** Stopped tasks that stopped for the same reason. */
export interface StoppedTasks {
  readonly stoppedReason: string
  readonly count: number
  readonly taskArns: readonly string[]
  readonly containers: readonly ContainerProgress[]
}

/** The last lines that a container logged, oldest first; or, in `note`, why there are none to show. */
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

/** What a person would otherwise open a console for, once something has failed. */
export interface Forensics {
  /** The stopped tasks of this deployment, or of this one-off run, by why they stopped. */
  readonly stoppedTasks: readonly StoppedTasks[]
  readonly logs: readonly ContainerLog[]
  readonly targets: readonly UnhealthyTarget[]
  /** What was still missing, in words: `running 2 of 3`, `1 old task draining`. */
  readonly unmet: readonly string[]
  /** The command to type next. */
  readonly next?: string
}

/** The step that an event is about. */
export interface OfStep extends Pick<Step, 'id' | 'kind' | 'subject' | 'title'> {
  /** Whether it puts back what another step has changed. */
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
      /** Another AWS than Amazon's: `http://127.0.0.1:4570`. It holds no password. */
      readonly endpoint?: string
      readonly local?: boolean
      readonly dryRun?: boolean
    }
  | { readonly type: 'plan.made'; readonly plan: Plan }
  | { readonly type: 'stage.started'; readonly title: string; readonly steps: readonly string[] }
  | (OfStep & { readonly type: 'step.started' })
  /**
   * `result` is what a person wants to know: `web:8`, `exit code 0`. `did` is there for every step that undoes another, and
   * for one that found nothing to do: then `result` says why.
   */
  | (OfStep & { readonly type: 'step.finished'; readonly result?: string; readonly did?: 'undone' | 'notNeeded' })
  /** `did` is there for a step that undoes another: what it was to put back is kept as it is. */
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
  /** The rollout of one service as it stands; sent when something in it has changed. */
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
      /** Where a blue/green, linear or canary deployment stands: `BAKE_TIME`. */
      readonly lifecycleStage?: string
      /** How much of the production traffic goes to a linear or canary deployment, in percent. */
      readonly trafficPercent?: number
    }
  /** A service event of ECS's own, as the console shows it. `reportedAt` is ISO 8601. */
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
  /** An instance that is being replaced, or that replaces one. `state` is its lifecycle state, or in the cluster its status. */
  | {
      readonly type: 'instance.progressed'
      readonly step: string
      readonly group: string
      readonly instanceId: string
      readonly state: string
      /** How many tasks run on it or are about to; undefined before it is in the cluster. */
      readonly tasks?: number
    }
  /** A line that a container of a one-off task has logged. `loggedAt` is ISO 8601. */
  | {
      readonly type: 'log.received'
      readonly step: string
      readonly taskArn: string
      readonly container: string
      readonly message: string
      readonly loggedAt: string
    }
  /** A deployment waits at a PAUSE hook until somebody continues it; `command` does. */
  | {
      readonly type: 'deployment.paused'
      readonly step: string
      readonly cluster: string
      readonly service: string
      readonly lifecycleStage: string
      readonly command: string
    }
  /** What the local AWS has made, because the definitions take it for granted: `service my_cluster/web`. */
  | { readonly type: 'local.provisioned'; readonly made: readonly string[] }
  /** A signal has ended the run, which is now to be put back, left or stopped. */
  | { readonly type: 'run.interrupted'; readonly because: Problem }
  | { readonly type: 'undo.started'; readonly because: Problem }
  | {
      readonly type: 'undo.finished'
      readonly restored: boolean
      /** What is still not as it was, each with the command that mends it. */ readonly left: readonly string[]
    }
  | { readonly type: 'warning.raised'; readonly text: string }
  /** `problem` is there unless it succeeded; `summary` is one sentence. */
  | {
      readonly type: 'run.finished'
      readonly outcome: Outcome
      readonly exitCode: number
      readonly summary: string
      readonly milliseconds: number
      readonly problem?: Problem
      readonly left?: readonly string[]
    }

/** An event as it is told: `at` is ISO 8601, by the clock of the run. */
export type ToldEvent = RunEvent & { readonly at: string }

/** Hears every event, in order; it can never affect the run. `close` is awaited after the last event, before the run resolves. */
export interface Listener {
  hear(event: ToldEvent): void
  close?(): Promise<void>
}

export type Emit = (event: RunEvent) => void
