/** Load balancers and service registries: whether the task definition has the containers and ports that they point at. */
import type { Service } from '@aws-sdk/client-ecs'
import { nameOf } from '../../../ground/names.ts'
import { serviceOf } from '../effective.ts'
import { type Check, error } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** What points at a container, and maybe at a port of it. */
interface Pointer {
  readonly containerName?: string | undefined
  readonly containerPort?: number | undefined
}

export const loadBalancers: Check = {
  name: 'loadBalancers',
  needs: [],
  offline: true,
  of: (world) =>
    world.subjects.flatMap((subject) =>
      subject.services.flatMap((wanted) => {
        const now: Partial<Service> = serviceOf(world, wanted) ?? {}
        const { settings } = wanted
        const whose = `of service ${nameOf(wanted.service)}`
        const pointers = [
          ...pointersOf('loadBalancers', settings.loadBalancers ?? now.loadBalancers),
          ...pointersOf('serviceRegistries', settings.serviceRegistries ?? now.serviceRegistries),
        ]
        return pointers.flatMap(({ path, pointer }) => {
          const problem = problemOf(subject, pointer)
          const what = path.startsWith('loadBalancers') ? 'load balancer' : 'service registry'
          const where = subject.where(`${wanted.path}/${path}`)
          return problem ? error(where, `The ${what} ${whose} points at ${problem.what}.`, problem.fix) : []
        })
      }),
    ),
}

function pointersOf(
  member: string,
  all: readonly Pointer[] = [],
): { readonly path: string; readonly pointer: Pointer }[] {
  return all.map((pointer, index) => ({ path: `${member}/${index}`, pointer }))
}

function problemOf(
  { taskDefinition }: Subject,
  { containerName, containerPort }: Pointer,
): { readonly what: string; readonly fix: string } | undefined {
  if (containerName === undefined) return undefined
  const all = taskDefinition.containerDefinitions
  const container = all.find(({ name }) => name === containerName)
  if (!container) {
    const names = all.map(({ name }) => name).join(', ')
    return { what: `container ${containerName}, which is not in the task definition`, fix: `Name one of ${names}.` }
  }
  const ports = (container.portMappings ?? []).map((one) => one.containerPort ?? 0)
  const isRange = container.portMappings?.some(({ containerPortRange }) => containerPortRange !== undefined)
  if (containerPort === undefined || isRange || ports.includes(containerPort)) return undefined
  const has = ports.length > 0 ? `its ports are ${ports.join(', ')}` : 'it has no ports'
  return {
    what: `port ${containerPort} of container ${containerName}, and ${has}`,
    fix: `Add { containerPort: ${containerPort} } to its portMappings, or change the port.`,
  }
}
