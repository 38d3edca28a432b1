/** The methods of a class that are called around its deploy. */
import type { Definition } from '../../definition/definition.ts'
import type { Result } from '../../engine/result.ts'

/** What `beforeDeploy` is given: plain data, frozen. */
export interface BeforeDeploy {
  /** The image tag. */
  readonly tag: string
  /** The class as it was read and checked. */
  readonly definition: Definition
  /** Whether it goes to a local AWS of its own: `--local`. */
  readonly local: boolean
}

/** What `afterDeploy` and `afterFailure` are given: plain data, frozen. */
export interface AfterDeploy extends BeforeDeploy {
  /** How the run ended that the class was part of, with secrets replaced by `•••`. */
  readonly result: Result
  /** Whether the run was to follow its rollouts until their deployments had completed: not with `--no-wait`. */
  readonly waited: boolean
}

/**
 * What a class may do around a deploy, as methods or as fields; each is awaited. Rollbacks, dry runs and other commands call none
 * of them. `deploy()` never throws what they throw.
 */
export interface DeployHooks {
  /**
   * Called when the plan is made and agreed to, before anything is written. One that throws refuses the whole run with exit code
   * 2. Of several classes, one after another.
   */
  beforeDeploy?(context: BeforeDeploy): void | Promise<unknown>
  /** Called when the run has ended with 0; `waited` says whether its rollouts were followed. One that throws is a warning. */
  afterDeploy?(context: AfterDeploy): void | Promise<unknown>
  /**
   * Called when the run failed or was interrupted after its first write; also when it was refused after this class's
   * `beforeDeploy`, to end what that began. One that throws is a warning, and the exit code stays.
   */
  afterFailure?(context: AfterDeploy): void | Promise<unknown>
}
