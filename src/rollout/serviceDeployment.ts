/** AWS's own record of a deployment, the service deployment. */
import type { Service, ServiceDeployment, ServiceDeploymentStatus } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { isDenied } from '../aws/denied.ts'
import type { Verdict } from './verdict.ts'

/** The clock of AWS and the moment of UpdateService may lie this far apart, in milliseconds. */
const tolerance = 60_000

/**
 * The ARN of the service deployment that stands for a deployment of `taskDefinition`, the newest there is since `since`;
 * undefined where the service has none or its history may not be read. `currentServiceDeployment` may be outdated, so the
 * history is asked and each candidate's revision compared.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export async function findServiceDeployment(
  aws: Aws,
  of: { service: Service; taskDefinition: string | undefined; since: Date | undefined },
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { service, taskDefinition, since } = of
  try {
    const { serviceDeployments = [] } = await aws.call(
      'listServiceDeployments',
      {
        service: service.serviceArn,
        cluster: service.clusterArn,
        ...(since && { createdAt: { after: new Date(since.getTime() - tolerance) } }),
      },
      signal,
    )
    const newest = serviceDeployments.toSorted(
      (one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0),
    )
    const arns = [...new Set(newest.flatMap((brief) => brief.targetServiceRevisionArn ?? []))]
    if (arns.length === 0) return undefined
    const { serviceRevisions = [] } = await aws.all('describeServiceRevisions', { serviceRevisionArns: arns }, signal)
    const ours = new Set(
      serviceRevisions.filter((one) => one.taskDefinition === taskDefinition).map((one) => one.serviceRevisionArn),
    )
    return newest.find((brief) => ours.has(brief.targetServiceRevisionArn))?.serviceDeploymentArn
  } catch (error) {
    return unlessHidden(error)
  }
}

/** One service deployment as it stands; undefined where AWS no longer has it. */
export async function readServiceDeployment(
  aws: Aws,
  arn: string,
  signal?: AbortSignal,
): Promise<ServiceDeployment | undefined> {
  const { serviceDeployments = [] } = await aws.call(
    'describeServiceDeployments',
    { serviceDeploymentArns: [arn] },
    signal,
  )
  return serviceDeployments[0]
}

/** The same for who can do without: undefined also where AWS does not show it. */
export function seenServiceDeployment(
  aws: Aws,
  arn: string,
  signal?: AbortSignal,
): Promise<ServiceDeployment | undefined> {
  return readServiceDeployment(aws, arn, signal).catch(unlessHidden)
}

/** The states of a service deployment in which ECS is still at work. */
export const inProgress = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
] as const

/**
 * Whether ECS is taking a service back from another deployment to the one that is PRIMARY, which is shown as it had
 * completed before; false where AWS does not show the history.
 */
export function isGoingBack(aws: Aws, service: Service, signal?: AbortSignal): Promise<boolean> {
  return hasAny(aws, service, ['ROLLBACK_IN_PROGRESS'], signal)
}

/** Whether ECS is at work on any deployment of a service, also one that a read of the service does not show yet. */
export function isAtWork(aws: Aws, service: Service, signal?: AbortSignal): Promise<boolean> {
  return hasAny(aws, service, inProgress, signal)
}

async function hasAny(
  aws: Aws,
  { serviceArn: service, clusterArn: cluster }: Service,
  status: readonly ServiceDeploymentStatus[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const input = { service, cluster, status: [...status] }
  const answer = await aws.call('listServiceDeployments', input, signal).catch(unlessHidden)
  return (answer?.serviceDeployments ?? []).length > 0
}

/** Whether ECS takes a service deployment back, or has: what it was told, whoever told it. */
export function isTakenBack(record: ServiceDeployment | undefined): boolean {
  return ['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL'].includes(record?.status ?? '')
}

/** What a service deployment says of itself. A rollback that was only asked for may still come too late. */
export function judgeServiceDeployment({ status, statusReason, rollback }: ServiceDeployment): Verdict {
  switch (status) {
    case 'SUCCESSFUL':
      return { state: 'completed' }
    case 'ROLLBACK_IN_PROGRESS':
    case 'ROLLBACK_SUCCESSFUL': {
      const rolledBackTo = rollback?.serviceRevisionArn ?? ''
      return { state: 'failed', reason: rollback?.reason ?? statusReason ?? status, rolledBackTo }
    }
    case 'ROLLBACK_FAILED':
      return { state: 'failed', reason: rollback?.reason ?? statusReason ?? status }
    case 'STOPPED':
      return { state: 'failed', reason: statusReason ?? 'The deployment was stopped.' }
    default:
      return { state: 'inProgress' }
  }
}

/** How much of the production traffic goes to what a linear or canary deployment deploys, in percent. */
export function trafficPercent({
  deploymentConfiguration,
  targetServiceRevision,
}: ServiceDeployment): number | undefined {
  const { strategy } = deploymentConfiguration ?? {}
  return strategy === 'LINEAR' || strategy === 'CANARY'
    ? targetServiceRevision?.requestedProductionTrafficWeight
    : undefined
}

/** Whether AWS says that it keeps no history of such a service. */
export function hasNoHistory(error: unknown): boolean {
  return (error as Error).name === 'UnsupportedFeatureException'
}

/** Nothing, where there is no history of deployments or it may not be read; any other error is thrown. */
export function unlessHidden(error: unknown): undefined {
  if (!hasNoHistory(error) && !isDenied(error)) throw error
}
