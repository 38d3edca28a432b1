import { nameOf } from './arn.ts'
import { findTaskDefinition } from './find.ts'
import type { Wire } from './operation.ts'
import type { Region } from './world.ts'

/**
 * The port of its instance at which a container of a task is reached: the one that the definition maps it to, or one of
 * Linux's ephemeral range where that is left to Docker.
 */
export function hostPortOf(region: Region, task: Wire, { containerName, containerPort }: Wire): number {
  const definition = findTaskDefinition(region, task.taskDefinitionArn)?.taskDefinition
  if (definition?.networkMode === 'host') return containerPort
  const container = definition?.containerDefinitions.find(({ name }: Wire) => name === containerName)
  const mapping = container?.portMappings?.find((each: Wire) => each.containerPort === containerPort)
  if (mapping?.hostPort > 0) return mapping.hostPort
  return 32_768 + (Number.parseInt(nameOf(task.taskArn).slice(16, 20), 16) % 28_232)
}
