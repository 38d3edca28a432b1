/** Reads what exists of a stack in AWS; changes nothing. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { describeRevision } from '../deploy/revisions.ts'
import { completedRevision } from '../deploy/history.ts'
import { observeSuccesses } from '../deploy/observeHistory.ts'
import type { Note } from '../deploy/observeRevisions.ts'
import { awsCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import type { Registered } from '../deploy/world.ts'
import { findDiscovery } from './findDiscovery.ts'
import { type LoadBalancingQuery, findLoadBalancing } from './loadBalancing/findLoadBalancing.ts'
import { type Found, isMadeFor, tagsOf } from './found.ts'
import { familyIn, hasSameContent, ranTag, withContent } from './ownership.ts'
import { findScaling } from './scaling/findScaling.ts'
import { findSchedules, scheduledRevisions } from './schedules/findSchedules.ts'
import type { TaskDefinition } from '../definition/definition.ts'

/** What to look for: load balancers, and everything else. */
export interface StackQuery extends LoadBalancingQuery {
  /** What the run tags with what it makes; by default it makes nothing. */
  readonly run?: string
  /** The name of the namespace that the stack wants. */
  readonly namespace?: string | undefined
  /** Whether the stack says how services scale; otherwise it may be that nobody may read it. */
  readonly scales?: boolean
  /** The same of schedules. */
  readonly schedules?: boolean
}

/** Reads all of it in parallel. Throws `NotFound` if there is no such cluster. */
export async function findStack(aws: Aws, query: StackQuery, signal?: AbortSignal): Promise<Found> {
  const { cluster, run = '' } = query
  const clusterArn = await requireCluster(aws, cluster, signal)
  const unread: string[] = []
  const note: Note = (sentence) => void unread.push(sentence)
  const found = findServices(aws, query, note, signal)
  const [[services, deleted, newest, running, successes], schedules, scaling, loadBalancing, namespaces] =
    await Promise.all([
      found,
      findSchedules(aws, { cluster, isWanted: query.schedules ?? false }, note, signal),
      scalingOf(aws, query, { note, services: () => found.then(([all]) => [...all.keys()]) }, signal),
      findLoadBalancing(aws, query, signal),
      findDiscovery(aws, query, signal),
    ])
  const newestArns = new Set([...newest.values()].map(({ arn }) => arn))
  const started = scheduledRevisions(schedules).filter((arn) => !newestArns.has(arn))
  return {
    cluster,
    clusterArn,
    run,
    services,
    deleted,
    images: new Map(),
    successes,
    newest,
    running: new Map([...running, ...(await revisionsOf(aws, started, signal))]),
    unread,
    ...loadBalancing,
    namespaces,
    scaling,
    schedules,
  }
}

/** How the services that are asked for scale, or those that the cluster has. */
async function scalingOf(
  aws: Aws,
  { cluster, names, scales = false }: StackQuery,
  { note, services }: { readonly note: Note; readonly services: () => Promise<readonly string[]> },
  signal: AbortSignal | undefined,
): Promise<Found['scaling']> {
  return findScaling(aws, { cluster, names: names ?? (await services()), isWanted: scales }, note, signal)
}

/** Its ARN. */
async function requireCluster(aws: Aws, cluster: string, signal: AbortSignal | undefined): Promise<string> {
  const { clusters = [] } = await aws.call('describeClusters', { clusters: [cluster] }, signal)
  if (clusters[0]?.status === 'ACTIVE') return clusters[0].clusterArn ?? ''
  throw new EcsTaskError('NotFound', `There is no cluster ${nameOf(cluster)}.`, {
    fix: `Check the name and the region, or make it: ${awsCommand('ecs create-cluster', { 'cluster-name': nameOf(cluster) })}`,
  })
}

async function findServices(
  aws: Aws,
  { cluster, names }: StackQuery,
  note: Note,
  signal: AbortSignal | undefined,
): Promise<
  [Map<string, Service>, Set<string>, Map<string, Registered>, Map<string, Registered>, Map<string, string[]>]
