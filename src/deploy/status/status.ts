/** The data that `status --json` prints. */
import type { PauseHook } from '../../rollout/pauseHooks.ts'
import type { RevisionReference } from '../world.ts'

/** A revision that something points at. */
export interface PointedAt {
  /** `web:7`; undefined where nothing is pointed at yet. */
  readonly revision: string | undefined
  /** The tags of its images; empty where the revision is no longer there to be read. */
  readonly tags: readonly string[]
}

/** One deployment of a service; there are several while a rollout goes on. */
export interface DeploymentStatus extends PointedAt {
  readonly id: string
  /** `PRIMARY`, `ACTIVE` or `DRAINING`, as ECS calls it. */
  readonly status: string
  /** Undefined behind a Classic Load Balancer. */
  readonly rolloutState: string | undefined
  readonly rolloutStateReason: string | undefined
  readonly desired: number
  readonly running: number
  readonly pending: number
  readonly failed: number
}

export interface ServiceStatus extends PointedAt {
  /** `my_cluster/web`. */
  readonly service: string
  /** `settled`: its one deployment is complete and runs all its tasks. `failed`: it has stopped half-way. */
  readonly state: 'settled' | 'inProgress' | 'failed'
  readonly desired: number
  readonly running: number
  readonly pending: number
  readonly deployments: readonly DeploymentStatus[]
  /** The service deployment that ECS names as the current one. */
  readonly serviceDeployment:
    | {
        readonly status: string
        readonly statusReason: string | undefined
        readonly lifecycleStage: string | undefined
        /** How much of the production traffic goes to a linear or canary deployment, in percent. */
        readonly trafficPercent: number | undefined
        readonly paused: readonly PausedStatus[]
      }
    | undefined
  /** ECS's own words about the service, newest first. */
  readonly events: readonly { readonly at: string; readonly message: string }[]
}

/** A PAUSE hook at which a deployment waits, and what to type there. */
export interface PausedStatus extends PauseHook {
  readonly continueCommand: string
  readonly rejectCommand: string
}

export interface TargetStatus extends PointedAt {
  /** `default/nightly/web`: the bus, the rule and the target's Id. */
  readonly target: string
}

export interface ScheduleStatus extends PointedAt {
  /** `default/nightly`: the group and the name. */
  readonly schedule: string
  /** `ENABLED` or `DISABLED`. */
  readonly state: string
  /** `cron(0 3 * * ? *)`, in the time zone beside it. */
  readonly expression: string
  readonly timezone: string
}

export interface RevisionStatus {
  readonly revision: string
  readonly tags: readonly string[]
  /**
   * `service`, `task`, `target` or `schedule` and its key, with how many there are. Empty: used by nothing; absent: it could not be
   * read.
   */
  readonly uses?: readonly RevisionUse[] | undefined
}

export interface RevisionUse extends Pick<RevisionReference, 'kind' | 'key'> {
  readonly count: number
}

export interface DefinitionStatus {
  readonly name: string
  readonly family: string
  readonly services: readonly ServiceStatus[]
  readonly targets: readonly TargetStatus[]
  readonly schedules: readonly ScheduleStatus[]
  /** The newest ACTIVE revisions of the family, at most ten, newest first. */
  readonly revisions: readonly RevisionStatus[]
  /** How many ACTIVE revisions there are in all. */
  readonly activeRevisions: number
  /** What is not as a finished deploy leaves it, a sentence each. */
  readonly findings: readonly string[]
}

/** What there is in AWS of some definitions, as `status --json` prints it. Times are ISO 8601. */
export interface Status {
  readonly version: 1
  /** Only where no class was asked about: each definition is then a family that services of this cluster run. */
  readonly cluster?: string
  /** The worst of all services: `failed`, then `inProgress`, then `settled`. */
  readonly state: ServiceStatus['state']
  readonly definitions: readonly DefinitionStatus[]
  /** What AWS does not let us read and is left out, a sentence each. */
  readonly unread: readonly string[]
}

/** The worst state of several services. */
export function stateOf(services: readonly Pick<ServiceStatus, 'state'>[]): ServiceStatus['state'] {
  const states = new Set(services.map(({ state }) => state))
  return (['failed', 'inProgress'] as const).find((state) => states.has(state)) ?? 'settled'
}
