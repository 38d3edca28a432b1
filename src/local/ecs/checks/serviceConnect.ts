// What ECS refuses in the Service Connect configuration of a service.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html
import type { ServiceConnectConfiguration, ServiceConnectService } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'
import { invalid } from '../invalid.ts'
import type { ShownCluster, ShownTaskDefinition } from '../shown/records.ts'
import { firstOf } from './problem.ts'

/** Refuses a configuration that names no namespace, one that is not there, or a port that the task definition has not. */
export function checkServiceConnect(
  region: Region,
  connect: Wire<ServiceConnectConfiguration> | undefined,
  cluster: ShownCluster,
  taskDefinition: ShownTaskDefinition | undefined,
): void {
  if (!connect?.enabled) return
  const namespace = connect.namespace ?? cluster.serviceConnectDefaults?.namespace
  if (namespace === undefined) throw invalid('Namespace is missing.')
  checkNamespace(region, namespace)
  if (taskDefinition?.networkMode === 'host') {
    throw invalid('Service Connect is not supported with the host network mode.')
  }
  const ports = taskDefinition?.containerDefinitions.flatMap(({ portMappings }) => portMappings.map(({ name }) => name))
  const problem = firstOf(connect.services, (service) => serviceProblem(service, ports))
  if (problem) throw invalid(problem)
}

/** A namespace is told by its name or ARN. */
export function checkNamespace(region: Region, nameOrArn: string): void {
  const isThere = Object.entries(region.namespaces).some(
    ([id, { namespace }]) => id === nameOf(nameOrArn) || namespace.Name === nameOrArn,
  )
  if (!isThere) throw new AwsFault('NamespaceNotFoundException', 'The specified namespace was not found.')
}

function serviceProblem(
  { portName, discoveryName, clientAliases = [] }: Wire<ServiceConnectService>,
  ports: readonly (string | undefined)[] | undefined,
): string | undefined {
  if (ports && !ports.includes(portName)) {
    return `portName(${portName}) does not refer to any named PortMapping in the container definitions.`
  }
  if (discoveryName !== undefined && !/^(?!-)[a-z0-9_-]{1,64}$/.test(discoveryName)) {
    return 'The discoveryName has 1 to 64 lowercase letters, numbers, underscores and hyphens, and no hyphen first.'
  }
  if (clientAliases.length > 1) return `${clientAliases.length} clientAliases exceeds the max limit of 1.`
  return firstOf(clientAliases, ({ dnsName, port }) => {
    if (port < 1) return 'The port of a client alias is from 1 to 65535.'
    return dnsName === undefined || /^[A-Za-z0-9]([A-Za-z0-9._-]{0,125}[A-Za-z0-9])?$/.test(dnsName)
      ? undefined
      : 'The DNS name that you provided is invalid.'
  })
}
