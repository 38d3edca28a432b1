import type { Wire } from '../../world/operation.ts'

type Kind = 'Production' | 'Test'

/**
 * Directs `percent` of the traffic of a kind to the revision that is being deployed. What is left of the production
 * traffic goes to the revision it is to replace (`source`, its ARN); nothing else gets test traffic.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevisionSummary.html
 */
export function direct(serviceDeployment: Wire, kind: Kind, percent: number, source: string | undefined): void {
  const member = `requested${kind}TrafficWeight`
  serviceDeployment.targetServiceRevision[member] = percent
  for (const revision of serviceDeployment.sourceServiceRevisions) {
    // Tenths of a percent again.
    const rest = kind === 'Production' ? Math.round(1000 - percent * 10) / 10 : 0
    revision[member] = revision.arn === source ? rest : 0
  }
}

/** The percentage of the traffic of a kind that goes to the revision that is being deployed. */
export const weightOf = ({ targetServiceRevision }: Wire, kind: Kind): number =>
  targetServiceRevision[`requested${kind}TrafficWeight`] ?? 0
