/** What still points at a revision: services, tasks and event targets. */
import type { Aws } from '../aws/aws.ts'
import type { ReadOnce } from '../engine/sharedReads.ts'
import { familyOf } from './revisions.ts'
import { nameOf, ruleKey } from '../ground/names.ts'
import type { RevisionReference } from './world.ts'

/** Where to look for what still points at a revision: the families, and the clusters by name or ARN. */
interface ReferencesQuestion {
  readonly families: readonly string[]
  readonly clusters: readonly string[]
  /** Only these. */
  readonly kinds?: readonly RevisionReference['kind'][]
}

/** The services and rules that a run itself points at a revision. */
export interface OwnPointers {
  readonly services: readonly { readonly cluster: string; readonly service: string }[]
  readonly rules: readonly { readonly Rule: string; readonly EventBusName: string }[]
}

/**
 * Everything in these clusters that points at a revision of these families: services (each of their deployments), tasks
 * that are to run, and event targets, whoever declared them. `once` shares what is read with whoever asks the same.
 */
export async function revisionReferences(
  aws: Aws,
  { families, clusters, kinds = ['service', 'task', 'target'] }: ReferencesQuestion,
  signal?: AbortSignal,
  once: ReadOnce = (_key, read) => read(),
): Promise<RevisionReference[]> {
  if (clusters.length === 0) return []
  const of = JSON.stringify(clusters)
  const active = await once(`clusters ${of}`, () => activeClusters(aws, clusters, signal))
  const everyTask = { families, clusters: active }
  const reads = {
    service: () => once(`services ${of}`, () => inEach(active, (one) => referencesByServices(aws, one, signal))),
    task: () => once(`tasks ${JSON.stringify(families)} ${of}`, () => referencesByTasks(aws, everyTask, signal)),
    target: () => once(`targets ${of}`, () => referencesByTargets(aws, active, signal)),
  }
  const found = await Promise.all(kinds.map((kind) => reads[kind]()))
  const ofFamilies = new Set(families)
  return found.flat().filter((use) => ofFamilies.has(familyOf(use.revision)))
}

/** The ARNs of those that are there: another runs nothing, though a target may still name it. */
async function activeClusters(
  aws: Aws,
  clusters: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const described = await aws.all('describeClusters', { clusters: [...clusters] }, signal)
  return (described.clusters ?? []).flatMap(({ status, clusterArn }) =>
    status === 'ACTIVE' && clusterArn ? clusterArn : [],
  )
}

async function inEach<T>(clusters: readonly string[], read: (cluster: string) => Promise<T[]>): Promise<T[]> {
  return (await Promise.all(clusters.map(read))).flat()
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

/** More families than this are not asked for one by one: all tasks of a cluster are fewer calls. */
const fewFamilies = 5

async function referencesByTasks(
  aws: Aws,
  { families, clusters }: Pick<ReferencesQuestion, 'families' | 'clusters'>,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const asked = families.length > fewFamilies ? [undefined] : families
  const found = await Promise.all(
    clusters.flatMap((cluster) => asked.map((family) => referencesByTasksOf(aws, { cluster, family }, signal))),
  )
  return found.flat()
}

async function referencesByTasksOf(
  aws: Aws,
  { cluster, family }: { readonly cluster: string; readonly family: string | undefined },
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { taskArns = [] } = await aws.all('listTasks', { cluster, ...(family !== undefined && { family }) }, signal)
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', { cluster, tasks: taskArns }, signal)
  return tasks.flatMap((task) => {
    const service = task.group?.startsWith('service:') ? task.group.slice('service:'.length) : undefined
    const key = `${nameOf(cluster)}/${service ?? nameOf(task.taskArn ?? '')}`
    return task.taskDefinitionArn ? [{ revision: task.taskDefinitionArn, kind: 'task' as const, key }] : []
  })
}

/** The targets in rules of any event bus of the region. */
async function referencesByTargets(
  aws: Aws,
  clusters: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { EventBuses = [] } = await aws.all('listEventBuses', {}, signal)
  return inEach(clusters, (cluster) =>
    inEach(
      EventBuses.map(({ Name = 'default' }) => Name),
      (bus) => referencesOnBus(aws, { cluster, bus }, signal),
    ),
  )
}

async function referencesOnBus(
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
