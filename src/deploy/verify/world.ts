/** What all checks know: what is verified, and the clusters and services that it is for. */
import type { Cluster, Service } from '@aws-sdk/client-ecs'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Answer, Reads } from './reads.ts'
import type { Subject } from './subject.ts'

export interface World {
  readonly subjects: readonly Subject[]
  /** The region and the account that calls reach; undefined where AWS has not said. */
  readonly region: string | undefined
  readonly account: string | undefined
  /** By name. */
  readonly clusters: Answer<ReadonlyMap<string, Cluster>>
  /** By `cluster/service`. */
  readonly services: Answer<ReadonlyMap<string, Service>>
}

/** Without asking AWS. */
export function worldOffline(subjects: readonly Subject[]): World {
  const unread = { state: 'unread', why: 'it was not asked' } as const
  return { subjects, region: undefined, account: undefined, clusters: unread, services: unread }
}

/** Reads clusters and services. */
export async function readWorld(subjects: readonly Subject[], reads: Reads): Promise<World> {
  const [{ clusters, ...place }, services] = await Promise.all([
    readClusters(subjects, reads),
    readServices(subjects, reads),
  ])
  // Who may not describe clusters learns it from a service.
  const [service] = services.state === 'found' ? services.value.values() : []
  return { subjects, ...placeOf(service?.serviceArn), ...place, clusters, services }
}

/** Every cluster that is named, by name or ARN. */
function clustersIn(subjects: readonly Subject[]): string[] {
  const named = subjects.flatMap(({ services, runs, eventTargets, schedules }) => [
    ...services.map(({ cluster }) => cluster),
    ...runs.map(({ cluster = 'default' }) => cluster),
    ...eventTargets.flatMap(({ Targets }) => Targets.filter((one) => one.EcsParameters).map(({ Arn }) => Arn)),
    ...schedules.flatMap(({ Target }) => Target?.Arn ?? []),
  ])
  return [...new Set(named)]
}

async function readClusters(
  subjects: readonly Subject[],
  reads: Reads,
): Promise<Partial<Place> & Pick<World, 'clusters'>> {
  const named = clustersIn(subjects)
  const clusters = named.length > 0 ? named : ['default']
  const answer = await reads.ask('describeClusters', { clusters })
  if (answer.state !== 'found') return { clusters: answer }
  const { clusters: found = [], failures = [] } = answer.value
  // Of one that is asked for by its ARN, AWS repeats the ARN, wherever that is.
  const own = [
    ...found.map(({ clusterArn }) => clusterArn),
    ...failures.map(({ arn }) => arn).filter((arn) => !named.includes(arn ?? '')),
  ]
  const there = found.filter(({ status }) => status !== 'INACTIVE')
  const byName = new Map(there.map((one) => [one.clusterName ?? '', one]))
  return { ...placeOf(own[0]), clusters: { state: 'found', value: byName } }
}

type Place = Pick<World, 'region' | 'account'>

function placeOf(arn = ''): Place {
  const [, region, account] = /^arn:[\w-]+:ecs:([\w-]+):(\d{12}):/.exec(arn) ?? []
  return { region, account }
}

async function readServices(subjects: readonly Subject[], reads: Reads): Promise<World['services']> {
  const wanted = subjects.flatMap(({ services }) => services)
  const clusters = [...new Set(wanted.map(({ cluster }) => cluster))]
  const found = new Map<string, Service>()
  const answers = await Promise.all(
    clusters.map((cluster) => {
      const names = wanted.filter((one) => one.cluster === cluster).map(({ service }) => service)
      return reads.ask('describeServices', { cluster, services: [...new Set(names)] }, notThere)
    }),
  )
  for (const answer of answers) {
    if (answer.state === 'unread') return answer
    const { services = [] } = answer.state === 'found' ? answer.value : {}
    for (const one of services) {
      if (one.status !== 'INACTIVE') {
        found.set(serviceKey({ cluster: nameOf(one.clusterArn ?? ''), service: one.serviceName }), one)
      }
    }
  }
  return { state: 'found', value: found }
}

/** ECS also refuses ARNs of elsewhere, in place of finding nothing. */
const notThere = /^(ClusterNotFoundException|InvalidParameterException|ClientException)$/
