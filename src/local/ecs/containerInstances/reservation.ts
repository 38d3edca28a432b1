import type { Wire } from '../../world/operation.ts'
import type { Reservation } from '../../world/world.ts'

/**
 * What a task of a revision takes of a container instance: the task's own size where it has one, else what its containers
 * reserve (`memoryReservation` before `memory`), and the host ports that are fixed.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function reservationOf(taskDefinition: Wire, overrides: Wire = {}): Reservation {
  const containers: Wire[] = taskDefinition.containerDefinitions.map((definition: Wire) => ({
    ...definition,
    ...overrides.containerOverrides?.find(({ name }: Wire) => name === definition.name),
  }))
  const total = (of: (container: Wire) => number | undefined): number =>
    containers.reduce((sum, container) => sum + (of(container) ?? 0), 0)
  return {
    cpu: Number(overrides.cpu ?? taskDefinition.cpu ?? total(({ cpu }) => cpu)),
    memory: Number(
      overrides.memory ??
        taskDefinition.memory ??
        total(({ memory, memoryReservation }) => memoryReservation ?? memory),
    ),
    tcp: fixedPorts(taskDefinition, 'tcp'),
    udp: fixedPorts(taskDefinition, 'udp'),
  }
}

/** A task with a network interface of its own takes none of the host's. */
function fixedPorts({ containerDefinitions, networkMode }: Wire, wanted: 'tcp' | 'udp'): number[] {
  if (networkMode === 'awsvpc' || networkMode === 'none') return []
  const mappings: Wire[] = containerDefinitions.flatMap(({ portMappings = [] }: Wire) => portMappings)
  return mappings
    .filter(({ hostPort = 0, protocol = 'tcp' }) => protocol === wanted && hostPort > 0)
    .map(({ hostPort }) => hostPort)
}
