// What ECS refuses in a container because of the network mode of its task, and in its ports.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
import type { PortMapping } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { firstOf, firstProblem, repeated } from './problem.ts'

/** What is wrong with the network of one container. */
export const networkProblem = (container: ContainerInput, taskDefinition: TaskDefinitionInput): string | undefined =>
  firstProblem(rules, container, taskDefinition)

const rules: readonly ((container: ContainerInput, taskDefinition: TaskDefinitionInput) => string | undefined)[] = [
  awsvpcLeavesOut,
  linksNeedABridge,
  nothingIsMappedWithoutNetwork,
  portsAreSaid,
  rangesAreRanges,
  rangesNeedABridge,
]

const withAwsvpc: readonly (readonly [member: keyof ContainerInput, refusal: string])[] = [
  ['links', 'Links are not supported'],
  ['hostname', 'hostname is not supported on container'],
  ['dnsServers', 'DNS servers are not supported on container'],
  ['dnsSearchDomains', 'DNS search domains are not supported on container'],
  ['extraHosts', 'Extra hosts are not supported on container'],
  ['disableNetworking', 'Disable Networking is not supported on container'],
]

/** A task with a network interface of its own takes these from it. */
function awsvpcLeavesOut(container: ContainerInput, { networkMode }: TaskDefinitionInput): string | undefined {
  if (networkMode !== 'awsvpc') return undefined
  const found = withAwsvpc.find(([member]) => isGiven(container[member]))
  return found && `${found[1]} when networkMode=awsvpc.`
}

export const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false

function linksNeedABridge(
  { links }: ContainerInput,
  { networkMode = 'bridge' }: TaskDefinitionInput,
): string | undefined {
  return isGiven(links) && networkMode !== 'bridge'
    ? `Links are not supported when networkMode=${networkMode}.`
    : undefined
}

function nothingIsMappedWithoutNetwork(
  { portMappings }: ContainerInput,
  { networkMode }: TaskDefinitionInput,
): string | undefined {
  return networkMode === 'none' && isGiven(portMappings)
    ? 'Port mappings are not supported when networkMode=none.'
    : undefined
}

function portsAreSaid({ portMappings }: ContainerInput): string | undefined {
  return firstOf(portMappings, ({ containerPort, containerPortRange }) => {
    if (containerPort !== undefined && containerPortRange !== undefined) {
      return 'cannot specify both single port and port range'
    }
    const isSaid = containerPortRange !== undefined || (containerPort ?? 0) >= 1
    return isSaid ? undefined : 'Port mappings need a containerPort from 1 to 65535 or a containerPortRange.'
  })
}

function rangesAreRanges({ portMappings }: ContainerInput): string | undefined {
  return firstOf(portMappings, ({ containerPortRange: range }) => {
    if (range === undefined) return undefined
    const [first = 0, last = 0] = boundsOf(range)
    return first >= 1 && first < last && last <= 65_535
      ? undefined
      : `Invalid 'containerPortRange' setting: '${range}'.`
  })
}

function rangesNeedABridge(
  { portMappings }: ContainerInput,
  { networkMode = 'bridge' }: TaskDefinitionInput,
): string | undefined {
  const hasRange = (portMappings ?? []).some((mapping) => mapping.containerPortRange !== undefined)
  return hasRange && networkMode !== 'bridge' && networkMode !== 'awsvpc'
    ? `containerPortRange is not supported when networkMode=${networkMode}.`
    : undefined
}

const boundsOf = (range: string): number[] =>
  /^\d{1,5}-\d{1,5}$/.test(range) ? range.split('-').map((port) => Number(port)) : []

/** Names of port mappings are unique in a task, and so are ports: of the container, or of the interface that all share. */
export function portsProblem({ containerDefinitions, networkMode }: TaskDefinitionInput): string | undefined {
  const mappings = containerDefinitions.flatMap(({ portMappings = [] }) => portMappings)
  const names = mappings.map(({ name }) => name).filter((name) => name !== undefined)
  if (repeated(names) !== undefined) return `port mapping name is already used: ${repeated(names)}`
  const isShared = networkMode === 'awsvpc' || networkMode === 'host'
  const spaces = isShared ? [mappings] : containerDefinitions.map(({ portMappings = [] }) => portMappings)
  return spaces.some((space) => overlap(space, isShared)) ? 'container port is used multiple times in task' : undefined
}

/** In a bridge, one port of a container may have several ports of the host. */
function overlap(mappings: readonly Wire<PortMapping>[], isShared: boolean): boolean {
  const used = mappings.map(({ containerPort = 0, containerPortRange, hostPort = 0, protocol = 'tcp' }) => {
    const [first = containerPort, last = containerPort] = boundsOf(containerPortRange ?? '')
    return { first, last, hostPort: isShared ? 0 : hostPort, protocol }
  })
  return used.some((one, index) =>
    used
      .slice(0, index)
      .some(
        (other) =>
          one.protocol === other.protocol &&
          one.hostPort === other.hostPort &&
          one.first <= other.last &&
          other.first <= one.last,
      ),
  )
}
