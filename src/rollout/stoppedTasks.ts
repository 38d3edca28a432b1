/** Why tasks stopped, grouped. */
import type { Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { ContainerProgress, StoppedTasks } from '../engine/events.ts'

/** Which deployment of which service; the cluster by name or ARN. */
export interface OfDeployment {
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
  /** ARNs of tasks that are left out. */
  readonly except?: ReadonlySet<string | undefined> | undefined
}

/** The tasks of one deployment of a service that stopped by themselves or failed their checks, grouped by why. */
export async function selfStoppedTasksOf(aws: Pick<Aws, 'all'>, of: OfDeployment): Promise<StoppedTasks[]> {
  const tasks = await failedTasksOf(aws, of)
  return groupStoppedTasks(tasks.filter(({ stopCode = '' }) => !fromOutside.has(stopCode)))
}

/**
 * Stops that say nothing about the image: AWS has taken a Spot task or a host away, or somebody has called StopTask.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
const fromOutside: ReadonlySet<string> = new Set([
  'InfrastructureHealth',
  'SpotInterruption',
  'TerminationNotice',
  'UserInitiated',
])

/**
 * The stopped tasks of one deployment of a service, that which stopped last first. Tasks that the scheduler itself scaled
 * in are no failure and left out. AWS shows a stopped task for about an hour.
 */
export async function failedTasksOf(aws: Pick<Aws, 'all'>, of: OfDeployment): Promise<Task[]> {
  const tasks = await tasksOf(aws, of, 'STOPPED')
  return tasks.filter((task) => !isScaledIn(task)).toSorted((one, other) => stopOf(other) - stopOf(one))
}

/** The tasks of one deployment that are there, or coming up, and do not count as healthy. */
export async function unhealthyTasksOf(aws: Pick<Aws, 'all'>, of: OfDeployment): Promise<Task[]> {
  const tasks = await tasksOf(aws, of, 'RUNNING')
  return tasks.filter((task) => task.healthStatus !== 'HEALTHY')
}

/** Tasks grouped by stop reason and exit codes, most frequent first; within a group in the order in which they came. */
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

/** The tasks of one deployment of a service that are there or coming up, or that stopped within the last hour. */
export async function tasksOf(
  aws: Pick<Aws, 'all'>,
  of: OfDeployment,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<Task[]> {
  const { cluster, service, deploymentId, except } = of
  const { taskArns = [] } = await aws.all('listTasks', { cluster, serviceName: service, desiredStatus })
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', { cluster, tasks: taskArns })
  return tasks.filter((task) => task.startedBy === deploymentId && !except?.has(task.taskArn))
}

function stopOf(task: Task): number {
  return (task.stoppedAt ?? task.stoppingAt)?.getTime() ?? 0
}

function isScaledIn(task: Task): boolean {
  return task.stopCode === 'ServiceSchedulerInitiated' && (task.stoppedReason ?? '').startsWith('Scaling activity')
}
