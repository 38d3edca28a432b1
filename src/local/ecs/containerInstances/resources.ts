// CPU, memory and ports: what a container instance has, and what a task reserves of it.
import type { Wire } from '../../world/operation.ts'
import { taskCpu, taskMemory } from '../taskDefinitions/taskSize.ts'
import type { Reservation } from '../../world/world.ts'

/** SSH, the Docker daemon and the agent itself: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const reservedPorts = ['22', '2375', '2376', '51678', '51679']

/** What an agent registers: `cpu` in units, `memory` in MiB, and the ports that are taken from the start. */
export function resourcesOf({ cpu, memory }: { cpu: number; memory: number }): Wire[] {
  return [integer('CPU', cpu), integer('MEMORY', memory), portSet('PORTS', reservedPorts), portSet('PORTS_UDP', [])]
}

/** The resources that an agent tells of, and what it leaves out as it is by default. */
export function withDefaults(told: readonly Wire[]): Wire[] {
  const others = resourcesOf({ cpu: 0, memory: 0 }).filter(({ name }) => !told.some((each) => each.name === name))
  return [...told, ...others]
}

/**
 * What is left of registered resources with those reservations: less CPU and memory, and more ports, since these are the
 * ones that are taken. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html
 */
export function remainingResources(registered: readonly Wire[], reserved: readonly Reservation[]): Wire[] {
  return registered.map((resource) => {
    const { name, integerValue, stringSetValue = [] } = resource
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
export function amounts(resources: readonly Wire[]): Reservation {
  const found = (name: string): Wire => resources.find((resource) => resource.name === name) ?? {}
  const ports = (name: string): number[] => (found(name).stringSetValue ?? []).map(Number)
  const { integerValue: cpu = 0 } = found('CPU')
  const { integerValue: memory = 0 } = found('MEMORY')
  return { cpu, memory, tcp: ports('PORTS'), udp: ports('PORTS_UDP') }
}

const integer = (name: string, integerValue: number): Wire => ({
  name,
  type: 'INTEGER',
  doubleValue: 0,
  longValue: 0,
  integerValue,
})

const portSet = (name: string, ports: readonly string[]): Wire => ({
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
export function reservationOf(taskDefinition: Wire, overrides: Wire = {}): Reservation {
  const containers: Wire[] = taskDefinition.containerDefinitions.map((definition: Wire) => ({
    ...definition,
    ...overrides.containerOverrides?.find(({ name }: Wire) => name === definition.name),
  }))
  const total = (of: (container: Wire) => number | undefined): number =>
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
function fixedPorts({ containerDefinitions, networkMode }: Wire, wanted: 'tcp' | 'udp'): number[] {
  if (networkMode === 'awsvpc' || networkMode === 'none') return []
  const mappings: Wire[] = containerDefinitions.flatMap(({ portMappings = [] }: Wire) => portMappings)
  return mappings
    .filter(({ hostPort = 0, protocol = 'tcp' }) => protocol === wanted && hostPort > 0)
    .map(({ hostPort }) => hostPort)
}
