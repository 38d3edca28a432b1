// The host ports that the containers of a task are bound to.
import { nameOf } from '../../world/arn.ts'
import type { PortMapping } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'
import { findTaskDefinition } from '../find.ts'
import type { ShownContainer, ShownTask } from '../shown/records.ts'
import { tasksOn } from './tasksOn.ts'

/** Linux's ephemeral range: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const ephemeral = { from: 32_768, count: 28_232 }

/** Binds the ports of a container that starts on a container instance: the fixed ones, and free ones for those left open. */
export function bindPorts(region: Region, task: ShownTask, container: ShownContainer): void {
  const definition = findTaskDefinition(region, task.taskDefinitionArn)?.taskDefinition
  if (!task.containerInstanceArn || !['bridge', 'host', undefined].includes(definition?.networkMode)) return
  const own = definition?.containerDefinitions.find(({ name }) => name === container.name)
  for (const mapping of own?.portMappings ?? [])
    if (mapping.containerPort !== undefined) bind(region, task, container, mapping)
}

/** The host port behind a port of a container; bound now where it was not before. */
export function hostPortOf(
  region: Region,
  task: ShownTask,
  container: ShownContainer | undefined,
  containerPort: number,
): number {
  const bindings = container?.networkBindings ?? []
  const known = bindings.find((binding) => binding.containerPort === containerPort)
  if (known || !container) return known?.hostPort ?? freePort(region, task)
  const definition = findTaskDefinition(region, task.taskDefinitionArn)?.taskDefinition
  if (definition?.networkMode === 'host')
    return bind(region, task, container, { containerPort, hostPort: containerPort })
  const own = definition?.containerDefinitions.find(({ name }) => name === container.name)
  const mapping = own?.portMappings?.find((each) => each.containerPort === containerPort)
  return bind(region, task, container, { containerPort, hostPort: mapping?.hostPort })
}

function bind(region: Region, task: ShownTask, container: ShownContainer, mapping: Wire<PortMapping>): number {
  const { containerPort, hostPort: asked = 0, protocol = 'tcp' } = mapping
  const hostPort = asked > 0 ? asked : freePort(region, task)
  container.networkBindings = [...container.networkBindings, { bindIP: '0.0.0.0', containerPort, hostPort, protocol }]
  return hostPort
}

/** The first one from a place of the task's own on that no other task on its container instance has. */
function freePort(region: Region, task: ShownTask): number {
  const others = task.containerInstanceArn ? tasksOn(region, task.containerInstanceArn) : []
  const bindings = [task, ...others.map((other) => other.task)].flatMap(({ containers }) =>
    containers.flatMap(({ networkBindings }) => networkBindings),
  )
  const taken = new Set(bindings.map(({ hostPort }) => hostPort))
  let offset = Number.parseInt(nameOf(task.taskArn).slice(16, 20), 16) % ephemeral.count
  // Where all are taken, two tasks have the same: nothing listens there.
  for (let tries = 0; tries < ephemeral.count && taken.has(ephemeral.from + offset); tries += 1) {
    offset = (offset + 1) % ephemeral.count
  }
  return ephemeral.from + offset
}
