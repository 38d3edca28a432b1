// What `history` shows: the deployments of services that ECS remembers, and how one is told from AWS's records.
import type { ServiceDeployment, ServiceDeploymentBrief, ServiceDeploymentStatus } from '@aws-sdk/client-ecs'
import { imageTags } from '../../definition/image.ts'
import type { TaskDefinition as DeclaredTaskDefinition } from '../../definition/definition.ts'
import { actorTag, ciRunTag, commitTag } from '../../definition/recordTags.ts'
import { defined } from '../../ground/defined.ts'
import { nameOf } from '../../ground/names.ts'
import { inProgress, trafficPercent } from '../../rollout/serviceDeployment.ts'
import { familyOf } from '../revisions.ts'
import type { Registered } from '../world.ts'

/** How a deployment ended, or how far it is; `unknown` where AWS has a word that this version does not know. */
type DeploymentOutcome =
  | 'completed'
  | 'failed'
  | 'stopped'
  | 'rolledBack'
  | 'rollbackFailed'
  | 'inProgress'
  | 'stopping'
  | 'rollingBack'
  | 'unknown'

/** A revision and the tags of its images; empty where the revision is no longer there, or may not be read. */
interface Deployed {
  /** `web:7`. */
  readonly revision: string
  readonly tags: readonly string[]
}

/** One deployment, as `history --json` prints it. Times are ISO 8601. */
export interface PastDeployment extends Omit<Deployed, 'revision'> {
  readonly serviceDeploymentArn: string
  /** Undefined where AWS does not show it. */
  readonly revision?: string
  readonly outcome: DeploymentOutcome
  /** In AWS's word: `ROLLBACK_SUCCESSFUL`. */
  readonly status: string
  /** In AWS's words. */
  readonly reason?: string
  /** What ECS went back to, or goes back to. */
  readonly rolledBackTo?: Deployed
  /** `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`. */
  readonly strategy?: string
  /** Of one in progress that is no rolling update. */
  readonly lifecycleStage?: string
  readonly trafficPercent?: number
  readonly createdAt?: string
  readonly startedAt?: string
  readonly finishedAt?: string
  /** How long it took; of one in progress, so far. */
  readonly seconds?: number
  /** When the revision was registered, and the ARN of who did. */
  readonly registeredAt?: string
  readonly registeredBy?: string
  /** What the tags of `deploy --record` say. */
  readonly commit?: string
  readonly actor?: string
  readonly run?: string
}

/** The deployments of a service, the newest first. */
export interface ServiceHistory {
  /** `my_cluster/web`. */
  readonly service: string
  readonly deployments: readonly PastDeployment[]
}

/** The data that `history --json` prints. */
export interface History {
  readonly version: 1
  /** When it was read. */
  readonly at: string
  /** By name. */
  readonly services: readonly ServiceHistory[]
  /** What is left out, and why, a sentence each. */
  readonly unread: readonly string[]
}

/** What is known beside the deployments themselves. */
export interface Known {
  /** The ARNs of task definitions, by those of service revisions. */
  readonly revisions: ReadonlyMap<string, string>
  /** By ARN. */
  readonly registered: ReadonlyMap<string, Registered>
  /** What classes declare, by family. */
  readonly declared: ReadonlyMap<string, DeclaredTaskDefinition>
  readonly now: number
}

/** A deployment as AWS lists it, and with all that it says where that may be read. */
export type Listed = ServiceDeploymentBrief & Partial<ServiceDeployment>

export function pastDeployment(deployment: Listed, known: Known): PastDeployment {
  const { serviceDeploymentArn = '', status = 'PENDING', statusReason, rollback, lifecycleStage } = deployment
  const { createdAt, startedAt, finishedAt = deployment.stoppedAt } = deployment
  const isUnderWay = (inProgress as readonly string[]).includes(status)
  const target = deployment.targetServiceRevisionArn ?? deployment.targetServiceRevision?.arn ?? ''
  const arn = known.revisions.get(target)
  const registered = known.registered.get(arn ?? '')
  const from = startedAt ?? createdAt
  const until = finishedAt?.getTime() ?? (isUnderWay ? known.now : undefined)
  return defined({
    serviceDeploymentArn,
    revision: arn && nameOf(arn),
    tags: tagsOf(arn, known),
    outcome: outcomeOf(deployment),
    status,
    reason: rollback?.reason ?? statusReason,
    rolledBackTo: deployedBy(rollback?.serviceRevisionArn, known),
    strategy: deployment.deploymentConfiguration?.strategy,
    ...(isUnderWay && { lifecycleStage, trafficPercent: trafficPercent(deployment) }),
    createdAt: createdAt?.toISOString(),
    startedAt: startedAt?.toISOString(),
    finishedAt: finishedAt?.toISOString(),
    seconds: from && until !== undefined ? Math.max(0, Math.round((until - from.getTime()) / 1000)) : undefined,
    registeredAt: registered?.taskDefinition.registeredAt?.toISOString(),
    registeredBy: registered?.taskDefinition.registeredBy,
    commit: tagIn(registered, commitTag),
    actor: tagIn(registered, actorTag),
    run: tagIn(registered, ciRunTag),
  })
}

const outcomes: Readonly<Record<ServiceDeploymentStatus, DeploymentOutcome>> = {
  PENDING: 'inProgress',
  IN_PROGRESS: 'inProgress',
  SUCCESSFUL: 'completed',
  STOPPED: 'stopped',
  STOP_REQUESTED: 'stopping',
  ROLLBACK_REQUESTED: 'rollingBack',
  ROLLBACK_IN_PROGRESS: 'rollingBack',
  ROLLBACK_SUCCESSFUL: 'rolledBack',
  ROLLBACK_FAILED: 'rollbackFailed',
}

/** ECS stops what fails without a rollback, too; then its circuit breaker or an alarm was the reason. */
function outcomeOf({ status = 'PENDING', deploymentCircuitBreaker, alarms }: Listed): DeploymentOutcome {
  const isTriggered = [deploymentCircuitBreaker, alarms].some((monitor) => monitor?.status === 'TRIGGERED')
  if (status === 'STOPPED' && isTriggered) return 'failed'
  return Object.hasOwn(outcomes, status) ? outcomes[status] : 'unknown'
}

function deployedBy(serviceRevision: string | undefined, known: Known): Deployed | undefined {
  const arn = known.revisions.get(serviceRevision ?? '')
  return arn === undefined ? undefined : { revision: nameOf(arn), tags: tagsOf(arn, known) }
}

function tagsOf(arn: string | undefined, { registered, declared }: Known): string[] {
  const { containerDefinitions = [] } = registered.get(arn ?? '')?.taskDefinition ?? {}
  const family = familyOf(arn ?? '')
  return imageTags(declared.get(family) ?? { family, containerDefinitions: [] }, containerDefinitions)
}

function tagIn(registered: Registered | undefined, name: string): string | undefined {
  return registered?.tags.find(({ key }) => key === name)?.value
}
