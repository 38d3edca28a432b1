/** Which revisions were deployed successfully, and which deployments are in progress. */
import type { Service, ServiceRevision } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { describeRevision } from './revisions.ts'
import { pauseHooks } from '../rollout/pauseHooks.ts'
import { hasNoHistory, inProgress, readServiceDeployment } from '../rollout/serviceDeployment.ts'
import { primaryOf } from '../rollout/verdict.ts'
import type { OngoingDeployment, Registered, Revision } from './world.ts'

/**
 * The ARNs of the revisions that a service was deployed to successfully, the last first; undefined where there are none.
 * AWS keeps them for 90 days. Throws what AWS answers where it keeps no history of such a service or does not show it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
 */
export async function successfulRevisions(
  aws: Aws,
  service: Service,
  signal?: AbortSignal,
): Promise<string[] | undefined> {
  const found = await successes(aws, service, signal)
  return found.length === 0 ? undefined : [...new Set(found.flatMap(({ taskDefinition }) => taskDefinition ?? []))]
}

/** The same as service revisions, which hold settings as well. */
export async function successes(aws: Aws, service: Service, signal?: AbortSignal): Promise<ServiceRevision[]> {
  const { serviceArn, clusterArn: cluster } = service
  const input = { service: serviceArn, cluster, status: ['SUCCESSFUL' as const] }
  const { serviceDeployments = [] } = await aws.all('listServiceDeployments', input, signal)
  const latest = serviceDeployments.toSorted((one, other) => time(other.finishedAt) - time(one.finishedAt))
  const arns = [...new Set(latest.flatMap((deployment) => deployment.targetServiceRevisionArn ?? []))]
  if (arns.length === 0) return []
  const { serviceRevisions = [] } = await aws.all('describeServiceRevisions', { serviceRevisionArns: arns }, signal)
  const byArn = new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one]))
  return arns.flatMap((arn) => byArn.get(arn) ?? [])
}

/** Whether ECS says of what a service is to run that it has completed; of what it says nothing, nobody knows. */
export function hasCompleted(service: Service): boolean {
  return primaryOf(service)?.rolloutState === 'COMPLETED'
}

/**
 * The revision that a service is put back to: what it runs, or, where that has never completed, the last one of its
 * `succeeded`.
 */
export function completedRevision(service: Service, succeeded: readonly string[] = []): string | undefined {
  const { taskDefinition = '' } = service
  if (hasCompleted(service) || succeeded.includes(taskDefinition)) return service.taskDefinition
  return succeeded[0] ?? service.taskDefinition
}

/** What the revisions of a family are, in the order given. */
export function describeRevisions(
  aws: Aws,
  revisions: readonly Revision[],
  signal?: AbortSignal,
): Promise<Registered[]> {
  return Promise.all(revisions.map(({ arn }) => describeRevision(aws, arn, signal)))
}

/**
 * The deployment of a service that is in progress, the newest; undefined where there is none, also where AWS keeps no history.
 * Throws what AWS answers where it does not show it.
 */
export async function ongoingDeployment(
  aws: Aws,
  service: Service,
  signal?: AbortSignal,
): Promise<OngoingDeployment | undefined> {
  const { serviceArn, clusterArn: cluster = 'default', serviceName = '' } = service
  const input = { service: serviceArn, cluster, status: [...inProgress] }
  const answer = await aws.all('listServiceDeployments', input, signal).catch((error: unknown) => {
    if (!hasNoHistory(error)) throw error
  })
  const [newest] = (answer?.serviceDeployments ?? []).toSorted(
    (one, other) => time(other.createdAt) - time(one.createdAt),
  )
  if (newest?.serviceDeploymentArn === undefined) return undefined
  const { serviceDeploymentArn, createdAt } = newest
  const found = await readServiceDeployment(aws, serviceDeploymentArn, signal)
  const hooks = found ? pauseHooks(found) : []
  return { cluster, service: serviceName, serviceDeploymentArn, since: createdAt?.toISOString(), hooks }
}

function time(date: Date | undefined): number {
  return date?.getTime() ?? 0
}
