// A task definition as a person would write it: without what AWS fills in by itself.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { TaskDefinition } from '../../definition/definition.ts'
import { sameTaskDefinition } from '../../definition/sameTaskDefinition.ts'

/** The same task definition without empty lists and AWS's defaults; as it was, where AWS could tell the two apart. */
export function withoutDefaults(taskDefinition: TaskDefinition): TaskDefinition {
  const ownPorts = ['awsvpc', 'host'].includes(String(taskDefinition.networkMode))
  const containerDefinitions = taskDefinition.containerDefinitions.map((one) => leanContainer(one, ownPorts))
  const lean = withoutEmpty({ ...taskDefinition, containerDefinitions })
  return sameTaskDefinition(lean, taskDefinition) ? lean : taskDefinition
}

function leanContainer(container: ContainerDefinition, ownPorts: boolean): ContainerDefinition {
  const { portMappings = [], mountPoints = [] } = container
  return withoutEmpty({
    ...without(container, { cpu: 0, essential: true, versionConsistency: 'enabled' }),
    portMappings: portMappings.map((one) =>
      without(one, { protocol: 'tcp', hostPort: ownPorts ? one.containerPort : 0 }),
    ),
    mountPoints: mountPoints.map((one) => without(one, { readOnly: false })),
  })
}

/** An empty entry point means another thing than none. */
function withoutEmpty<T extends object>(members: T): T {
  const isKept = ([name, value]: [string, unknown]): boolean =>
    name === 'entryPoint' || typeof value !== 'object' || value === null || Object.keys(value).length > 0
  return Object.fromEntries(Object.entries(members).filter((entry) => isKept(entry))) as T
}

function without<T extends object>(members: T, defaults: Readonly<Record<string, unknown>>): T {
  const isKept = ([name, value]: [string, unknown]): boolean =>
    !Object.hasOwn(defaults, name) || value !== defaults[name]
  return Object.fromEntries(Object.entries(members).filter((entry) => isKept(entry))) as T
}
