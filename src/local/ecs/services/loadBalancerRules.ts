import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import { isInUse } from '../../elbv2/targetGroup.ts'
import type { Region } from '../../world/world.ts'

/** Refuses load balancers of a service that CreateService and UpdateService refuse, with the first thing that is wrong. */
export function checkLoadBalancers(region: Region, loadBalancers: readonly Wire[], taskDefinition: Wire): void {
  for (const loadBalancer of loadBalancers) {
    const problem = loadBalancerProblem(region, loadBalancer, taskDefinition)
    if (problem) throw new AwsFault('InvalidParameterException', problem)
  }
}

/**
 * What keeps a service of a task definition from having a load balancer; undefined when nothing does.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
 */
export function loadBalancerProblem(region: Region, loadBalancer: Wire, taskDefinition: Wire): string | undefined {
  const { targetGroupArn, loadBalancerName, containerName, containerPort } = loadBalancer
  // Classic Load Balancers go by their name, and there are none here.
  if (targetGroupArn === undefined && loadBalancerName !== undefined) {
    return `The load balancer ${loadBalancerName} does not exist.`
  }
  if (targetGroupArn === undefined) return 'Either a targetGroupArn or a loadBalancerName must be specified.'
  const group = region.targetGroups[targetGroupArn]?.targetGroup
  if (!group) return `The target group ${targetGroupArn} does not exist.`
  const { networkMode = 'bridge', containerDefinitions } = taskDefinition
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
  const container = containerDefinitions.find(({ name }: Wire) => name === containerName)
  if (!container) return `The container ${containerName} does not exist in the task definition.`
  const isMapped = container.portMappings?.some((mapping: Wire) => mapping.containerPort === containerPort)
  return isMapped ? undefined : `The container ${containerName} did not have a container port ${containerPort} defined.`
}
