/** Quotas that a deployment would run into. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
import { nameOf } from '../../../ground/names.ts'
import { serviceOf } from '../effective.ts'
import { type Check, type Found, error, warning } from '../finding.ts'
import { grouped } from '../grouped.ts'
import type { Subject } from '../subject.ts'
import type { World } from '../world.ts'

/** Bytes of a task definition; fixed. */
const mostBytes = 64 * 1024

/** Services of a cluster; AWS raises it on request. */
const mostServices = 5_000

/** The numbers that a definition states itself are checked when it is read. */
export const quotas: Check = {
  name: 'quotas',
  needs: ['describeClusters', 'describeServices'],
  offline: true,
  of: (world) => [...world.subjects.flatMap(sizeOf), ...servicesOf(world)],
}

function sizeOf({ taskDefinition, where }: Subject): Found[] {
  const bytes = Buffer.byteLength(JSON.stringify(taskDefinition))
  if (bytes <= mostBytes) return []
  const what = `The task definition has ${Math.ceil(bytes / 1024)} KiB, and ECS takes 64.`
  return [error(where('taskDefinition'), what, 'Move long values into files of the image, or into parameters.')]
}

function servicesOf(world: World): Found[] {
  const { clusters, services, subjects } = world
  if (clusters.state !== 'found' || services.state !== 'found') return []
  const created = subjects
    .flatMap((subject) => subject.services.map((wanted) => ({ wanted, where: subject.where(wanted.path) })))
    .filter(({ wanted }) => wanted.isCreated && !serviceOf(world, wanted))
  return grouped(created, ({ wanted }) => nameOf(wanted.cluster)).flatMap((all) => {
    const cluster = nameOf(all[0]!.wanted.cluster)
    const count = (clusters.value.get(cluster)?.activeServicesCount ?? 0) + all.length
    if (count <= mostServices) return []
    const what = `Cluster ${cluster} would have ${count} services, and the quota is ${mostServices} unless AWS has raised it.`
    return [warning(all[0]!.where, what, 'Have the quota raised, or use another cluster.')]
  })
}
