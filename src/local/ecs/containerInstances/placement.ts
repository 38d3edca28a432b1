// Task placement: the container instance that a task goes to, by resources, constraints and strategy.
import type { PlacementConstraint, PlacementStrategy } from '@aws-sdk/client-ecs'
import type { Context, Wire } from '../../world/operation.ts'
import type { Region, Reservation } from '../../world/world.ts'
import { containerInstancesOf } from '../find.ts'
import type { ShownContainerInstance } from '../shown/records.ts'
import { attributeOf } from './attributes.ts'
import { clusterQuery } from './clusterQuery.ts'
import { clusterIn } from './containerInstance.ts'
import { amounts, remainingResources } from './resources.ts'
import { occupied, queried } from './tasksOn.ts'
import type { Occupied } from './tasksOn.ts'

/** A task that wants a container instance. */
interface PlacementRequest {
  /** The cluster's name. */
  readonly cluster: string
  /** Tasks of one group are what is spread and kept apart: `service:web`, `family:web`. */
  readonly group: string
  readonly reserved: Reservation
  /** Those of the service or of RunTask, and those of the task definition. */
  readonly constraints: readonly Wire<PlacementConstraint>[]
  readonly strategy: readonly Wire<PlacementStrategy>[]
}

/** Why a container instance is not the place, in the words of RunTask's failures. */
interface PlacementFailure {
  readonly containerInstance: ShownContainerInstance
  readonly reason: string
}

/** What is looked at, in this order: an instance that fails at a later one is the closer match. */
const reasons = [
  'MemberOf placement constraint unsatisfied.',
  'DistinctInstance placement constraint unsatisfied.',
  'RESOURCE:CPU',
  'RESOURCE:MEMORY',
  'RESOURCE:PORTS',
] as const

/** A container instance can have so many reserved ports at a time: API_PortMapping. */
const mostPorts = 100

/**
 * Whether tasks of that launch type are placed on container instances: those of EC2, in a cluster that has or ever had one,
 * or that an EC2 instance is to join. In any other cluster there is always room.
 */
export function isPlaced({ containerInstances, instances }: Region, cluster: string, launchType: string): boolean {
  if (launchType !== 'EC2') return false
  if (Object.values(containerInstances).some((record) => record.cluster === cluster)) return true
  return Object.values(instances).some(({ userData }) => clusterIn(userData) === cluster)
}

/**
 * The container instance that a task is placed on: of the ACTIVE ones that have what it needs and satisfy its constraints
 * the one that its strategy prefers. Else, for each ACTIVE one, why it is none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html
 */
export function place(
  context: Context,
  request: PlacementRequest,
):
  | { containerInstance: ShownContainerInstance; failures?: never }
  | { containerInstance?: never; failures: PlacementFailure[] } {
  const active = activeInstances(context.region, request.cluster)
  const looked = active.map((each) => ({ each, reason: reasonAgainst(context.region, request, each) }))
  const candidates = looked.filter(({ reason }) => reason === undefined).map(({ each }) => each)
  if (candidates.length > 0) return mostPreferred(context, request, { active, candidates })
  return {
    failures: looked.flatMap(({ each: { record }, reason }) =>
      reason === undefined ? [] : [{ containerInstance: record.containerInstance, reason }],
    ),
  }
}

/** The container instances of a cluster that take tasks, with those that they have. */
export const activeInstances = (region: Region, cluster: string): Occupied[] =>
  occupied(
    region,
    containerInstancesOf(region, cluster).filter(({ containerInstance }) => containerInstance.status === 'ACTIVE'),
  )

/** The failure that came closest to being a place; undefined where there was none to look at. */
export function closest(failures: readonly PlacementFailure[]): PlacementFailure | undefined {
  const rank = ({ reason }: PlacementFailure): number => reasons.findIndex((each) => each === reason)
  return failures.toSorted((a, b) => rank(b) - rank(a))[0]
}

