/**
 * The closed list of ways a run can be refused or fail.
 *
 * - Refused, nothing was changed: `BadArguments`, `BadDefinition`, `NotFound` (a service, cluster, rule or revision),
 *   `NoCredentials`, `NoRegion`, `NothingToRollBackTo`, `Hazard` (instances that cannot be replaced safely), `HookFailed` (a
 *   `beforeDeploy` that threw).
 * - Failed: `TaskFailed` (a one-off task), `DeploymentFailed` (a rollout), `TargetsFailed` (of a rule), `InstancesFailed`.
 * - Either: `RefusedByAws` (AWS refused a call or cannot be reached), `InProgressElsewhere` (somebody else is changing it).
 * - Ended: `TimedOut`, `DeploymentSuperseded` (another deployment took over), `Interrupted` (by a signal).
 */
export type ErrorCode =
  | 'BadArguments'
  | 'BadDefinition'
  | 'NotFound'
  | 'NoCredentials'
  | 'NoRegion'
  | 'NothingToRollBackTo'
  | 'InProgressElsewhere'
  | 'RefusedByAws'
  | 'TaskFailed'
  | 'DeploymentFailed'
  | 'DeploymentSuperseded'
  | 'TimedOut'
  | 'TargetsFailed'
  | 'Hazard'
  | 'InstancesFailed'
  | 'HookFailed'
  | 'Interrupted'

/** What nothing in this process has caught, in our code or in a file that it loaded. `cause` is what was thrown. */
export class UncaughtError extends Error {
  override readonly name = 'UncaughtError'

  constructor(cause: unknown) {
    const { message, stack } = cause instanceof Error ? cause : new Error(String(cause))
    super(`Uncaught error: ${message}`, { cause })
    if (stack !== undefined) this.stack = stack
  }
}

const mark = Symbol.for('ecs-task.EcsTaskError')

/**
 * The one error of this project: what happened, why, and what to do about it.
 *
 * `message` is *what*; `why` and `fix` are one sentence each. `problems` holds every finding where there are several,
 * each already a full sentence that begins with its path.
 */
export class EcsTaskError extends Error {
  /** What makes reports is a file of its own in the package, with a copy of this class: its errors are of this class, too. */
  static override [Symbol.hasInstance](value: unknown): value is EcsTaskError {
    return value instanceof Error && mark in value
  }

  override readonly name = 'EcsTaskError'
  readonly code: ErrorCode
  readonly why: string | undefined
  readonly fix: string | undefined
  readonly problems: readonly string[]
  /** What was found out about the cause, as data: stopped tasks, failed entries. */
  readonly evidence: object | undefined

  constructor(
    code: ErrorCode,
    what: string,
    more: {
      why?: string | undefined
      fix?: string | undefined
      problems?: readonly string[]
      evidence?: object | undefined
      cause?: unknown
    } = {},
  ) {
    super(what, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.why = more.why
    this.fix = more.fix
    this.problems = more.problems ?? []
    this.evidence = more.evidence
  }

  get [mark](): true {
    return true
  }
}
