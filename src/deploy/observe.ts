/** Reads everything that definitions need, before anything is changed. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Aws } from '../aws/aws.ts'
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { isDenied, whyUnreadable } from '../rollout/missingPermission.ts'
import { activeRevisions } from './revisions.ts'
import { nameOf, ruleKey, serviceKey } from '../ground/names.ts'
import { describeRevision } from './describeRevision.ts'
import type { Registered, Revision, RevisionReference, World } from './world.ts'
import { describeRevisions, pausedHooks, successfulRevisions } from './history.ts'
import { revisionReferences } from './revisionReferences.ts'

/**
 * Reads everything that the definitions take for granted, side by side, before anything is changed. What is not there
 * is found here: all problems at once, as a `NotFound`, with nothing written.
 */
export async function observe(
  aws: Aws,
  definitions: readonly Definition[],
  { prune, registered, history, paused, signal }: Wanted,
): Promise<World> {
  const problems: string[] = []
  const report = (problem: string): void => void problems.push(problem)
  const unread: string[] = []
  const note = (what: string): void => void unread.push(what)
  const [services, , targets, revisions] = await Promise.all([
    observeServices(aws, definitions, report, signal),
    observeTaskClusters(aws, definitions, report, signal),
    observeTargets(aws, definitions, report, signal),
    observeRevisions(aws, definitions, { isNeeded: registered || history, note, signal }),
  ])
  if (problems.length > 0) {
    throw new EcsTaskError('NotFound', 'Not everything that is to be deployed to is there.', {
      problems: [...new Set(problems)].toSorted(),
      fix: 'Check the names, the region and the account; services, rules and clusters are made elsewhere (Terraform, CloudFormation).',
    })
  }
  const [uses, described, successes, hooks, running] = await Promise.all([
    prune && prunable(definitions, revisions) ? observeUses(aws, definitions, note, signal) : [],
    each(revisions, async (list) => (registered ? describeRevisions(aws, list, signal) : [])),
    each(services, async (service) => (history ? successfulRevisions(aws, service, signal) : undefined)),
    each(services, async (service) => (paused ? pausedHooks(aws, service, signal) : [])),
    observeRunning(aws, services, revisions, signal),
  ])
  return {
    services,
    targets,
    revisions,
    uses,
    registered: new Map(described),
    running,
    history: new Map(successes.flatMap(([key, list]) => (list ? [[key, list] as const] : []))),
    paused: hooks.flatMap(([, found]) => found),
    unread,
  }
}

/** What is read beyond what every command needs, because it costs calls. */
interface Wanted {
  /** What revisions are in use, where there are enough of them for one to be deregistered. */
  readonly prune?: boolean
  /** What each ACTIVE revision is. */
  readonly registered?: boolean
  /** Which revisions each service was deployed to successfully. */
  readonly history?: boolean
  /** Which deployments wait at a PAUSE hook. */
  readonly paused?: boolean
  readonly signal?: AbortSignal
}

/** The same keys with what becomes of each value, all at once. */
function each<K, V, R>(map: ReadonlyMap<K, V>, become: (value: V) => Promise<R>): Promise<(readonly [K, R])[]> {
  return Promise.all([...map].map(async ([key, value]) => [key, await become(value)] as const))
}

type Report = (problem: string) => void

/** Notes what is done without, a sentence. */
type Note = (sentence: string) => void

async function observeServices(
  aws: Aws,
  definitions: readonly Definition[],
  report: Report,
  signal: AbortSignal | undefined,
): Promise<Map<string, Service>> {
  const wanted = definitions.flatMap((definition) =>
    definition.updateServices.map((update, index) => ({ path: `${definition.name}/updateServices/${index}`, update })),
  )
  const found = new Map<string, Service>()
  const clusters = [...new Set(wanted.map(({ update }) => update.cluster ?? 'default'))]
  await Promise.all(
    clusters.map(async (cluster) => {
      const members = wanted.filter(({ update }) => (update.cluster ?? 'default') === cluster)
      const names = [...new Set(members.map(({ update }) => update.service))]
      const answer = await aws.all('describeServices', { cluster, services: names }, signal).catch(absentCluster)
      for (const { path, update } of members) {
        if (!answer) {
          report(`${path}/cluster: there is no cluster ${nameOf(cluster)}.`)
          continue
        }
        const service = answer.services?.find((one) => one.serviceName === nameOf(update.service))
        const refusal = refusalOf(service, update.service, cluster)
        if (refusal) report(`${path}/service: ${refusal}`)
        else if (service) found.set(serviceKey(update), service)
      }
    }),
  )
  return found
}

function refusalOf(service: Service | undefined, name: string, cluster: string): string | undefined {
  if (!service) return `there is no service ${nameOf(name)} in cluster ${nameOf(cluster)}.`
  if (service.status !== 'ACTIVE')
    return `service ${service.serviceName} is ${service.status}; only an ACTIVE one can be updated.`
  const controller = service.deploymentController?.type ?? 'ECS'
  if (controller !== 'ECS')
    return `service ${service.serviceName} is deployed by ${controller}; only the ECS deployment controller is supported.`
  return undefined
}

