// CPU, memory and ports: what a container instance has, and what a task reserves of it.
import type { ContainerDefinition, Resource, TaskOverride } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { taskCpu, taskMemory } from '../taskDefinitions/taskSize.ts'
import type { Reservation } from '../../world/world.ts'
import type { ShownTaskDefinition } from '../shown/records.ts'

/** SSH, the Docker daemon and the agent itself: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const reservedPorts = ['22', '2375', '2376', '51678', '51679']

/** What an agent registers: `cpu` in units, `memory` in MiB, and the ports that are taken from the start. */
export function resourcesOf({ cpu, memory }: { cpu: number; memory: number }): Wire<Resource>[] {
  return [integer('CPU', cpu), integer('MEMORY', memory), portSet('PORTS', reservedPorts), portSet('PORTS_UDP', [])]
}

/** The resources that an agent tells of, and what it leaves out as it is by default. */
export function withDefaults(told: readonly Wire<Resource>[]): Wire<Resource>[] {
  const others = resourcesOf({ cpu: 0, memory: 0 }).filter(({ name }) => !told.some((each) => each.name === name))
  return [...told, ...others]
}

/**
 * What is left of registered resources with those reservations: less CPU and memory, and more ports, since these are the
 * ones that are taken. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html
 */
export function remainingResources(
  registered: readonly Wire<Resource>[],
  reserved: readonly Reservation[],
): Wire<Resource>[] {
  return registered.map((resource) => {
    const { name, integerValue = 0, stringSetValue = [] } = resource
    if (name === 'CPU' || name === 'MEMORY') {
      const of = name === 'CPU' ? 'cpu' : 'memory'
      return { ...resource, integerValue: reserved.reduce((left, each) => left - each[of], integerValue) }
    }
    if (name !== 'PORTS' && name !== 'PORTS_UDP') return resource
    const taken = reserved.flatMap((each) => (name === 'PORTS' ? each.tcp : each.udp)).map(String)
    return { ...resource, stringSetValue: [...stringSetValue, ...taken] }
  })
}

/** Resources as numbers: CPU units, MiB, and the ports that are taken. */
export function amounts(resources: readonly Wire<Resource>[]): Reservation {
  const found = (name: string): Wire<Resource> => resources.find((resource) => resource.name === name) ?? {}
  const ports = (name: string): number[] => (found(name).stringSetValue ?? []).map(Number)
  const { integerValue: cpu = 0 } = found('CPU')
  const { integerValue: memory = 0 } = found('MEMORY')
  return { cpu, memory, tcp: ports('PORTS'), udp: ports('PORTS_UDP') }
}

const integer = (name: string, integerValue: number): Wire<Resource> => ({
  name,
  type: 'INTEGER',
  doubleValue: 0,
  longValue: 0,
  integerValue,
})

const portSet = (name: string, ports: string[]): Wire<Resource> => ({
  name,
  type: 'STRINGSET',
  doubleValue: 0,
  longValue: 0,
  integerValue: 0,
  stringSetValue: ports,
})

/**
 * What a task of a revision takes of a container instance: the task's own size where it has one, else what its containers
 * reserve (`memoryReservation` before `memory`), and the host ports that are fixed.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function reservationOf(taskDefinition: ShownTaskDefinition, overrides: Wire<TaskOverride> = {}): Reservation {
  const containers: Wire<ContainerDefinition>[] = taskDefinition.containerDefinitions.map((definition) => ({
    ...definition,
    ...overrides.containerOverrides?.find(({ name }) => name === definition.name),
  }))
  const total = (of: (container: Wire<ContainerDefinition>) => number | undefined): number =>
    containers.reduce((sum, container) => sum + (of(container) ?? 0), 0)
  const [cpu, memory] = [overrides.cpu ?? taskDefinition.cpu, overrides.memory ?? taskDefinition.memory]
  return {
    cpu: cpu === undefined ? total((container) => container.cpu) : Number(taskCpu(cpu)),
    memory:
      memory === undefined
        ? total((container) => container.memoryReservation ?? container.memory)
        : Number(taskMemory(memory)),
    tcp: fixedPorts(taskDefinition, 'tcp'),
    udp: fixedPorts(taskDefinition, 'udp'),
  }
}

/** A task with a network interface of its own takes none of the host's. */
function fixedPorts({ containerDefinitions, networkMode }: ShownTaskDefinition, wanted: 'tcp' | 'udp'): number[] {
  if (networkMode === 'awsvpc' || networkMode === 'none') return []
  return containerDefinitions
    .flatMap(({ portMappings }) => portMappings)
    .flatMap(({ hostPort = 0, protocol }) => (protocol === wanted && hostPort > 0 ? [hostPort] : []))
}
