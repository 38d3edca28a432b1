/** All checks, in the order in which they are told. */
import { capacityProviders } from './checks/capacityProviders.ts'
import { circuitBreakers } from './checks/circuitBreakers.ts'
import { clusters } from './checks/clusters.ts'
import { eventRules } from './checks/eventRules.ts'
import { fargateSizes } from './checks/fargateSizes.ts'
import { images } from './checks/images.ts'
import { loadBalancers } from './checks/loadBalancers.ts'
import { logGroups } from './checks/logGroups.ts'
import { networks } from './checks/networks.ts'
import { parameters } from './checks/parameters.ts'
import { quotas } from './checks/quotas.ts'
import { registries } from './checks/registries.ts'
import { roles } from './checks/roles.ts'
import { room } from './checks/room.ts'
import { schedules } from './checks/schedules.ts'
import { secrets } from './checks/secrets.ts'
import { services } from './checks/services.ts'
import { startedTasks } from './checks/startedTasks.ts'
import { startingRoles } from './checks/startingRoles.ts'
import { targetGroups } from './checks/targetGroups.ts'
import { taskNetworks } from './checks/taskNetworks.ts'
import { undeclared } from './checks/undeclared.ts'
import type { Check } from './finding.ts'

export const checks: readonly Check[] = [
  images,
  registries,
  roles,
  parameters,
  secrets,
  logGroups,
  clusters,
  services,
  capacityProviders,
  networks,
  taskNetworks,
  targetGroups,
  loadBalancers,
  eventRules,
  schedules,
  startedTasks,
  startingRoles,
  undeclared,
  fargateSizes,
  room,
  quotas,
  circuitBreakers,
]
