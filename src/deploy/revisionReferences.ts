/** What still points at a revision: services, tasks and event targets. */
import type { Aws } from '../aws/aws.ts'
import { familyOf } from './revisions.ts'
import { nameOf } from '../ground/names.ts'
import type { RevisionReference } from './world.ts'

/** Where to look for what still points at a revision: the families, and the clusters by name or ARN. */
interface ReferencesQuestion {
  readonly families: readonly string[]
  readonly clusters: readonly string[]
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

async function referencesByServices(
  aws: Aws,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const { serviceArns = [] } = await aws.all('listServices', { cluster }, signal)
  if (serviceArns.length === 0) return []
  const { services = [] } = await aws.all('describeServices', { cluster, services: serviceArns }, signal)
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
  const of = { EventBusName: bus }
  const { RuleNames = [] } = await aws.all('listRuleNamesByTarget', { ...of, TargetArn: cluster }, signal)
  const lists = await Promise.all(RuleNames.map((Rule) => aws.all('listTargetsByRule', { ...of, Rule }, signal)))
  return lists.flatMap(({ Targets = [] }, index) =>
    Targets.flatMap((target) => {
      const revision = target.EcsParameters?.TaskDefinitionArn
      return revision ? [{ revision, kind: 'target' as const, key: `${bus}/${RuleNames[index]}/${target.Id}` }] : []
    }),
  )
}
