/** What AWS's answers tell of services: which revision each ran at first and runs now, and the images of revisions. */
import type { Service, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Method } from '../aws/aws.ts'
import { nameOf, serviceKey } from '../ground/names.ts'

export interface ObservedService {
  readonly serviceArn: string
  /** The revision when it was first seen; undefined of a service that this run has created, but not in the place of another. */
  readonly before: string | undefined
  /** The revision when it was last seen. */
  readonly after: string
  /** Whether somebody had deleted it when it was first seen: one that is then created is another. */
  readonly wasDraining: boolean
}

export interface Observed {
  /** By `cluster/service`. */
  readonly services: ReadonlyMap<string, ObservedService>
  /** The image of each container, by the revision's name: `web:7`. */
  readonly images: ReadonlyMap<string, Readonly<Record<string, string>>>
}

export const nothingObserved: Observed = { services: new Map(), images: new Map() }

/** What is known after one more answer. It is that of an event, which may have been saved: nothing in it is sure to be there. */
export function observedIn(observed: Observed, method: Method, result: object): Observed {
  switch (method) {
    case 'describeServices':
      return 'services' in result && Array.isArray(result.services)
        ? result.services.reduce((known: Observed, one: Service | null) => withService(known, one ?? {}), observed)
        : observed
    case 'updateService':
    case 'createService':
      return 'service' in result ? withService(observed, result.service ?? {}, method === 'createService') : observed
    case 'describeTaskDefinition':
    case 'registerTaskDefinition':
      return 'taskDefinition' in result ? withImages(observed, result.taskDefinition ?? {}) : observed
    default:
      return observed
  }
}

function withService(observed: Observed, service: Service, isCreated = false): Observed {
  const { serviceArn, clusterArn, serviceName, taskDefinition, status } = service
  if (!serviceArn || !taskDefinition || status === 'INACTIVE') return observed
  const key = serviceKey({ cluster: clusterArn, service: serviceName })
  const known = observed.services.get(key)
  const after = nameOf(taskDefinition)
  if (known?.after === after && !isCreated) return observed
  const isFirst = known === undefined || (isCreated && known.wasDraining)
  const before = isFirst ? (isCreated ? undefined : after) : known.before
  const wasDraining = isFirst && status === 'DRAINING'
  return { ...observed, services: new Map(observed.services).set(key, { serviceArn, before, after, wasDraining }) }
}

function withImages(observed: Observed, taskDefinition: TaskDefinition): Observed {
  const { taskDefinitionArn, containerDefinitions } = taskDefinition
  const revision = nameOf(taskDefinitionArn ?? '')
  if (revision === '' || observed.images.has(revision)) return observed
  const images = (containerDefinitions ?? []).map(({ name = '', image = '' }) => [name, image])
  return { ...observed, images: new Map(observed.images).set(revision, Object.fromEntries(images)) }
}
