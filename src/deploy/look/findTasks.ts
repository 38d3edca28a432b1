// Finds the tasks of a selection, running and stopped; ECS shows a stopped one for about an hour.
import type { Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import { nameOf } from '../../ground/names.ts'
import { noCluster } from '../live.ts'
import { familyOf } from '../revisions.ts'
import type { Selection } from './selection.ts'

/** What ECS was asked to make of a task; one that is `STOPPED` may still be ending. */
type DesiredStatus = 'RUNNING' | 'STOPPED'

/** A task that somebody has asked for. */
export interface FoundTask {
  readonly task: Task
  /** As it was asked for: a name or an ARN. */
  readonly cluster: string
}

/** The clusters of the tasks, by the tasks' ARNs. A task of a service is none of its family's own. */
export async function listTasks(
  aws: Aws,
  selections: readonly Selection[],
  desired: readonly DesiredStatus[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const lists = await Promise.all(
    selections.flatMap((selection) => desired.map((desiredStatus) => listed(aws, selection, desiredStatus, signal))),
  )
  return new Map(lists.flat())
}

async function listed(
  aws: Aws,
  { cluster, service, family }: Selection,
  desiredStatus: DesiredStatus,
  signal: AbortSignal | undefined,
): Promise<[string, string][]> {
  const of = { ...(service !== undefined && { serviceName: service }), ...(family !== undefined && { family }) }
  const asked = aws.all('listTasks', { cluster, desiredStatus, ...of }, signal)
  const { taskArns = [] } = await asked.catch(noCluster(aws, cluster))
  return taskArns.map((taskArn) => [taskArn, cluster])
}

/** The tasks of these ARNs that are still there, each with its cluster. Of a service's tasks only those of selected services. */
export async function describeTasks(
  aws: Aws,
  clusters: ReadonlyMap<string, string>,
  selections: readonly Selection[],
  signal?: AbortSignal,
): Promise<FoundTask[]> {
  const found = await Promise.all(
    [...new Set(clusters.values())].map(async (cluster) => {
      const tasks = [...clusters].flatMap(([taskArn, own]) => (own === cluster ? taskArn : []))
      const answer = await aws.all('describeTasks', { cluster, tasks }, signal)
      return (answer.tasks ?? []).map((task) => ({ task, cluster }))
    }),
  )
  return found.flat().filter((one) => selections.some((selection) => isIn(one, selection)))
}

/** The name of the service that a task is of; undefined for one that was started by itself. */
export function serviceOf({ group = '' }: Task): string | undefined {
  return group.startsWith('service:') ? group.slice('service:'.length) : undefined
}

/** `my_cluster/web` of a task of a service; the family, `my_cluster: migrate`, of one without. */
export function ownerOf(task: Task): string {
  const cluster = nameOf(task.clusterArn ?? '')
  const service = serviceOf(task)
  return service === undefined ? `${cluster}: ${familyOf(task.taskDefinitionArn ?? '')}` : `${cluster}/${service}`
}

function isIn({ task, cluster }: FoundTask, selection: Selection): boolean {
  if (nameOf(cluster) !== nameOf(selection.cluster)) return false
  const { service, family } = selection
  if (service !== undefined) return serviceOf(task) === nameOf(service)
  return family === undefined || (serviceOf(task) === undefined && familyOf(task.taskDefinitionArn ?? '') === family)
}
