/** What one look at a service says about one of its deployments, by its id. */
import type { Deployment, Service } from '@aws-sdk/client-ecs'
import { OddAnswer } from '../aws/answer.ts'

/** What one look at a service says about one deployment of it. */
export type Verdict =
  | { readonly state: 'inProgress' }
  | { readonly state: 'completed' }
  /** The circuit breaker or an alarm ended it; `rolledBackTo` is the deployment, or the service revision, that ECS takes it back to, if any. */
  | { readonly state: 'failed'; readonly reason: string; readonly rolledBackTo?: string }
  | { readonly state: 'superseded'; readonly by: string; readonly taskDefinition: string | undefined }
  /** Somebody has deleted the service. */
  | { readonly state: 'gone'; readonly reason: string }

/** The deployment to follow: its id, and the ids that were there when UpdateService answered. */
export interface Identity {
  readonly id: string
  readonly known: ReadonlySet<string>
  /** When it was created; what is older cannot have taken over. */
  readonly since?: Date | undefined
}

/** What UpdateService and CreateService hand on: the deployment that they started, and when, as ISO 8601. */
export interface StartedDeployment {
  readonly [member: string]: string
  readonly deploymentId: string
}

/** What a step has handed on, if that is a deployment. */
export function isStarted(value: unknown): value is StartedDeployment {
  return typeof value === 'object' && value !== null && 'deploymentId' in value
}

/** The identity of the deployment that AWS has just answered with. */
export function identityOf(service: Service, operation = 'UpdateService'): Identity {
  const { id, createdAt: since } = primaryOf(service) ?? {}
  if (!id) throw new OddAnswer(operation, 'None of service/deployments is PRIMARY, or it has no id.')
  const known = new Set((service.deployments ?? []).flatMap((deployment) => deployment.id ?? []))
  return { id, known, ...(since && { since }) }
}

/** The deployment that AWS has just answered with, for whoever is to know of it later. */
export function startedIn(service: Service): StartedDeployment | undefined {
  const { id, createdAt } = primaryOf(service) ?? {}
  return id === undefined ? undefined : { deploymentId: id, ...(createdAt && { createdAt: createdAt.toISOString() }) }
}

/** Whether somebody else has deployed since. */
export function hasTakenOver(service: Service, { deploymentId: id, createdAt }: StartedDeployment): boolean {
  const identity = { id, known: new Set([id]), ...(createdAt !== undefined && { since: new Date(createdAt) }) }
  return judge(service, identity).state === 'superseded'
}

export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments?.find((deployment) => deployment.status === 'PRIMARY')
}

/**
 * How many tasks a deployment is to run. The PRIMARY one itself tells late: until the scheduler has looked it shows 0 when it
 * is new, and the count before when the service is only scaled, so that as many seem to run as are wanted.
 */
export function desiredOf(deployment: Deployment | undefined, service: Service): number {
  const own = deployment?.desiredCount ?? 0
  return deployment?.status === 'PRIMARY' ? (service.desiredCount ?? own) : own
}

/**
 * Judges by the deployment's id alone: a service that merely looks stable proves nothing, since it is so after a
 * rollback too. A read may lag behind what is already known, so that an older deployment seen as PRIMARY counts only
 * together with the word of ECS that ours has failed.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export function judge(service: Service, { id, known, since }: Identity): Verdict {
  if (service.status === 'INACTIVE' || service.status === 'DRAINING') {
    return { state: 'gone', reason: `It is ${service.status}` }
  }
  const deployments = service.deployments ?? []
  const ours = deployments.find((deployment) => deployment.id === id)
  const primary = primaryOf(service)
  const another = primary?.id && primary.id !== id ? primary.id : undefined
  const failed = ours?.rolloutState === 'FAILED' ? ours.rolloutStateReason : failureReported(service, id)
  if (failed !== undefined) {
    return { state: 'failed', reason: failed, ...(another && known.has(another) && { rolledBackTo: another }) }
  }
  const others = deploymentOfOthers(service, { id, known, since })
  if (others) return { state: 'superseded', by: others.id ?? '', taskDefinition: others.taskDefinition }
  if (another || !ours) return { state: 'inProgress' }
  return isCompleted(ours, service) ? { state: 'completed' } : { state: 'inProgress' }
}

/** The PRIMARY deployment where somebody else has begun it after ours, whatever has become of ours by then. */
export function deploymentOfOthers(service: Service, { id, known, since }: Identity): Deployment | undefined {
  const primary = primaryOf(service)
  if (!primary?.id || primary.id === id || known.has(primary.id)) return undefined
  const isLate = since !== undefined && primary.createdAt !== undefined && primary.createdAt < since
  return isLate ? undefined : primary
}

function isCompleted(ours: Deployment, { deployments = [], desiredCount = ours.desiredCount }: Service): boolean {
  if (ours.rolloutState !== undefined) return ours.rolloutState === 'COMPLETED'
  // Behind a Classic Load Balancer ECS tells no rolloutState. A deployment that has just begun shows no desired count yet.
  return deployments.length === 1 && ours.runningCount === desiredCount && ours.pendingCount === 0
}

/** ECS's own event about the failure of this deployment; it outlives the deployment itself. */
function failureReported(service: Service, id: string): string | undefined {
  const event = service.events?.find((one) => one.message?.includes(`(deployment ${id}) deployment failed`))
  return event?.message?.replace(/^.*deployment failed:? ?/, '') || (event && 'deployment failed')
}
