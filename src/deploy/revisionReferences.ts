/** What still points at a revision: services, tasks, event targets and schedules. */
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Aws } from '../aws/aws.ts'
import { familyOf } from './revisions.ts'
import { referencesBySchedules, referencesOfSchedules } from './starters/scheduleReferences.ts'
import { nameOf, ruleKey } from '../ground/names.ts'
import type { RevisionReference } from './world.ts'

/** Where to look for what still points at a revision. */
interface ReferencesQuestion {
  /** Of these families; by default of all. */
  readonly families?: readonly string[] | undefined
  /** By name or ARN. */
  readonly clusters: readonly string[]
  /** The ARN of any revision beside these clusters, which tells theirs; without it they are described. */
  readonly revision?: string | undefined
  /** Only these. */
  readonly kinds?: readonly RevisionReference['kind'][]
}

/** The services, rules and schedules that a run itself points at a revision. */
export interface OwnPointers {
  readonly services: readonly { readonly cluster: string; readonly service: string }[]
  readonly rules: readonly { readonly Rule: string; readonly EventBusName: string }[]
  readonly schedules: readonly { readonly Name: string; readonly GroupName: string }[]
}

/**
 * Everything in these clusters that points at a revision of these families: services (each of their deployments), tasks
 * that are to run, and event targets, whoever declared them; and every schedule of the region that does.
 */
export async function revisionReferences(
  aws: Aws,
  { families, clusters, revision, kinds = ['service', 'task', 'target', 'schedule'] }: ReferencesQuestion,
  signal?: AbortSignal,
): Promise<RevisionReference[]> {
  // Schedules are those of the region.
  const asked = kinds.every((kind) => kind === 'schedule') ? [] : clusters
  const there =
    revision === undefined
      ? await activeClusters(aws, asked, signal)
      : asked.map((cluster) => clusterBeside(revision, cluster))
  const reads = {
    service: () => inEach(there, (one) => referencesByServices(aws, one, signal)),
    task: () => referencesByTasks(aws, { families, clusters: there }, signal),
    target: () => referencesByTargets(aws, there, signal),
    schedule: () => referencesBySchedules(aws, signal),
  }
  const found = (await Promise.all(kinds.map((kind) => reads[kind]()))).flat()
  if (!families) return found
  const ofFamilies = new Set(families)
  return found.filter((use) => ofFamilies.has(familyOf(use.revision)))
}

/** The families to ask for one by one; undefined where they are so many that all tasks of a cluster are fewer calls. */
export function fewFamilies(families: readonly string[]): readonly string[] | undefined {
  return families.length > 5 ? undefined : families
}

/** A task definition and a cluster of one account and region differ in their ARNs' last part alone. */
function clusterBeside(revision: string, cluster: string): string {
  return cluster.startsWith('arn:')
    ? cluster
    : `${revision.slice(0, revision.lastIndexOf(':task-definition/'))}:cluster/${cluster}`
}

/** What a read of a cluster answers; nothing where there is no such cluster, so that nothing runs in it. */
function ofCluster<T>(read: Promise<T>): Promise<T | undefined> {
  return read.catch((error: unknown) => {
    if ((error as Error).name !== 'ClusterNotFoundException') throw error
    return undefined
  })
}

/** The ARNs of those that are there. */
async function activeClusters(
  aws: Aws,
  clusters: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  if (clusters.length === 0) return []
  const described = await aws.all('describeClusters', { clusters: [...clusters] }, signal)
  return (described.clusters ?? []).flatMap(({ status, clusterArn }) =>
    status === 'ACTIVE' && clusterArn ? clusterArn : [],
  )
}

async function inEach<T>(names: readonly string[], read: (name: string) => Promise<T[]>): Promise<T[]> {
  return (await Promise.all(names.map(read))).flat()
}

