/** How a run ends, and what it does on failure. */
import type { Outcome, Problem } from './events.ts'
import type { Plan } from './plan.ts'

/**
 * What to do on failure. `rollback`: put back everything that the run changed, and follow that to its end. `leave`: leave
 * everything as it is, and list the commands that would put it back. `stop`: like `leave`, but have ECS stop the rollouts in
 * progress, which rolls them back.
 */
export type OnFailure = 'rollback' | 'leave' | 'stop'

/**
 * What to do about a deployment of a service that is in progress already. `wait`: wait until it has ended, and plan then. `stop`:
 * stop it first, which has ECS go back to what last ran successfully. `refuse`: change nothing.
 */
export type IfInProgress = 'wait' | 'stop' | 'refuse'

/** How a run ended. Secrets in it are replaced by `•••`. */
export interface Result {
  readonly outcome: Outcome
  /** One sentence: `Deployed v1.2.3 of WebTask.` */
  readonly summary: string
  /** What went wrong; absent when it succeeded. */
  readonly problem?: Problem
  /** What was not put back or is not as it should be, each with the command that fixes it. */
  readonly left: readonly string[]
  /**
   * The exit code of the program: 0 succeeded, 1 restored, 2 refused, 3 halfDone, 4 stillGoing, 5 superseded, 130 or 143
   * interrupted, 70 for a bug in ecs-task.
   */
  readonly exitCode: number
  /** Absent if the run was refused before it was planned. With `dryRun`, none of it was carried out. */
  readonly plan?: Plan
}

/** How performing a plan ended. */
export interface RunResult extends Omit<Result, 'exitCode' | 'plan'> {
  /** The classes that failed or were not started, where the others were deployed all the same. */
  readonly lost?: readonly string[]
}
