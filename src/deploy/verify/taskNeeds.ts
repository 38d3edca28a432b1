/** What a task takes of an instance, and whether it has room. */
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import type { TaskDefinition } from '../../definition/definition.ts'
import { cpuUnits, memoryMiB } from '../../definition/taskSize.ts'

interface Needs {
  /** CPU units. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  /** Of the host. */
  readonly ports: readonly number[]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_memory */
export function needsOf({ containerDefinitions, cpu, memory, networkMode }: TaskDefinition): Needs {
  const sum = (of: (one: TaskDefinition['containerDefinitions'][number]) => number): number =>
    containerDefinitions.reduce((all, one) => all + of(one), 0)
  const mappings = networkMode === 'awsvpc' ? [] : containerDefinitions.flatMap(({ portMappings = [] }) => portMappings)
  const isHost = networkMode === 'host'
  return {
    cpu: (cpu === undefined ? undefined : cpuUnits(cpu)) ?? sum((one) => one.cpu ?? 0),
    memory:
      (memory === undefined ? undefined : memoryMiB(memory)) ?? sum((one) => one.memoryReservation ?? one.memory ?? 0),
    ports: mappings.flatMap(({ hostPort = 0, containerPort = 0 }) => {
      const port = isHost ? containerPort : hostPort
      return port === 0 ? [] : [port]
    }),
  }
}

/** What an instance lacks for one more such task: `CPU`, `memory`, `port 80`; nothing where there is room. */
export function lacking({ remainingResources = [] }: ContainerInstance, { cpu, memory, ports }: Needs): string[] {
  const left = (name: string): number =>
    remainingResources.find((one) => one.name === name)?.integerValue ?? Number.POSITIVE_INFINITY
  const used = new Set(remainingResources.find(({ name }) => name === 'PORTS')?.stringSetValue)
  return [
    ...(left('CPU') < cpu ? ['CPU'] : []),
    ...(left('MEMORY') < memory ? ['memory'] : []),
    ...ports.filter((port) => used.has(String(port))).map((port) => `port ${port}`),
  ]
}
