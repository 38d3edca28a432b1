/** Capacity providers: whether the cluster has those that are named. */
import { nameOf } from '../../../ground/names.ts'
import { type Check, error } from '../finding.ts'
import { startersOf } from '../starters.ts'

/** A cluster that is missing or may not be read is told of by `clusters`. */
export const capacityProviders: Check = {
  name: 'capacityProviders',
  needs: ['describeClusters', 'listTargetsByRule', 'getSchedule'],
  async of(world, reads) {
    const { subjects, clusters } = world
    if (clusters.state !== 'found') return []
    const starters = await startersOf(world, reads)
    const ofTasks = subjects.flatMap(({ services, runs, where }) => [
      ...services.flatMap(({ path, cluster, settings }) => namedIn(where(path), cluster, settings)),
      ...runs.flatMap((run, index) => namedIn(where(`runTasks/${index}`), run.cluster ?? 'default', run)),
    ])
    const ofStarters = starters.flatMap(({ at, Arn = 'default', parameters: { CapacityProviderStrategy: strategy } }) =>
      namedIn(at('EcsParameters'), Arn, { capacityProviderStrategy: strategy }, 'CapacityProviderStrategy'),
    )
    return [...ofTasks, ...ofStarters].flatMap(({ where, cluster, provider }) => {
      const there = clusters.value.get(nameOf(cluster))
      if (!there || there.capacityProviders?.includes(provider)) return []
      const has = there.capacityProviders?.length ? `; it has ${there.capacityProviders.join(', ')}` : ''
      const fix = 'Name one that it has, or associate it with the cluster.'
      return error(where, `Cluster ${nameOf(cluster)} has no capacity provider ${provider}${has}.`, fix)
    })
  },
}

interface Named {
  readonly where: string
  readonly cluster: string
  readonly provider: string
}

function namedIn(
  where: string,
  cluster: string,
  {
    capacityProviderStrategy = [],
  }: { capacityProviderStrategy?: { capacityProvider: string | undefined }[] | undefined },
  member = 'capacityProviderStrategy',
): Named[] {
  return capacityProviderStrategy.flatMap(({ capacityProvider: provider }, index) => {
    const path = `${where}/${member}/${index}/capacityProvider`
    return provider === undefined ? [] : [{ where: path, cluster, provider }]
  })
}