async function observeTaskClusters(
  aws: Aws,
  definitions: readonly Definition[],
  report: Report,
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanted = definitions.flatMap((definition) =>
    definition.runTasks.map((run, index) => ({
      path: `${definition.name}/runTasks/${index}`,
      cluster: run.cluster ?? 'default',
    })),
  )
  if (wanted.length === 0) return
  const names = [...new Set(wanted.map(({ cluster }) => cluster))]
  // Who may not look hears of a cluster that is not there from RunTask.
  const answer = await aws.all('describeClusters', { clusters: names }, signal).catch(unlessDenied(() => undefined))
  if (!answer) return
  const { clusters = [] } = answer
  for (const { path, cluster } of wanted) {
    const found = clusters.find((one) => one.clusterName === nameOf(cluster))
    if (!found) report(`${path}/cluster: there is no cluster ${nameOf(cluster)}.`)
    else if (found.status !== 'ACTIVE') report(`${path}/cluster: cluster ${nameOf(cluster)} is ${found.status}.`)
  }
}

async function observeTargets(
  aws: Aws,
  definitions: readonly Definition[],
  report: Report,
  signal: AbortSignal | undefined,
): Promise<Map<string, readonly Target[]>> {
  const found = new Map<string, readonly Target[]>()
  await Promise.all(
    definitions.flatMap((definition) =>
      definition.eventTargets.map(async (eventTarget, index) => {
        const { Rule, EventBusName } = eventTarget
        const answer = await aws
          .all('listTargetsByRule', { Rule, EventBusName }, signal)
          .catch(absent('ResourceNotFoundException'))
        if (answer) found.set(ruleKey(eventTarget), answer.Targets ?? [])
        else
          report(
            `${definition.name}/eventTargets/${index}/Rule: there is no rule ${Rule} on the event bus ${EventBusName ?? 'default'}.`,
          )
      }),
    ),
  )
  return found
}

/** Where they are not needed but to tidy up, a family whose revisions may not be listed is left out. */
async function observeRevisions(
  aws: Aws,
  definitions: readonly Definition[],
  { isNeeded, note, signal }: { isNeeded: boolean | undefined; note: Note; signal: AbortSignal | undefined },
): Promise<Map<string, readonly Revision[]>> {
  const families = familiesOf(definitions)
  const lists = await Promise.all(
    families.map((family) => {
      const list = activeRevisions(aws, family, signal)
      const without = `The revisions of ${family} could not be listed`
      return isNeeded ? list : list.catch(unlessDenied((error) => noted(note, sentence(without, error))))
    }),
  )
  return new Map(families.flatMap((family, index) => (lists[index] ? [[family, lists[index]] as const] : [])))
}

/** What uses the revisions; undefined where it may not be read, and no revision can be known to be unused. */
function observeUses(
  aws: Aws,
  definitions: readonly Definition[],
  note: Note,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[] | undefined> {
  const families = familiesOf(definitions)
  const without = `Old revisions of ${families.join(', ')} stay ACTIVE, because what uses them could not be read`
  return revisionReferences(aws, { families, clusters: clustersOf(definitions) }, signal).catch(
    unlessDenied((error) => noted(note, sentence(without, error))),
  )
}

function noted(note: Note, text: string): undefined {
  note(text)
}

function sentence(what: string, error: unknown): string {
  return `${what}: ${whyUnreadable(error, 'to read them')}.`
}

/** What is done in place of a read for which a permission is missing. */
function unlessDenied<T>(instead: (error: unknown) => T): (error: unknown) => T {
  return (error) => {
    if (!isDenied(error)) throw error
    return instead(error)
  }
}

function familiesOf(definitions: readonly Definition[]): string[] {
  return [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
}

/** What services run that is not among the ACTIVE revisions: the way back has to go to a copy of it. */
async function observeRunning(
  aws: Aws,
  services: ReadonlyMap<string, Service>,
  revisions: ReadonlyMap<string, readonly Revision[]>,
  signal: AbortSignal | undefined,
): Promise<Map<string, Registered>> {
  const active = new Set([...revisions.values()].flat().map(({ arn }) => arn))
  const arns = new Set([...services.values()].flatMap(({ taskDefinition }) => taskDefinition ?? []))
  const others = [...arns].filter((arn) => !active.has(arn))
  const found = await Promise.all(
    others.map((arn) =>
      describeRevision(aws, arn, signal).catch((error: unknown) => {
        if (!unshown.has((error as Error).name)) throw error
      }),
    ),
  )
  return new Map(found.flatMap((one) => (one ? [[one.arn, one] as const] : [])))
}

/** What AWS answers of a revision that was deleted, and to whoever may not see it. */
const unshown = new Set(['ClientException', 'AccessDeniedException'])

/** Every cluster that the definitions name, by name or ARN. */
export function clustersOf(definitions: readonly Definition[]): string[] {
  const named = definitions.flatMap((definition) => [
    ...definition.updateServices.map((update) => update.cluster ?? 'default'),
    ...definition.runTasks.map((run) => run.cluster ?? 'default'),
    ...definition.eventTargets.flatMap((one) =>
      one.Targets.filter((target) => target.EcsParameters).map((target) => target.Arn),
    ),
  ])
  return [...new Map(named.map((cluster) => [nameOf(cluster), cluster])).values()]
}

function prunable(definitions: readonly Definition[], revisions: ReadonlyMap<string, readonly Revision[]>): boolean {
  return definitions.some((one) => (revisions.get(one.taskDefinition.family)?.length ?? 0) + 1 > one.activeTaskCount)
}

function absent(name: string): (error: unknown) => undefined {
  return (error) => {
    if ((error as Error).name !== name) throw error
  }
}

const absentCluster = absent('ClusterNotFoundException')
