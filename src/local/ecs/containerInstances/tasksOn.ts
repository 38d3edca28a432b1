// A container instance with the tasks on it: which they are, and how callers and cluster queries see it.
import { tagsOf } from '../../world/tags.ts'
import type { ContainerInstanceRecord, Region, TaskRecord } from '../../world/world.ts'
import type { DescribedContainerInstance, ShownContainerInstance, ShownTask } from '../shown/records.ts'
import type { Queried } from './clusterQuery.ts'
import { remainingResources } from './resources.ts'

/** The tasks that are on a container instance and take something of it: all that are not STOPPED. */
export const tasksOn = (region: Region, containerInstanceArn: string): TaskRecord[] =>
  Object.values(region.tasks).filter(
    ({ task }) => task.containerInstanceArn === containerInstanceArn && task.lastStatus !== 'STOPPED',
  )

/** The container instance that a task is on, where tasks are placed. */
export const containerInstanceOf = (
  { containerInstances }: Region,
  { containerInstanceArn: arn }: ShownTask,
): ShownContainerInstance | undefined => (arn === undefined ? undefined : containerInstances[arn]?.containerInstance)

/** A container instance with the tasks that are on it. */
export interface Occupied {
  readonly record: ContainerInstanceRecord
  readonly tasks: readonly TaskRecord[]
}

/** The same for several at once, so that many tasks are gone through but once. */
export function occupied(region: Region, records: readonly ContainerInstanceRecord[]): Occupied[] {
  const byArn = new Map<string, TaskRecord[]>(
    records.map(({ containerInstance }) => [containerInstance.containerInstanceArn, []]),
  )
  for (const record of Object.values(region.tasks)) {
    if (record.task.lastStatus !== 'STOPPED') byArn.get(record.task.containerInstanceArn ?? '')?.push(record)
  }
  return records.map((record) => ({ record, tasks: byArn.get(record.containerInstance.containerInstanceArn)! }))
}

/** Whether a task is on a container instance that is being drained. */
export const isDraining = (region: Region, { task }: TaskRecord): boolean =>
  containerInstanceOf(region, task)?.status === 'DRAINING'

/**
 * A container instance as DescribeContainerInstances shows it, its counts and remaining resources taken from its tasks.
 * A task on its way out is in neither count: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html
 */
export function shownContainerInstance(
  region: Region,
  { containerInstance }: ContainerInstanceRecord,
  include: readonly string[] = [],
  tasks: readonly TaskRecord[] = tasksOn(region, containerInstance.containerInstanceArn),
): DescribedContainerInstance {
  const wanted = tasks.filter(({ task }) => task.desiredStatus === 'RUNNING')
  const running = wanted.filter(({ task }) => task.lastStatus === 'RUNNING')
  return {
    ...containerInstance,
    remainingResources: remainingResources(
      containerInstance.registeredResources,
      tasks.flatMap(({ reserved }) => reserved ?? []),
    ),
    runningTasksCount: running.length,
    pendingTasksCount: wanted.length - running.length,
    tags: include.includes('TAGS') ? tagsOf(region, containerInstance.containerInstanceArn) : [],
  }
}

/** A container instance as an expression of the cluster query language sees it. */
export const queried = (region: Region, { record, tasks }: Occupied): Queried => ({
  containerInstance: shownContainerInstance(region, record, [], tasks),
  groups: tasks.map(({ task }) => task.group),
})
