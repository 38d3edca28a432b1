import type { Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws.ts'
import type { ContainerProgress, StoppedTasks } from '../events.ts'

/**
 * The stopped tasks of one deployment of a service, grouped by why they stopped, most frequent first. Tasks that the
 * scheduler itself scaled in are no failure and left out. AWS shows a stopped task for about an hour.
 */
export async function stoppedTasksOf(
  aws: Aws,
  of: { cluster: string; service: string; deploymentId: string },
): Promise<StoppedTasks[]> {
  const { cluster, service, deploymentId } = of
  const { taskArns = [] } = await aws.all('listTasks', { cluster, serviceName: service, desiredStatus: 'STOPPED' })
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', { cluster, tasks: taskArns })
  return groupStoppedTasks(tasks.filter((task) => task.startedBy === deploymentId && !isScaledIn(task)))
}

/** Tasks grouped by stop reason and exit codes. */
export function groupStoppedTasks(tasks: readonly Task[]): StoppedTasks[] {
  const groups = new Map<string, { stoppedReason: string; taskArns: string[]; containers: ContainerProgress[] }>()
  for (const task of tasks) {
    const stoppedReason = task.stoppedReason ?? task.stopCode ?? 'stopped without a reason'
    const containers = containersOf(task)
    const key = JSON.stringify([
      stoppedReason,
      containers.map(({ name, exitCode, reason }) => [name, exitCode, reason]),
    ])
    const group = groups.get(key) ?? { stoppedReason, taskArns: [], containers }
    group.taskArns.push(task.taskArn ?? '')
    groups.set(key, group)
  }
  return [...groups.values()]
    .map((group) => ({ ...group, count: group.taskArns.length }))
    .toSorted((one, other) => other.count - one.count)
}

/** A task's containers, in one line each. */
export function containersOf(task: Task): ContainerProgress[] {
  return (task.containers ?? []).map(({ name = '', lastStatus = '', exitCode, reason }) => ({
    name,
    lastStatus,
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
  }))
}

function isScaledIn(task: Task): boolean {
  return task.stopCode === 'ServiceSchedulerInitiated' && (task.stoppedReason ?? '').startsWith('Scaling activity')
}
