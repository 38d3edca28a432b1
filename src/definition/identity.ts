// What tells the elements of AWS's lists from one another.
import { isPlain } from '../ground/shown.ts'

/** Members that identify an element together, by the name of its list. */
const identities: Readonly<Record<string, readonly string[]>> = {
  portMappings: ['containerPort', 'containerPortRange', 'protocol'],
  mountPoints: ['containerPath'],
  volumesFrom: ['sourceContainer'],
  dependsOn: ['containerName'],
  systemControls: ['namespace'],
  resourceRequirements: ['type'],
  inferenceAccelerators: ['deviceName'],
  extraHosts: ['hostname'],
  capacityProviderStrategy: ['capacityProvider'],
  CapacityProviderStrategy: ['capacityProvider'],
  services: ['portName'],
  serviceRegistries: ['registryArn'],
  loadBalancers: ['targetGroupArn', 'loadBalancerName', 'containerName', 'containerPort'],
  lifecycleHooks: ['hookTargetArn'],
}

const usual = ['name', 'key', 'Key', 'Id'] as const

/** The name of an element of the list of this name; undefined where it has none. */
export function identityOf(list: string, element: unknown): string | undefined {
  if (!isPlain(element)) return undefined
  const own = Object.hasOwn(identities, list)
    ? identities[list]
    : usual.filter((member) => member in element).slice(0, 1)
  const parts = (own ?? []).map((member) => element[member]).filter(isName)
  return parts.length > 0 ? parts.join('/') : undefined
}

function isName(part: unknown): part is string | number {
  return (typeof part === 'string' && part !== '') || typeof part === 'number'
}
