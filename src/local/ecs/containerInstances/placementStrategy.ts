import { attributeOf } from './attributes.ts'
import { amounts, remainingResources } from './resources.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { Occupied } from './tasksOn.ts'
import type { Reservation } from '../../world/world.ts'

/** How much a place is to be avoided. */
type Weight = (instance: Occupied) => number

/**
 * The candidate that a strategy prefers; its parts decide one after the other, and at last who was registered first. What
 * is spread is spread over the `active` instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export function mostPreferred(
  context: Context,
  { group, strategy }: { group: string; strategy: readonly Wire[] },
  { active, candidates }: { active: readonly Occupied[]; candidates: readonly Occupied[] },
): { containerInstance: Wire } {
  const weights = strategy.map((part) => weightOf(context, part, group, active))
  const weighed = candidates.map((each) => ({ each, weights: weights.map((weigh) => weigh(each)) }))
  const [best] = weighed.toSorted((a, b) => compare(a.weights, b.weights))
  return { containerInstance: best!.each.record.containerInstance }
}

/** What is left of a container instance, with the ports that are taken. */
export const remaining = ({ record, tasks }: Occupied): Reservation =>
  amounts(
    remainingResources(
      record.containerInstance.registeredResources,
      tasks.flatMap(({ reserved }) => reserved ?? []),
    ),
  )

function weightOf({ ids }: Context, { type, field = '' }: Wire, group: string, active: readonly Occupied[]): Weight {
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
