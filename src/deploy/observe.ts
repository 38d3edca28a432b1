/** Reads everything that definitions need, before anything is changed. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf, scheduleKey, serviceKey } from '../ground/names.ts'
import type { Registered, Revision, World } from './world.ts'
import { type Asking, type Goal, observeOngoing, observeSuccesses } from './observeHistory.ts'
import { goalsOf, observeRevisions, observeRunning, observeUses } from './observeRevisions.ts'
import { refusalOf } from './live.ts'
import { elsewhere, isIdentifierRefused } from '../aws/elsewhere.ts'
import { describeRevisions } from './history.ts'
import { observeSchedules } from './starters/observeSchedules.ts'
import { observeTargets } from './starters/observeTargets.ts'
import { unlessDenied } from '../rollout/missingPermission.ts'

/**
 * Reads everything that the definitions take for granted, side by side, before anything is changed. What is not there
 * is found here: all problems at once, as a `NotFound`, with nothing written.
 */
export async function observe(
  aws: Aws,
  definitions: readonly Definition[],
  { uses: isToReadUses, registered, history, ongoing, isDeclared = true, signal }: Wanted,
): Promise<World> {
  const families = familiesOf(definitions)
  const problems: string[] = []
  const report: Report = (path, problem) => void problems.push(isDeclared ? `${path}: ${problem}` : capital(problem))
  const unread: string[] = []
  const note = (what: string): void => void unread.push(what)
  const [services, , targets, schedules, revisions] = await Promise.all([
    observeServices(aws, definitions, report, signal),
    observeTaskClusters(aws, definitions, report, signal),
    observeTargets(aws, definitions, report, signal),
    observeSchedules(aws, definitions, report, signal),
    observeRevisions(aws, families, { isNeeded: registered || history === 'goal', note, signal }),
  ])
  if (problems.length > 0) throw unusable([...new Set(problems)].toSorted(), isDeclared)
  const all = [...services.values()]
  const histories =
    history === undefined
      ? Promise.resolve(new Map())
      : observeSuccesses(aws, all, { to: history, note, signal }).then((found) => byKey(services, found))
  const [uses, described, successes, deployments, running] = await Promise.all([
    isToReadUses
      ? observeUses(aws, { definitions, revisions, clusters: clustersOf(definitions, schedules) }, note, signal)
      : ('whenDue' as const),
    registered ? describeEach(aws, revisions, signal) : new Map(),
    histories,
    ongoing === undefined ? new Map() : observeOngoing(aws, all, { by: ongoing, note, signal }),
    history === undefined
      ? new Map()
      : histories.then((found) => observeRunning(aws, goalsOf(services, found), revisions, signal)),
  ])
  return {
    services,
    targets,
    schedules,
    revisions,
    uses,
    registered: described,
    running,
    history: successes,
    ongoing: byKey(services, deployments),
    images: new Map(),
    unread,
  }
}

/** What is read beyond what every command needs, because it costs calls. */
interface Wanted {
  /**
   * What revisions are in use, where there are enough of them for one to be deregistered: for a dry run, which shows what
   * would be. A run that writes reads it when it comes to that.
   */
  readonly uses?: boolean
  /** What each ACTIVE revision is. */
  readonly registered?: boolean
  /** What services ran successfully, and what for. */
  readonly history?: Goal
  /** Which deployments are in progress and where they are paused, and who asks. */
  readonly ongoing?: Asking
  /** Whether problems begin with their path in a class; otherwise there is none, as with `run`. */
  readonly isDeclared?: boolean
  readonly signal?: AbortSignal
}

/** What is known of services, by their keys. */
function byKey<T>(services: ReadonlyMap<string, Service>, found: ReadonlyMap<Service, T>): Map<string, T> {
  return new Map(
    [...services].flatMap(([key, service]) => {
      const known = found.get(service)
      return known === undefined ? [] : [[key, known] as const]
    }),
  )
}