> {
  const asked = names ?? (await aws.all('listServices', { cluster }, signal)).serviceArns ?? []
  const include = ['TAGS' as const]
  const { services = [] } =
    asked.length === 0
      ? {}
      : await aws.all('describeServices', { cluster, services: asked.map(nameOf), include }, signal)
  const there = services.filter(({ status }) => status !== 'INACTIVE')
  const families = names
    ? names.map((name) => familyIn(cluster, name))
    : ((await aws.all('listTaskDefinitionFamilies', { familyPrefix: familyIn(cluster, ''), status: 'ACTIVE' }, signal))
        .families ?? [])
  const [newest, successes] = await Promise.all([
    revisionsOf(aws, families, signal),
    successesOf(aws, there, note, signal),
  ])
  const tasks = (names ?? []).filter((name) => !there.some(({ serviceName }) => serviceName === name))
  await Promise.all(
    tasks.map(async (name) => {
      const one = newest.get(familyIn(cluster, name))
      if (one) newest.set(familyIn(cluster, name), (await ranBefore(aws, one, signal)) ?? one)
    }),
  )
  const arns = new Set([...newest.values()].map(({ arn }) => arn))
  const ran = there.flatMap((service) => [
    service.taskDefinition ?? '',
    completedRevision(service, successes.get(service.serviceName ?? '')) ?? '',
  ])
  const others = [...new Set(ran)].filter((arn) => arn !== '' && !arns.has(arn))
  return [
    new Map(there.map((service) => [service.serviceName ?? '', service])),
    new Set(services.flatMap((one) => (isDeleted(one, cluster) ? (one.serviceName ?? '') : []))),
    newest,
    await revisionsOf(aws, others, signal),
    successes,
  ]
}

/** Whether ECS still shows a service of this stack that is gone, which it does for about an hour. */
function isDeleted({ status, tags, serviceName }: Service, cluster: string): boolean {
  return status === 'INACTIVE' && isMadeFor(tags, cluster, serviceName)
}

/**
 * The revision just before the newest of a one-off task that is the same and whose task has run: a second run at once has
 * registered the newest, and was cut off before it could deregister it.
 */
async function ranBefore(
  aws: Aws,
  newest: Registered,
  signal: AbortSignal | undefined,
): Promise<Registered | undefined> {
  const { family, revision = 0 } = newest.taskDefinition
  if (revision <= 1 || tagsOf(newest.tags)[ranTag] !== undefined) return undefined
  const before = await describeRevision(aws, `${family}:${revision - 1}`, signal).catch(absent)
  if (before?.taskDefinition.status !== 'ACTIVE') return undefined
  if (!hasSameContent(withContent(newest) as TaskDefinition, before)) return undefined
  return tagsOf(before.tags)[ranTag] === undefined ? ranBefore(aws, before, signal) : before
}

/** What services have run successfully that have not completed what they are to run now. */
async function successesOf(
  aws: Aws,
  services: readonly Service[],
  note: Note,
  signal: AbortSignal | undefined,
): Promise<Map<string, string[]>> {
  const found = await observeSuccesses(aws, services, { to: 'wayBack', note, signal })
  return new Map([...found].map(([{ serviceName = '' }, successes]) => [serviceName, successes]))
}

/** The task definitions of these names: a family stands for its newest ACTIVE revision. */
async function revisionsOf(
  aws: Aws,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, Registered>> {
  const found = await Promise.all(
    names.map(async (name): Promise<[string, Registered][]> => {
      const registered = await describeRevision(aws, name, signal).catch(absent)
      return registered ? [[name, registered]] : []
    }),
  )
  return new Map(found.flat())
}

/** ECS answers that a family without an ACTIVE revision is no task definition. */
function absent(error: unknown): undefined {
  if ((error as Error).name !== 'ClientException') throw error
}
