import { attributeOf } from './containerInstanceAttributes.ts'
import { amounts } from './containerInstanceResources.ts'
import { shownContainerInstance } from './containerInstanceTasks.ts'
import type { Context, Wire } from './operation.ts'
import { tasksOn } from './tasksOn.ts'
import type { ContainerInstanceRecord, Region } from './world.ts'

/** How much a place is to be avoided. */
type Weight = (record: ContainerInstanceRecord) => number

/**
 * The candidate that a strategy prefers; its parts decide one after the other, and at last who was registered first.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export function mostPreferred(
  context: Context,
  request: { cluster: string; group: string; strategy: readonly Wire[] },
  candidates: readonly ContainerInstanceRecord[],
): { containerInstance: Wire } {
  const weights = request.strategy.map((part) => weightOf(context, request, part))
  const weighed = candidates.map((record) => ({ record, weights: weights.map((weigh) => weigh(record)) }))
  const [best] = weighed.toSorted((a, b) => compare(a.weights, b.weights))
  return { containerInstance: best!.record.containerInstance }
}

function weightOf(
  { region, ids }: Context,
  { cluster, group }: { cluster: string; group: string },
  { type, field = '' }: Wire,
): Weight {
  if (type === 'random') return () => Number(ids.digits(10))
  if (type === 'binpack') {
    const resource = field.toLowerCase() === 'cpu' ? 'cpu' : 'memory'
    return (record) => amounts(shownContainerInstance(region, record).remainingResources)[resource]
  }
  const valueOf = ({ containerInstance }: ContainerInstanceRecord): string | undefined =>
    field.startsWith('attribute:')
      ? attributeOf(containerInstance, field.slice('attribute:'.length))
      : containerInstance.containerInstanceArn
  const all = Object.values(region.containerInstances).filter((record) => record.cluster === cluster)
  return (record) =>
    all
      .filter((each) => valueOf(each) === valueOf(record))
      .reduce((sum, { containerInstance }) => sum + countOn(region, containerInstance, group), 0)
}

const countOn = (region: Region, { containerInstanceArn }: Wire, group: string): number =>
  tasksOn(region, containerInstanceArn).filter(({ task }) => task.group === group && task.desiredStatus === 'RUNNING')
    .length

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, weight] of a.entries()) {
    const difference = weight - b[index]!
    if (difference !== 0) return difference
  }
  return 0
}
