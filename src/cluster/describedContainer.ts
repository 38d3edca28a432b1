import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import type { StackContainer } from './stack.ts'

/** A container of a task definition as a stack says it. */
export function describedContainer(
  container: ContainerDefinition,
  { networkMode, volumes = [] }: TaskDefinition,
): StackContainer {
  const { healthCheck, logConfiguration, cpu, command, entryPoint, resourceRequirements = [] } = container
  const gpus = resourceRequirements.find(({ type }) => type === 'GPU')?.value
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    command: command?.length ? command : undefined,
    entryPoint: entryPoint?.length ? entryPoint : undefined,
    essential: container.essential ?? true,
    cpu: cpu || undefined,
    memory: container.memory,
    memoryReservation: container.memoryReservation,
    environment: Object.fromEntries((container.environment ?? []).map(({ name = '', value = '' }) => [name, value])),
    secrets: Object.fromEntries((container.secrets ?? []).map(({ name = '', valueFrom = '' }) => [name, valueFrom])),
    ports: (container.portMappings ?? []).map(({ hostPort, containerPort = 0, protocol = 'tcp' }) => ({
      // On a bridge 0 stands for any free port; elsewhere there is none but the container's own.
      host: networkMode === 'bridge' ? hostPort || undefined : (hostPort ?? containerPort),
      container: containerPort,
      protocol,
    })),
    volumes: (container.mountPoints ?? []).map(({ sourceVolume = '', containerPath = '', readOnly = false }) => ({
      name: sourceVolume,
      host: volumes.find(({ name }) => name === sourceVolume)?.host?.sourcePath,
      container: containerPath,
      readOnly,
    })),
    gpus: gpus === undefined ? undefined : Number(gpus),
    privileged: container.privileged ?? false,
    healthcheck: healthCheck && {
      command: healthCheck.command ?? [],
      interval: healthCheck.interval ?? 30,
      timeout: healthCheck.timeout ?? 5,
      retries: healthCheck.retries ?? 3,
      startPeriod: healthCheck.startPeriod ?? 0,
    },
    logging: logConfiguration && {
      logDriver: logConfiguration.logDriver ?? '',
      options: logConfiguration.options ?? {},
    },
  }
}
