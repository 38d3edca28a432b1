/** Two runs that update the same services at the same moment: which of them is to have them. */
import type { Deployment, Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { Step, StepKind } from '../engine/step.ts'
import type { Answered, Settlement, StepContext } from '../engine/stepHandler.ts'
import { shownSubject } from '../engine/subject.ts'
import { nameOf } from '../ground/names.ts'
import { rolloutError } from '../rollout/rolloutError.ts'
import { identityOf, judge, primaryOf } from '../rollout/verdict.ts'

/** A kind of step that updates a service. */
interface Updating extends StepKind {
  readonly method: 'updateService'
  readonly subject: 'service'
}

/** Milliseconds in which whoever was overtaken sees it at one of their looks and sends nothing more. */
export const headway = 15_000
/** Milliseconds after which whoever has begun a deployment has begun the next one too, that headway included. */
const beginning = 30_000

/**
 * The deployment that this update came over though it had hardly begun, also one of no tasks that has completed: somebody
 * else may be at this very moment about to update the next service too.
 */
export function overtaken(service: Service): Deployment | undefined {
  const ours = primaryOf(service)?.createdAt?.getTime() ?? 0
  return (service.deployments ?? []).find(
    ({ status, createdAt }) => status !== 'PRIMARY' && ours - (createdAt?.getTime() ?? 0) < beginning,
  )
}

/**
 * Says which of these updates are sent once more. Of two runs that met over several services each may have come last at some:
 * whoever came last at the first of them, in the order of their names, is to have them all. The other sees the same, and has lost.
 */
export async function settleMeetings(
  performed: readonly Answered<Updating>[],
  { aws, signal, timeout }: StepContext,
): Promise<Settlement> {
  const updates = performed
    .flatMap(({ step, answer: { service } }) => (service ? [{ step, key: shownSubject(step.subject), service }] : []))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
  const seen = await servicesNow(aws, updates, signal)
  const again = new Set<Step>()
  const lost = new Map<Step, Error>()
  /** What became of the first meeting with each other run, which its revision stands for. */
  const firsts = new Map<string, Error | 'won'>()
  for (const { step, service } of updates) {
    const now = seen.get(service.serviceArn)
    const verdict = now && judge(now, identityOf(service))
    const taken = verdict?.state === 'superseded' ? verdict : undefined
    const { taskDefinition: met } = taken ?? overtaken(service) ?? {}
    if (met === undefined) continue
    const first = firsts.get(met) ?? (taken ? errorOf(taken, service, timeout) : 'won')
    firsts.set(met, first)
    if (first !== 'won') lost.set(step, first)
    else if (taken) again.add(step)
  }
  return { again, lost }
}

function errorOf(verdict: Parameters<typeof rolloutError>[0], service: Service, timeout: number): Error {
  const { id = '' } = primaryOf(service) ?? {}
  const name = service.serviceName ?? ''
  return rolloutError(verdict, { name, id, service, timeout, scaledTo: undefined, unmet: [], evidence: {} })
}

/** The services as they are now, by ARN. */
async function servicesNow(
  aws: Aws,
  updates: readonly { readonly service: Service }[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string | undefined, Service>> {
  const clusters = [...new Set(updates.map(({ service }) => service.clusterArn))]
  const answers = await Promise.all(
    clusters.map((cluster) => {
      const ofCluster = updates.filter(({ service }) => service.clusterArn === cluster)
      const services = ofCluster.map(({ service }) => nameOf(service.serviceName ?? ''))
      return aws.all('describeServices', { cluster, services }, signal)
    }),
  )
  return new Map(answers.flatMap(({ services = [] }) => services.map((service) => [service.serviceArn, service])))
}
