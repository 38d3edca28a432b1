import { nameOf, taskArn } from '../../world/arn.ts'
import type { Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import type { Region, TaskRecord } from '../../world/world.ts'

/** The task of that id or ARN (long or short form) in the cluster of that name; stopped ones are found for an hour. */
export function findTask(region: Region, cluster: string, idOrArn: string): TaskRecord | undefined {
  const [, regionInArn, clusterInArn] = /^arn:[^:]*:ecs:([^:]*):[^:]*:task\/(?:(.+)\/)?/.exec(idOrArn) ?? []
  if ((regionInArn ?? region.name) !== region.name || (clusterInArn ?? cluster) !== cluster) return undefined
  return region.tasks[taskArn(region, cluster, nameOf(idOrArn))]
}

/** A task as it is answered; its tags are kept beside it. */
export const withTags = (region: Region, { task }: TaskRecord): Wire => ({
  ...task,
  tags: tagsOf(region, task.taskArn),
})
