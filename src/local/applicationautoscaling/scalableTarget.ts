// A scalable target: how it is named, found and refused. Only ECS services can be one here.
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import type { Region, ScalableTargetRecord } from '../world/world.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { violation } from '../wire/violation.ts'

/** What names a scalable target. */
interface Named {
  ServiceNamespace: string
  ResourceId?: string | undefined
  ScalableDimension?: string | undefined
}

export const desiredCount = 'ecs:service:DesiredCount'

export const invalid = (message: string): AwsFault => new AwsFault('ValidationException', message)

/** The key of a target, or with a name that of a policy or scheduled action of it. Names have no blanks. */
export const keyOf = ({ ServiceNamespace, ResourceId = '', ScalableDimension = '' }: Named, name?: string): string =>
  [ServiceNamespace, ResourceId, ScalableDimension, ...(name === undefined ? [] : [name])].join(' ')

/** The target of that name; throws ObjectNotFoundException. */
export function findTarget(region: Region, named: Named): ScalableTargetRecord {
  checkNamed(named)
  const found = own(region.scalableTargets, keyOf(named))
  if (!found) throw new AwsFault('ObjectNotFoundException', `No scalable target registered for ${described(named)}`)
  return found
}

/** Takes a target away, and with it its policies and scheduled actions. */
export function removeTarget(region: Region, target: ScalableTargetRecord): void {
  const key = keyOf(target)
  for (const records of [region.scalingPolicies, region.scheduledActions]) {
    for (const each of Object.keys(records)) if (each.startsWith(`${key} `)) delete records[each]
  }
  delete region.scalableTargets[key]
  delete region.tags[target.ScalableTargetARN]
}

/** A service that is deleted takes its target along: https://github.com/hashicorp/terraform-provider-aws/issues/10432 */
export function forgetTargets(region: Region, service: string): void {
  for (const target of Object.values(region.scalableTargets)) {
    if (target.ResourceId === `service/${service}`) removeTarget(region, target)
  }
}

/** A name as Application Auto Scaling repeats it in what it refuses. */
export const described = ({ ServiceNamespace, ResourceId, ScalableDimension }: Named): string =>
  `service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}`

/** Refuses what names no ECS service. */
export function checkNamed({ ServiceNamespace, ResourceId, ScalableDimension }: Named): void {
  checkNamespace(ServiceNamespace)
  if (ScalableDimension !== undefined && ScalableDimension !== desiredCount) {
    throw invalid(
      violation('scalableDimension', ScalableDimension, `satisfy enum value set: [${desiredCount}]`) +
        '. The local AWS scales ECS services only.',
    )
  }
  if (ResourceId !== undefined && !/^service\/[\w-]+\/[\w-]+$/.test(ResourceId)) {
    throw invalid(`Unsupported service namespace, resource type or scalable dimension: ${ResourceId}`)
  }
}

export function checkNamespace(namespace: string): void {
  if (namespace === 'ecs') return
  throw invalid(
    violation('serviceNamespace', namespace, 'satisfy enum value set: [ecs]') +
      '. The local AWS scales ECS services only.',
  )
}

/** Whether a policy or a scheduled action belongs to the target, or to any where no target is named. */
export const belongsTo =
  ({ ServiceNamespace, ResourceId, ScalableDimension }: Named) =>
  (each: Named): boolean =>
    each.ServiceNamespace === ServiceNamespace &&
    (ResourceId === undefined || each.ResourceId === ResourceId) &&
    (ScalableDimension === undefined || each.ScalableDimension === ScalableDimension)

/** One page of what is described, at most 50. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Item[]; nextToken?: string } {
  const size = { default: 50, max: 50 }
  return refuseAs(
    MaxResults !== undefined && (MaxResults < 1 || MaxResults > 50)
      ? 'ValidationException'
      : 'InvalidNextTokenException',
    () => page(items, { maxResults: MaxResults, nextToken: NextToken }, size),
  )
}
