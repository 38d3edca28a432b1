// A task definition as a person would write it: without what AWS fills in by itself.
import type { TaskDefinition } from '../definition/definition.ts'
import { sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import { isPlain } from '../ground/shown.ts'

type Members = Readonly<Record<string, unknown>>

/** The same task definition without empty lists and AWS's defaults; as it was, where AWS could tell the two apart. */
export function withoutDefaults(taskDefinition: TaskDefinition): TaskDefinition {
  const { containerDefinitions, ...rest } = taskDefinition
  const ownPorts = ['awsvpc', 'host'].includes(String(taskDefinition.networkMode))
  const lean = {
    ...withoutEmpty(rest),
    containerDefinitions: containerDefinitions.map((one) => leanContainer(one as Members, ownPorts)),
  } as unknown as TaskDefinition
  return sameTaskDefinition(lean, taskDefinition) ? lean : taskDefinition
}

function leanContainer(container: Members, ownPorts: boolean): Members {
  const { portMappings, mountPoints, ...rest } = container
  const lean = without(
    { ...rest, portMappings, mountPoints },
    { cpu: 0, essential: true, versionConsistency: 'enabled' },
  )
  return withoutEmpty({
    ...lean,
    portMappings: listOf(portMappings).map((one) =>
      without(one, { protocol: 'tcp', hostPort: ownPorts ? one['containerPort'] : 0 }),
    ),
    mountPoints: listOf(mountPoints).map((one) => without(one, { readOnly: false })),
  })
}

function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isPlain) : []
}

/** An empty entry point means another thing than none. */
function withoutEmpty(members: Members): Members {
  const isKept = ([name, value]: [string, unknown]): boolean =>
    name === 'entryPoint' || typeof value !== 'object' || value === null || Object.keys(value).length > 0
  return Object.fromEntries(Object.entries(members).filter((entry) => isKept(entry)))
}

function without(members: Members, defaults: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(([name, value]) => !Object.hasOwn(defaults, name) || value !== defaults[name]),
  )
}
