/** Names what services of ours stand on and that stays, because nothing on it says that it is ours. */
import type { Step } from '../engine/step.ts'
import { type Found, isOurs } from './found.ts'

/** A sentence each: somebody else has made it, or somebody has taken off its tags, and nobody can tell which. */
export function unclaimed(
  { cluster, services, namespaces, targetGroups }: Found,
  of: {
    /** Only this service is deleted; undefined: the whole cluster. */
    readonly service: string | undefined
    readonly names: readonly string[]
    readonly removed: readonly Step[]
  },
): string[] {
  const going = of.names.flatMap((name) => services.get(name) ?? [])
  const registries = new Set(
    going.flatMap((one) => (one.serviceRegistries ?? []).map(({ registryArn }) => registryArn)),
  )
  const groups = new Set(
    going.flatMap((one) => (one.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? [])),
  )
  const isRemoved = (type: 'namespace' | 'discoveryService', name = ''): boolean =>
    of.removed.some(({ subject }) => subject.type === type && subject.name === name)
  return [
    ...[...groups]
      .filter((arn) => !targetGroups.some((one) => one.thing.TargetGroupArn === arn && isOurs(one, cluster)))
      .map((arn) => stays(`Target group ${arn.split('/')[1]}`)),
    ...namespaces.flatMap(({ namespace, services: all }) => {
      const ours = all.filter((one) => isOurs(one, cluster) || registries.has(one.thing.Arn))
      const { Name = '' } = namespace.thing
      const isKept = of.service === undefined && ours.length > 0 && !isRemoved('namespace', Name)
      return [
        ...ours
          .filter(({ thing }) => registries.has(thing.Arn) && !isRemoved('discoveryService', thing.Name))
          .map(({ thing }) => stays(`Discovery service ${thing.Name} of namespace ${Name}`)),
        ...(isKept
          ? [isOurs(namespace, cluster) ? `Namespace ${Name} is used by others and stays.` : stays(`Namespace ${Name}`)]
          : []),
      ]
    }),
  ]
}

const stays = (what: string): string => `${what} has no tag that says that ecs-task has made it, and stays.`
