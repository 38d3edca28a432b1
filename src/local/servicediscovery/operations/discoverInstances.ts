// Lists the instances of a service by the names of namespace and service, oldest first; AWS shuffles them.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_DiscoverInstances.html
import type {
  DiscoverInstancesRequest,
  DiscoverInstancesResponse,
  HttpInstanceSummary,
} from '@aws-sdk/client-servicediscovery'
import { healthStatusOf } from '../instance.ts'
import { cloudMapFault } from '../fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'

type Found = Wire<HttpInstanceSummary>
type Attributes = Readonly<Record<string, string>>

const mostResults = 1000
const filters = ['HEALTHY', 'UNHEALTHY', 'ALL', 'HEALTHY_OR_ELSE_ALL']

export const discoverInstances: Operation<DiscoverInstancesRequest, DiscoverInstancesResponse> = (
  input,
  { region },
): Wire<DiscoverInstancesResponse> => {
  const { NamespaceName, ServiceName, MaxResults = 100, QueryParameters = {}, OptionalParameters = {} } = input
  const { HealthStatus: wanted = 'HEALTHY_OR_ELSE_ALL' } = input
  if (!filters.includes(wanted)) throw cloudMapFault('InvalidInput', `There is no health status ${wanted}.`)
  if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > mostResults) {
    throw cloudMapFault('InvalidInput', `MaxResults must be a whole number between 1 and ${mostResults}.`)
  }
  const found = Object.values(region.namespaces).find(
    ({ namespace }) => namespace.Properties.HttpProperties.HttpName === NamespaceName,
  )
  if (!found) throw cloudMapFault('NamespaceNotFound', 'No namespace exists with the specified name.')
  const record = Object.values(region.cloudMapServices).find(
    ({ service }) => service.NamespaceId === found.namespace.Id && service.Name === ServiceName,
  )
  if (!record) throw cloudMapFault('ServiceNotFound', 'No service exists with the specified name.')
  const matching = record.instances
    .filter(({ Attributes }) => has(Attributes, QueryParameters))
    .map((instance): Found => {
      const { Id, Attributes } = instance
      return { InstanceId: Id, NamespaceName, ServiceName, HealthStatus: healthStatusOf(record, instance), Attributes }
    })
  const instances = preferred(inHealth(matching, wanted), ({ Attributes }) => has(Attributes, OptionalParameters))
  return { Instances: instances.slice(0, MaxResults), InstancesRevision: record.revision }
}

const has = (attributes: Attributes = {}, wanted: Attributes): boolean =>
  Object.entries(wanted).every(([key, value]) => attributes[key] === value)

/** Those that match, or all where none does. */
function preferred(instances: readonly Found[], matches: (instance: Found) => boolean): Found[] {
  const found = instances.filter(matches)
  return found.length > 0 ? found : [...instances]
}

/** Instances without a health check are answered whatever health is asked for. */
function inHealth(instances: readonly Found[], wanted: string): Found[] {
  const is = (status: string): Found[] =>
    instances.filter(({ HealthStatus }) => HealthStatus === undefined || HealthStatus === status)
  if (wanted === 'HEALTHY' || wanted === 'UNHEALTHY') return is(wanted)
  const healthy = is('HEALTHY')
  return wanted === 'ALL' || healthy.length === 0 ? [...instances] : healthy
}
