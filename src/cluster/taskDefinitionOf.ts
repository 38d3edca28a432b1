/** The task definition of a service of a stack, and the network of its tasks. */
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { TaskDefinition } from '../definition/definition.ts'
import type { Network, Stack, StackContainer, StackService } from './stack.ts'
import { asInput } from './file/plainNumbers.ts'
import { familyIn, ownerTags, type Tag } from './ownership.ts'

/** RegisterTaskDefinition's input. `tags` come in addition to the owner's. */
export function taskDefinitionOf(cluster: string, service: StackService, tags: readonly Tag[] = []): TaskDefinition {
  const { containers, launchType, cpu, memory, taskRoleArn, taskExecutionRoleArn } = service
  const volumes = containers.flatMap((one) => one.volumes)
  // AWS keeps no placement constraints of a run, so for a one-off task the revision has those that it can have.
  const constraints = service.type === 'task' ? service.placementConstraints : []
  const memberOf = constraints.flatMap(({ type, expression }) => (type === 'memberOf' ? [{ type, expression }] : []))
  return {
    family: familyIn(cluster, service.name),
    networkMode: service.networkMode,
    requiresCompatibilities: [launchType],
    containerDefinitions: containers.map(containerOf),
    ...(cpu !== undefined && { cpu: String(cpu) }),
    ...(memory !== undefined && { memory: String(memory) }),
    ...(taskRoleArn !== undefined && { taskRoleArn }),
    ...(taskExecutionRoleArn !== undefined && { executionRoleArn: taskExecutionRoleArn }),
    ...(memberOf.length > 0 && { placementConstraints: memberOf }),
    ...(volumes.length > 0 && {
      volumes: [...new Map(volumes.map((one) => [one.name, one])).values()].map(({ name, host }) => ({
        name,
        ...(host !== undefined && { host: { sourcePath: host } }),
      })),
    }),
    tags: [...ownerTags(cluster, service.name), ...tags],
  }
}

/** The network of a service's tasks; undefined for tasks without a network interface of their own. */
export function networkIn({ vpc }: Stack, service: StackService): Network | undefined {
  if (service.networkMode !== 'awsvpc') return undefined
  const defaults = { subnets: vpc?.subnets.private ?? [], securityGroups: vpc?.securityGroups.private ?? [] }
  return service.network ?? { ...defaults, assignPublicIp: false }
}

function containerOf(container: StackContainer): ContainerDefinition {
  const { command, entryPoint, ports, volumes, gpus, healthcheck, logging } = container
  return {
    name: container.name,
    image: container.image,
    essential: container.essential,
    environment: Object.entries(container.environment).map(([name, value]) => ({ name, value })),
    secrets: Object.entries(container.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    portMappings: ports.map(({ host, container: containerPort, protocol }) => ({
      containerPort,
      protocol,
      ...(host !== undefined && { hostPort: host }),
    })),
    mountPoints: volumes.map(({ name, container: containerPath, readOnly }) => ({
      sourceVolume: name,
      containerPath,
      readOnly,
    })),
    ...(command && { command: [...command] }),
    ...(entryPoint && { entryPoint: [...entryPoint] }),
    ...asInput(container),
    ...(gpus !== undefined && { resourceRequirements: [{ type: 'GPU', value: String(gpus) }] }),
    ...(container.privileged && { privileged: true }),
    ...(healthcheck && { healthCheck: { ...healthcheck, command: [...healthcheck.command] } }),
    ...(logging && {
      logConfiguration: { logDriver: logging.logDriver as 'awslogs', options: { ...logging.options } },
    }),
  }
}