/** Whether all memberOf constraints hold for a container instance. */
export function isMember(
  region: Region,
  constraints: readonly Wire<PlacementConstraint>[],
  instance: Occupied,
): boolean {
  const expressions = constraints.filter(({ type }) => type === 'memberOf').map(({ expression = '' }) => expression)
  return expressions.every((expression) => clusterQuery(expression)(queried(region, instance)))
}

function reasonAgainst(
  region: Region,
  { constraints, group, reserved }: PlacementRequest,
  instance: Occupied,
): string | undefined {
  const [memberOf, distinctInstance, cpu, memory, ports] = reasons
  if (!isMember(region, constraints, instance)) return memberOf
  const isDistinct = constraints.some(({ type }) => type === 'distinctInstance')
  // A task that is meant to stop is in nobody's way: developerguide/task-placement-constraints.html
  const isTaken = instance.tasks.some(({ task }) => task.group === group && task.desiredStatus === 'RUNNING')
  if (isDistinct && isTaken) return distinctInstance
  const left = remaining(instance)
  if (left.cpu < reserved.cpu) return cpu
  if (left.memory < reserved.memory) return memory
  const isInUse = (taken: readonly number[], wanted: readonly number[]): boolean =>
    wanted.some((port) => taken.includes(port))
  const count = left.tcp.length + left.udp.length + reserved.tcp.length + reserved.udp.length
  const isFree = !isInUse(left.tcp, reserved.tcp) && !isInUse(left.udp, reserved.udp)
  const wantsPorts = reserved.tcp.length + reserved.udp.length > 0
  return isFree && (!wantsPorts || count <= mostPorts) ? undefined : ports
}

/** How much a place is to be avoided. */
type Weight = (instance: Occupied) => number

/**
 * The candidate that a strategy prefers; its parts decide one after the other, and at last who was registered first. What
 * is spread is spread over the `active` instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
function mostPreferred(
  context: Context,
  { group, strategy }: { group: string; strategy: readonly Wire<PlacementStrategy>[] },
  { active, candidates }: { active: readonly Occupied[]; candidates: readonly Occupied[] },
): { containerInstance: ShownContainerInstance } {
  const weights = strategy.map((part) => weightOf(context, part, group, active))
  const weighed = candidates.map((each) => ({ each, weights: weights.map((weigh) => weigh(each)) }))
  const [best] = weighed.toSorted((a, b) => compare(a.weights, b.weights))
  return { containerInstance: best!.each.record.containerInstance }
}

/** What is left of a container instance, with the ports that are taken. */
const remaining = ({ record, tasks }: Occupied): Reservation =>
  amounts(
    remainingResources(
      record.containerInstance.registeredResources,
      tasks.flatMap(({ reserved }) => reserved ?? []),
    ),
  )

function weightOf(
  { ids }: Context,
  { type, field = '' }: Wire<PlacementStrategy>,
  group: string,
  active: readonly Occupied[],
): Weight {
  if (type === 'random') return () => Number(ids.digits(10))
  if (type === 'binpack') {
    const resource = field.toLowerCase() === 'cpu' ? 'cpu' : 'memory'
    return (instance) => remaining(instance)[resource]
  }
  const valueOf = ({ record: { containerInstance } }: Occupied): string | undefined =>
    field.startsWith('attribute:')
      ? attributeOf(containerInstance, field.slice('attribute:'.length))
      : containerInstance.containerInstanceArn
  const counts = new Map<string | undefined, number>()
  for (const each of active) counts.set(valueOf(each), (counts.get(valueOf(each)) ?? 0) + countOn(each, group))
  return (instance) => counts.get(valueOf(instance))!
}

const countOn = ({ tasks }: Occupied, group: string): number =>
  tasks.filter(({ task }) => task.group === group && task.desiredStatus === 'RUNNING').length

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, weight] of a.entries()) {
    const difference = weight - b[index]!
    if (difference !== 0) return difference
  }
  return 0
}
