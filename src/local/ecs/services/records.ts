import type { LifecycleStage } from '../rollout/lifecycle.ts'
import type { Wire } from '../../world/wire.ts'

export interface ServiceRecord {
  /** As DescribeServices shows it; `deployments` (newest first) and `events` (newest first, at most 100) are in it. */
  readonly service: Wire
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
  readonly serviceDeployment: Wire
  readonly deploymentId: string
}