/** Which of a run's own services, rules and schedules point at anything: what whoever may deploy may read, if nothing more. */
export async function ownReferences(
  aws: Aws,
  { services, rules, schedules }: OwnPointers,
  signal?: AbortSignal,
): Promise<RevisionReference[]> {
  const clusters = [...new Set(services.map(({ cluster }) => cluster))]
  const namesIn = (cluster: string): string[] =>
    services.filter((one) => one.cluster === cluster).map(({ service }) => service)
  const found = await Promise.all([
    ...clusters.map((cluster) => referencesOfServices(aws, cluster, namesIn(cluster), signal)),
    ...rules.map((rule) => referencesOfRule(aws, rule, signal)),
    referencesOfSchedules(aws, schedules, signal),
  ])
  return found.flat()
}

async function referencesByServices(
  aws: Aws,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { serviceArns = [] } = (await ofCluster(aws.all('listServices', { cluster }, signal))) ?? {}
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
  { families, clusters }: Pick<ReferencesQuestion, 'families' | 'clusters'>,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const each = (families && fewFamilies(families)) ?? [undefined]
  const found = await Promise.all(
    clusters.flatMap((cluster) => each.map((family) => referencesByTasksOf(aws, { cluster, family }, signal))),
  )
  return found.flat()
}

async function referencesByTasksOf(
  aws: Aws,
  { cluster, family }: { readonly cluster: string; readonly family: string | undefined },
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const input = { cluster, ...(family !== undefined && { family }) }
  const { taskArns = [] } = (await ofCluster(aws.all('listTasks', input, signal))) ?? {}
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', { cluster, tasks: taskArns }, signal)
  return tasks.flatMap((task) => {
    const service = task.group?.startsWith('service:') ? task.group.slice('service:'.length) : undefined
    const key = `${nameOf(cluster)}/${service ?? nameOf(task.taskArn ?? '')}`
    return task.taskDefinitionArn ? [{ revision: task.taskDefinitionArn, kind: 'task' as const, key }] : []
  })
}

/** The targets in rules of any event bus of the region. */
function referencesByTargets(
  aws: Aws,
  clusters: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  return inRulesOf(aws, clusters, (rule) => referencesOfRule(aws, rule, signal), signal)
}

const defaultBus = 'default'

/** Reads each rule of any event bus of the region that has a target in one of these clusters. */
export async function inRulesOf<T>(
  aws: Aws,
  clusters: readonly string[],
  read: (rule: OwnPointers['rules'][number]) => Promise<T[]>,
  signal?: AbortSignal,
): Promise<T[]> {
  if (clusters.length === 0) return []
  const inBuses = (names: readonly string[]): Promise<T[]> =>
    inEach(names, (EventBusName) =>
      inEach(clusters, async (TargetArn) => {
        const { RuleNames = [] } = await aws.all('listRuleNamesByTarget', { EventBusName, TargetArn }, signal)
        return inEach(RuleNames, (Rule) => read({ Rule, EventBusName }))
      }),
    )
  // Every region has the default bus, so its rules are asked for while the other buses are looked up.
  const found = await Promise.all([
    inBuses([defaultBus]),
    aws.all('listEventBuses', {}, signal).then(({ EventBuses = [] }) => {
      const names = EventBuses.map(({ Name = defaultBus }) => Name)
      return inBuses(names.filter((name) => name !== defaultBus))
    }),
  ])
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
    if (!revision) return []
    return [
      {
        revision,
        kind: 'target' as const,
        key: `${ruleKey(rule)}/${target.Id}`,
        declaration: declarationOf(rule, target),
      },
    ]
  })
}

/** What a class declares for a target to be moved with it. */
function declarationOf({ Rule, EventBusName }: OwnPointers['rules'][number], { Id, Arn, RoleArn }: Target): string {
  const bus = EventBusName === 'default' ? '' : `, EventBusName: '${EventBusName}'`
  const role = RoleArn === undefined ? '' : `, RoleArn: '${RoleArn}'`
  return `eventTargets = [{ Rule: '${Rule}'${bus}, Targets: [{ Id: '${Id}', Arn: '${Arn}'${role}, EcsParameters: {} }] }]`
}
