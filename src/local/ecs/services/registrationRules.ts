// What ECS refuses in the load balancers and service registries of a service.
import type { LoadBalancer, ServiceRegistry } from '@aws-sdk/client-ecs'
import { isInUse } from '../../elbv2/targetGroup.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { CloudMapServiceRecord, Region } from '../../world/world.ts'
import { invalid } from '../invalid.ts'
import type { ShownTaskDefinition } from '../shown/records.ts'

/** Refuses load balancers of a service that CreateService and UpdateService refuse, with the first thing that is wrong. */
export function checkLoadBalancers(
  region: Region,
  loadBalancers: readonly Wire<LoadBalancer>[],
  taskDefinition: ShownTaskDefinition,
): void {
  for (const loadBalancer of loadBalancers) {
    const problem = loadBalancerProblem(region, loadBalancer, taskDefinition)
    if (problem) throw invalid(problem)
  }
}

/**
 * What keeps a service of a task definition from having a load balancer; undefined when nothing does.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
 */
export function loadBalancerProblem(
  region: Region,
  loadBalancer: Wire<LoadBalancer>,
  taskDefinition: ShownTaskDefinition,
): string | undefined {
  const { targetGroupArn, loadBalancerName, containerName, containerPort } = loadBalancer
  if (targetGroupArn !== undefined && loadBalancerName !== undefined) {
    return 'loadBalancerName and targetGroupArn cannot both be specified.'
  }
  // Classic Load Balancers go by their name, and there are none here.
  if (targetGroupArn === undefined && loadBalancerName !== undefined) {
    return `The load balancer ${loadBalancerName} does not exist.`
  }
  if (targetGroupArn === undefined) return 'Either a targetGroupArn or a loadBalancerName must be specified.'
  const group = region.targetGroups[targetGroupArn]?.targetGroup
  if (!group) return `The target group ${targetGroupArn} does not exist.`
  const { networkMode = 'bridge' } = taskDefinition
  if ((group.TargetType === 'ip') !== (networkMode === 'awsvpc')) {
    return (
      `The provided target group ${targetGroupArn} has target type ${group.TargetType}, ` +
      `which is incompatible with the ${networkMode} network mode specified in the task definition.`
    )
  }
  if (!isInUse(region, targetGroupArn)) {
    return `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`
  }
  if (containerName === undefined) return 'Container Name can not be blank.'
  if (containerPort === undefined) return 'Container Port can not be blank.'
  return portProblem(loadBalancer, taskDefinition)
}

/**
 * Refuses service registries of a service that CreateService and UpdateService refuse: it is a
 * service of Cloud Map, and its records decide what else has to be said.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html
 */
export function checkServiceRegistries(
  region: Region,
  registries: readonly Wire<ServiceRegistry>[],
  taskDefinition: ShownTaskDefinition,
): void {
  for (const registry of registries) {
    const { registryArn } = registry
    const [, place, id] =
      /^arn:[\w-]+:servicediscovery:([\w-]+):\d{12}:service\/(srv-[\w-]+)$/.exec(registryArn ?? '') ?? []
    if (id === undefined) throw invalid(`The format of the supplied service registry ARN is invalid: ${registryArn}.`)
    const found = place === region.name ? own(region.cloudMapServices, id) : undefined
    if (!found) {
      const message = 'The service registry could not be validated. Route 53 error: "ServiceNotFound."'
      throw new AwsFault('ClientException', message)
    }
    checkPort(registry, found.service, taskDefinition)
  }
}

function checkPort(
  registry: Wire<ServiceRegistry>,
  { DnsConfig }: CloudMapServiceRecord['service'],
  taskDefinition: ShownTaskDefinition,
): void {
  const { registryArn, containerName, containerPort, port } = registry
  const isAwsvpc = taskDefinition.networkMode === 'awsvpc'
  const hasContainer = containerName !== undefined && containerPort !== undefined
  const hasSrv = (DnsConfig?.DnsRecords ?? []).some(({ Type }: { Type?: string | undefined }) => Type === 'SRV')
  if (!isAwsvpc && !hasContainer) {
    throw invalid(
      "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be " +
        `specified from the task definition. Registry: ${registryArn}`,
    )
  }
  const member = (['containerName', 'containerPort', 'port'] as const).find((each) => registry[each] !== undefined)
  if (isAwsvpc && !hasSrv && member) {
    throw invalid(
      `The values specified for serviceRegistries do not require a value for '${member}'. Remove the value and retry.`,
    )
  }
  if (isAwsvpc && hasSrv && hasContainer === (port !== undefined)) {
    const both = "'port' or the 'containerName' and 'containerPort' combination"
    throw invalid(`Specify a value for either ${both}, but not both.${hasContainer ? ' Remove one and retry.' : ''}`)
  }
  const problem = hasContainer ? portProblem(registry, taskDefinition) : undefined
  if (problem) throw invalid(problem)
}

/** What is wrong with the port of a container that traffic is to go to. */
function portProblem(
  { containerName, containerPort }: Wire<LoadBalancer>,
  { containerDefinitions }: ShownTaskDefinition,
): string | undefined {
  const container = containerDefinitions.find(({ name }) => name === containerName)
  if (!container) return `The container ${containerName} does not exist in the task definition.`
  const isMapped = container.portMappings.some((mapping) => mapping.containerPort === containerPort)
  return isMapped ? undefined : `The container ${containerName} did not have a container port ${containerPort} defined.`
}
