// A container instance as callers and cluster queries see it.
import type { Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import type { ContainerInstanceRecord, Region, TaskRecord } from '../../world/world.ts'
import type { Queried } from './clusterQueryComparison.ts'
import { remainingResources } from './resources.ts'
import { tasksOn } from './tasksOn.ts'
import type { Occupied } from './tasksOn.ts'

/**
 * A container instance as DescribeContainerInstances shows it, its counts and remaining resources taken from its tasks.
 * A task on its way out is in neither count: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html
 */
export function shownContainerInstance(
  region: Region,
  { containerInstance }: ContainerInstanceRecord,
  include: readonly string[] = [],
  tasks: readonly TaskRecord[] = tasksOn(region, containerInstance.containerInstanceArn),
): Wire {
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
