import { containerEntry } from './containerEntry.ts'
import { elbEntry } from './elbEntry.ts'
import { deploymentDefaults, networkKeys, serviceKeys } from './keys/serviceKeys.ts'
import type { Network, StackService } from '../stack.ts'
import { unlessDefault, unlessEmpty } from './unlessDefault.ts'

/** The keys of a service, as a file has them; without logging where that stands at the top. */
export function serviceEntry(service: StackService, withLogging: boolean): object {
  const [own, ...further] = service.containers
  const { cpu, memory, ...first } = containerEntry(own, withLogging)
  const isOnFargate = service.launchType === 'FARGATE'
  return {
    type: unlessDefault(service.type, serviceKeys, 'type'),
    depends_on: unlessEmpty(service.dependsOn),
    launch_type: unlessDefault(service.launchType, serviceKeys, 'launch_type'),
    cpu: isOnFargate ? service.cpu : cpu,
    memory: isOnFargate ? service.memory : memory,
    ...first,
    task_role_arn: service.taskRoleArn,
    task_execution_role_arn: service.taskExecutionRoleArn,
    network: service.network && networkEntry(service.network),
    desired_count: unlessDefault(service.desiredCount, serviceKeys, 'desired_count'),
    scheduling_strategy: unlessDefault(service.schedulingStrategy, serviceKeys, 'scheduling_strategy'),
    deployment_configuration: deploymentEntry(service),
    placement_constraints: unlessEmpty(service.placementConstraints),
    elb: service.elb && elbEntry(service.elb),
    dns_discovery: service.dnsDiscovery,
    containers: unlessEmpty(further.map((container) => ({ [container.name]: containerEntry(container, withLogging) }))),
  }
}

function networkEntry({ subnets, securityGroups, assignPublicIp }: Network): object {
  return {
    subnets,
    security_groups: securityGroups,
    assign_public_ip: unlessDefault(assignPublicIp, networkKeys, 'assign_public_ip'),
  }
}

function deploymentEntry({ deploymentConfiguration, schedulingStrategy }: StackService): object | undefined {
  const { maximumPercent, minimumHealthyPercent } = deploymentConfiguration
  const usual = deploymentDefaults[schedulingStrategy]
  if (maximumPercent === usual.maximumPercent && minimumHealthyPercent === usual.minimumHealthyPercent) return undefined
  return { maximum_percent: maximumPercent, minimum_healthy_percent: minimumHealthyPercent }
}
