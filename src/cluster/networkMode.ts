/** In which network the tasks of a service of a stack are. */
import type { StackService } from './stack.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html#ECS-RegisterTaskDefinition-request-networkMode */
export const networkModes = ['awsvpc', 'bridge', 'host', 'none'] as const

export type NetworkMode = (typeof networkModes)[number]

/**
 * What a service has that says nothing: `awsvpc` if a task needs an address of its own; otherwise `host`, as in ecs-compose,
 * unless a host port leads to a different container port, which only `bridge` can do.
 */
export function defaultNetworkMode({
  launchType,
  dnsDiscovery,
  network,
  containers,
}: Pick<StackService, 'launchType' | 'dnsDiscovery' | 'network' | 'containers'>): NetworkMode {
  if (launchType === 'FARGATE' || dnsDiscovery || network) return 'awsvpc'
  const isSame = containers.every(({ ports }) => ports.every(({ host, container }) => host === container))
  return isSame ? 'host' : 'bridge'
}
