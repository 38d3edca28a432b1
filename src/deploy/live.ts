// Finds running services that no class declares, and the revision that their next one starts from.
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { bareDefinition } from '../definition/bareDefinition.ts'
import type { Definition, ServiceUpdate, TaskDefinition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf, serviceKey } from '../ground/names.ts'
import { elsewhere, isIdentifierRefused } from '../aws/elsewhere.ts'
import type { Registered } from './world.ts'
import { familyOf, readRevision } from './revisions.ts'

/** Which services are meant: one by its name, or every one of a cluster that runs a family. */
interface LiveQuestion {
  readonly cluster: string
  readonly service: string | undefined
  /** A family, a revision (`web:12`) or its ARN to start from; without it, what the service runs. */
  readonly taskDefinition: string | undefined
}

/** Services as they run, and the revision that their next one starts from. */
export interface Live {
  readonly services: readonly Service[]
  readonly base: Registered
}

/**
 * Reads running services and the revision to start from. Throws `NotFound` when there is no such cluster, service or
 * revision, and `BadArguments` when neither a service nor a family is named.
 */
export async function readLive(aws: Aws, question: LiveQuestion): Promise<Live> {
  const { cluster, service, taskDefinition } = question
  if (service !== undefined) {
    const [found] = await servicesCalled(aws, cluster, [service])
    if (!found) throw await noService(aws, cluster, service)
    return { services: [found], base: await readRevision(aws, taskDefinition ?? found.taskDefinition ?? '') }
  }
  if (taskDefinition === undefined) {
    throw new EcsTaskError('BadArguments', 'No service given.', {
      fix: 'Pass --service NAME, or --task-definition FAMILY for every service that runs the family.',
    })
  }
  const base = await readRevision(aws, taskDefinition)
  const family = base.taskDefinition.family ?? ''
  const { serviceArns = [] } = await aws.all('listServices', { cluster }).catch(noCluster(aws, cluster))
  const services = serviceArns.length === 0 ? [] : await servicesCalled(aws, cluster, serviceArns)
  const running = services.filter((one) => familyOf(one.taskDefinition ?? '') === family)
  if (running.length > 0) return { services: running, base }
  throw new EcsTaskError('NotFound', `No service of cluster ${nameOf(cluster)} runs the family ${family}.`, {
    why:
      services.length > 0
        ? `Its services: ${services.map((one) => one.serviceName).join(', ')}.`
        : 'It has no services.',
  })
}

/** Why a service cannot be deployed here, as a sentence; undefined where ECS itself deploys it. */
export function controllerProblem({ serviceName, deploymentController }: Service): string | undefined {
  const controller = deploymentController?.type ?? 'ECS'
  if (controller === 'ECS') return undefined
  return `service ${serviceName} is deployed by ${controller}; only the ECS deployment controller is supported.`
}

/** Why a service that is there cannot be updated. */
export function refusalOf(service: Service): string | undefined {
  if (service.status !== 'ACTIVE')
    return `service ${service.serviceName} is ${service.status}; only an ACTIVE one can be updated.`
  return controllerProblem(service)
}

/** Whether a service has one task on each instance, so that it has no number of tasks that could be set. */
export function isDaemon({ schedulingStrategy }: Service): boolean {
  return schedulingStrategy === 'DAEMON'
}

/** A definition that updates these services to a task definition, each with its settings. */
export function liveDefinition(
  live: Live,
  taskDefinition: TaskDefinition,
  settings: (service: Service) => Omit<ServiceUpdate, 'service' | 'cluster'>,
  keep: number | undefined,
): Definition {
  const updateServices = live.services.map((service) => ({
    ...settings(service),
    cluster: nameOf(service.clusterArn ?? ''),
    service: service.serviceName ?? '',
  }))
  return bareDefinition({
    name: updateServices.map(serviceKey).join(', '),
    taskDefinition,
    updateServices,
    ...(keep !== undefined && { activeTaskCount: keep }),
  })
}

/** The services of these names or ARNs that are there. Throws `NotFound` where there is no such cluster. */
export async function servicesCalled(aws: Aws, cluster: string, services: readonly string[]): Promise<Service[]> {
  const input = { cluster, services: [...services] }
  const read = aws.all('describeServices', input)
  const { services: found = [] } = await read.catch(async (error: unknown) => {
    if (isIdentifierRefused(error) && (await elsewhere(aws, [cluster, ...services])) !== '') return { services: [] }
    return noCluster(aws, cluster)(error)
  })
  return found.filter((service) => service.status !== 'INACTIVE')
}

/** What is done with the error of a call to a cluster: one that is not there is `NotFound`. */
export function noCluster(aws: Aws, cluster: string): (error: unknown) => Promise<never> {
  return async (error) => {
    if ((error as Error).name !== 'ClusterNotFoundException') throw error
    const where = await elsewhere(aws, [cluster])
    throw new EcsTaskError('NotFound', `There is no cluster ${nameOf(cluster)}${where}.`, {
      fix: 'Check the name and the region.',
      cause: error,
    })
  }
}

/** The error for a service that is not there, with the names of those that are. */
export async function noService(aws: Aws, cluster: string, service: string): Promise<EcsTaskError> {
  // The names only help to find the right one.
  const listed = await aws.all('listServices', { cluster }).catch(() => undefined)
  const names = listed?.serviceArns?.map(nameOf) ?? []
  const none = listed && 'It has no services.'
  const where = await elsewhere(aws, [cluster, service])
  return new EcsTaskError('NotFound', `There is no service ${nameOf(service)} in cluster ${nameOf(cluster)}${where}.`, {
    why: names.length > 0 ? `Its services: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.` : none,
  })
}