/** What each of the revisions is, by family. */
async function describeEach(
  aws: Aws,
  revisions: ReadonlyMap<string, readonly Revision[]>,
  signal: AbortSignal | undefined,
): Promise<Map<string, readonly Registered[]>> {
  const lists = [...revisions]
  return new Map(
    await Promise.all(
      lists.map(async ([family, list]) => [family, await describeRevisions(aws, list, signal)] as const),
    ),
  )
}

type Report = (path: string, problem: string) => void

/** A sentence that stands alone, without its path before it. */
const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`

/** The error for all that cannot be used; without a class there is no list where there is but one. */
function unusable(problems: readonly string[], isDeclared: boolean): EcsTaskError {
  const isMissing = (problem: string): boolean => /there is no /i.test(problem)
  const what = `Some deployment targets ${problems.every(isMissing) ? 'do not exist' : 'cannot be deployed to'}.`
  const creating = '; services, rules, schedules and clusters are created elsewhere (Terraform, CloudFormation)'
  const fix = problems.some(isMissing)
    ? `Check the names, the region and the account${isDeclared ? creating : ''}.`
    : undefined
  const [only, ...others] = problems
  const isOne = !isDeclared && others.length === 0
  return new EcsTaskError('NotFound', isOne ? only! : what, { fix, ...(!isOne && { problems }) })
}

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
      const read = aws.all('describeServices', { cluster, services: names }, signal)
      const answer = await read.catch(async (error: unknown) => {
        if (!isIdentifierRefused(error)) return absentCluster(error)
        if ((await elsewhere(aws, [cluster, ...names], signal)) === '') throw error
        return { services: [] }
      })
      const services = new Map(answer?.services?.map((one) => [one.serviceName, one]))
      for (const { path, update } of members) {
        if (!answer) {
          const where = await elsewhere(aws, [cluster], signal)
          report(`${path}/cluster`, `there is no cluster ${nameOf(cluster)}${where}.`)
          continue
        }
        const service = services.get(nameOf(update.service))
        if (!service) {
          const where = await elsewhere(aws, [cluster, update.service], signal)
          report(
            `${path}/service`,
            `there is no service ${nameOf(update.service)} in cluster ${nameOf(cluster)}${where}.`,
          )
          continue
        }
        const refusal = refusalOf(service)
        if (refusal) report(`${path}/service`, refusal)
        else found.set(serviceKey(update), service)
      }
    }),
  )
  return found
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
  const clusters = new Map(answer.clusters?.map((one) => [one.clusterName, one]))
  for (const { path, cluster } of wanted) {
    const found = clusters.get(nameOf(cluster))
    if (!found) {
      const where = await elsewhere(aws, [cluster], signal)
      report(`${path}/cluster`, `there is no cluster ${nameOf(cluster)}${where}.`)
    } else if (found.status !== 'ACTIVE') report(`${path}/cluster`, `cluster ${nameOf(cluster)} is ${found.status}.`)
  }
}

function familiesOf(definitions: readonly Definition[]): string[] {
  return [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
}

/** Every cluster that the definitions name, by name or ARN, and those in which their schedules start tasks by now. */
export function clustersOf(definitions: readonly Definition[], schedules: World['schedules'] = new Map()): string[] {
  const named = definitions.flatMap((definition) => [
    ...definition.updateServices.map((update) => update.cluster ?? 'default'),
    ...definition.runTasks.map((run) => run.cluster ?? 'default'),
    ...definition.eventTargets.flatMap((one) =>
      one.Targets.filter((target) => target.EcsParameters).map((target) => target.Arn),
    ),
    ...definition.schedules.flatMap((one) => one.Target?.Arn ?? schedules.get(scheduleKey(one))?.Target?.Arn ?? []),
  ])
  return [...new Map(named.map((cluster) => [nameOf(cluster), cluster])).values()]
}

function absent(name: string): (error: unknown) => undefined {
  return (error) => {
    if ((error as Error).name !== name) throw error
  }
}

const absentCluster = absent('ClusterNotFoundException')
