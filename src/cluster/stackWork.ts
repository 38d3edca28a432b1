import { Reference } from '../engine/step.ts'
import { balancingWork } from './balancingWork.ts'
import type { Desired, DesiredService } from './desired.ts'
import { discoveryWork, namespaceWork } from './discoveryWork.ts'
import { type Found, recordKey } from './found.ts'
import { removalsOf } from './removalWork.ts'
import { revisionWork } from './revisionWork.ts'
import { type ServiceOptions, serviceWork } from './serviceWork.ts'
import { taskWork } from './taskWork.ts'
import { type Work, together } from './work.ts'
import { serviceKey } from '../ground/names.ts'

/** What is to be done for everything that a stack wants: what all share, and each service by its name. */
export function stackWork(
  found: Found,
  { namespace, services }: Desired,
  options: ServiceOptions,
): { readonly shared: Work; readonly services: ReadonlyMap<string, Required<Work>> } {
  const isDiscovered = services.some(({ discovery }) => discovery !== undefined)
  const space = namespace && isDiscovered ? namespaceWork(found, namespace) : undefined
  const at = namespace && space && { name: namespace.name, id: space.id }
  return {
    shared: space ?? { steps: {} },
    services: new Map(services.map((service) => [service.name, workOf(found, service, { ...options, namespace: at })])),
  }
}

function workOf(
  found: Found,
  service: DesiredService,
  options: ServiceOptions & { readonly namespace: { name: string; id: string | Reference } | undefined },
): Required<Work> {
  const { name, balancing, discovery, service: wanted } = service
  const { namespace } = options
  const revision = revisionWork(found, service)
  if (!wanted) return together([revision, taskWork(service, revision)])
  const balanced = balancing && balancingWork(found, name, balancing)
  const discovered =
    discovery !== undefined && namespace ? discoveryWork(found, name, { name: discovery, namespace }) : undefined
  const served = serviceWork(found.services.get(name), wanted, {
    ...options,
    ...revision,
    successes: found.successes.get(name),
    images: found.images.get(serviceKey({ cluster: found.cluster, service: name })),
    loadBalancers: balanced ? [balanced.door] : [],
    serviceRegistries: discovered ? [{ registryArn: discovered.arn }] : [],
  })
  const kept = new Set<unknown>([
    ...(balanced?.kept ?? []),
    discovered?.arn,
    balancing?.record && recordKey(balancing.record),
  ])
  const removals = removalsOf(found, name, kept)
  return together([
    ...(balanced ? [balanced] : []),
    ...(discovered ? [discovered] : []),
    revision,
    served,
    {
      steps: { removals },
      replaces: removals.map(
        ({ title }) => `${name}: ${title[0]?.toLowerCase()}${title.slice(1)}, which is no longer wanted.`,
      ),
    },
  ])
}
