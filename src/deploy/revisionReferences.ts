/** What still points at a revision: services, tasks and event targets. */
import type { Aws } from '../aws/aws.ts'
import { familyOf } from './revisions.ts'
import { nameOf, ruleKey } from '../ground/names.ts'
import type { RevisionReference } from './world.ts'

/** Where to look for what still points at a revision: the families, and the clusters by name or ARN. */
interface ReferencesQuestion {
  readonly families: readonly string[]
  readonly clusters: readonly string[]
}

/** The services and rules that a run itself points at a revision. */
export interface OwnPointers {
  readonly services: readonly { readonly cluster: string; readonly service: string }[]
  readonly rules: readonly { readonly Rule: string; readonly EventBusName: string }[]
}

/**
 * Everything in these clusters that points at a revision of these families: services (each of their deployments), tasks
 * that are to run, and event targets, whoever declared them.
 */
export async function revisionReferences(
  aws: Aws,
  { families, clusters }: ReferencesQuestion,
  signal?: AbortSignal,
): Promise<RevisionReference[]> {
  if (clusters.length === 0) return []
  const described = await aws.all('describeClusters', { clusters: [...clusters] }, signal)
  // A cluster that is not there, or no longer, runs nothing; a target may still name it.
  const active = (described.clusters ?? []).filter((cluster) => cluster.status === 'ACTIVE')
  const { EventBuses = [] } = await aws.all('listEventBuses', {}, signal)
  const found = await Promise.all(
    active.flatMap(({ clusterArn = '' }) => [
      referencesByServices(aws, clusterArn, signal),
      ...families.map((family) => referencesByTasks(aws, clusterArn, family, signal)),
      ...EventBuses.map(({ Name = 'default' }) => referencesByTargets(aws, { cluster: clusterArn, bus: Name }, signal)),
    ]),
  )
  const ofFamilies = new Set(families)
  return found.flat().filter((use) => ofFamilies.has(familyOf(use.revision)))
}

/** Which of a run's own services and rules point at anything: what whoever may deploy may read, if nothing more. */
export async function ownReferences(
  aws: Aws,
  { services, rules }: OwnPointers,
  signal?: AbortSignal,
): Promise<RevisionReference[]> {
  const clusters = [...new Set(services.map(({ cluster }) => cluster))]
  const namesIn = (cluster: string): string[] =>
    services.filter((one) => one.cluster === cluster).map(({ service }) => service)
  const found = await Promise.all([
    ...clusters.map((cluster) => referencesOfServices(aws, cluster, namesIn(cluster), signal)),
    ...rules.map((rule) => referencesOfRule(aws, rule, signal)),
  ])
  return found.flat()
}

async function referencesByServices(
  aws: Aws,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { serviceArns = [] } = await aws.all('listServices', { cluster }, signal)
  return serviceArns.length === 0 ? [] : referencesOfServices(aws, cluster, serviceArns, signal)
}

async function referencesOfServices(
  aws: Aws,
  cluster: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { services = [] } = await aws.all('describeServices', { cluster, services: [...names] }, signal)
  // One that was deleted may still be listed for a while; it runs nothing any more.
  const there = services.filter(({ status }) => status !== 'INACTIVE')
  return there.flatMap((service) => {
    const key = `${nameOf(cluster)}/${service.serviceName}`
    const pointedAt = [
      service.taskDefinition,
      ...(service.deployments ?? []).map((deployment) => deployment.taskDefinition),
    ]
    return [...new Set(pointedAt)].flatMap((revision) =>
      revision ? [{ revision, kind: 'service' as const, key }] : [],
    )
  })
}

async function referencesByTasks(
  aws: Aws,
  cluster: string,
  family: string,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { taskArns = [] } = await aws.all('listTasks', { cluster, family }, signal)
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', { cluster, tasks: taskArns }, signal)
  return tasks.flatMap((task) => {
    const service = task.group?.startsWith('service:') ? task.group.slice('service:'.length) : undefined
    const key = `${nameOf(cluster)}/${service ?? nameOf(task.taskArn ?? '')}`
    return task.taskDefinitionArn ? [{ revision: task.taskDefinitionArn, kind: 'task' as const, key }] : []
  })
}

async function referencesByTargets(
  aws: Aws,
  { cluster, bus }: { cluster: string; bus: string },
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const input = { EventBusName: bus, TargetArn: cluster }
  const { RuleNames = [] } = await aws.all('listRuleNamesByTarget', input, signal)
  const found = await Promise.all(RuleNames.map((Rule) => referencesOfRule(aws, { Rule, EventBusName: bus }, signal)))
  return found.flat()
}

async function referencesOfRule(
  aws: Aws,
  rule: OwnPointers['rules'][number],
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { Targets = [] } = await aws.all('listTargetsByRule', rule, signal)
  return Targets.flatMap((target) => {
    const revision = target.EcsParameters?.TaskDefinitionArn
    return revision ? [{ revision, kind: 'target' as const, key: `${ruleKey(rule)}/${target.Id}` }] : []
  })
}
