/** In which network the tasks of a service are whose file does not say it. */
import type { NetworkMode, StackService } from '../stack.ts'

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
