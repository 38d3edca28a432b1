/** Gathers what can be found out about a failure; never throws. */
import type { ContainerDefinition, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { ContainerLog, Forensics } from '../engine/events.ts'
import { lastLines } from './logStream.ts'
import { type OfDeployment, failedTasksOf, groupStoppedTasks, unhealthyTasksOf } from './stoppedTasks.ts'
import { type Suspect, suspectsAmong } from './suspects.ts'
import { unhealthyTargetsOf } from './targetHealth.ts'
import { whyUnreadable } from './missingPermission.ts'

/** How many containers' logs are read, and how many lines of each. */
const mostContainers = 3
const mostLines = 10

/**
 * What can be found out about a deployment that has failed: its stopped tasks, the last lines of up to 3 containers that
 * failed in different ways, the targets that are not healthy. Never throws: what could not be read is said in `unmet`,
 * or in the log's `note`. An abort of the signal ends it with what it has found by then.
 */
export async function forensicsOf(
  aws: Aws,
  of: {
    cluster: string
    service: Service
    deploymentId: string
    /** ARNs of tasks that are left out. */
    except?: OfDeployment['except']
    /** What was still missing, in words. */
    unmet: readonly string[]
    /** The command to type next. */
    next?: string
  },
  signal?: AbortSignal,
): Promise<Forensics> {
  const { cluster, service, deploymentId, except, unmet, next } = of
  const reading = readingUntil(aws, signal)
  const [{ stopped, logs, unread }, health] = await Promise.all([
    tasksAndLogs(reading, { cluster, service: service.serviceName ?? '', deploymentId, except }),
    unhealthyTargetsOf(reading, service),
  ])
  return {
    stoppedTasks: groupStoppedTasks(stopped),
    logs,
    targets: health.targets,
    unmet: [...unmet, ...unread, ...health.unread],
    ...(next !== undefined && { next }),
  }
}

/** The same for one-off tasks that have failed. Never throws either. */
export async function forensicsOfTasks(
  aws: Aws,
  of: { tasks: readonly Task[]; unmet: readonly string[]; next?: string },
  signal?: AbortSignal,
): Promise<Forensics> {
  const { tasks, unmet, next } = of
  return {
    stoppedTasks: groupStoppedTasks(tasks),
    logs: await logsOf(readingUntil(aws, signal), tasks),
    targets: [],
    unmet,
    ...(next !== undefined && { next }),
  }
}

async function tasksAndLogs(
  aws: Aws,
  of: OfDeployment,
): Promise<{ stopped: readonly Task[]; logs: ContainerLog[]; unread: string[] }> {
  try {
    const stopped = await failedTasksOf(aws, of)
    // Where nothing has stopped, what has kept the rollout from its end is in the logs of the tasks that are there.
    return {
      stopped,
      logs: await logsOf(aws, stopped.length > 0 ? stopped : await unhealthyTasksOf(aws, of)),
      unread: [],
    }
  } catch (error) {
    const why = whyUnreadable(error, 'ecs:ListTasks')
    return { stopped: [], logs: [], unread: [`the tasks of the deployment could not be read: ${why}`] }
  }
}

/** The last lines of the suspects among the tasks; one entry where several have nothing to tell for the same reason. */
async function logsOf(aws: Aws, tasks: readonly Task[]): Promise<ContainerLog[]> {
  const revisions = new Map<string, Revision>()
  const arns = new Set(tasks.flatMap((task) => task.taskDefinitionArn ?? []))
  await Promise.all([...arns].map(async (arn) => revisions.set(arn, await revisionOf(aws, arn))))
  const revisionFor = (task: Task): Revision | undefined => revisions.get(task.taskDefinitionArn ?? '')
  const suspects = suspectsAmong(tasks, mostContainers, (task) => revisionFor(task)?.containers ?? [])
  const logs = await Promise.all(suspects.map((suspect) => logOf(aws, suspect, revisionFor(suspect.task))))
  const isNews = ({ container, lines, note }: ContainerLog, at: number): boolean =>
    lines.length > 0 || logs.findIndex((one) => one.container === container && one.note === note) === at
  return logs.filter(isNews)
}

/** A task definition with its containers; or, in `note`, why it could not be read. */
interface Revision {
  readonly taskDefinition?: TaskDefinition
  readonly containers: readonly ContainerDefinition[]
  readonly note: string
}

async function revisionOf(aws: Aws, arn: string): Promise<Revision> {
  try {
    const { taskDefinition } = await aws.call('describeTaskDefinition', { taskDefinition: arn })
    if (!taskDefinition) return { containers: [], note: 'AWS does not show its task definition' }
    return { taskDefinition, containers: taskDefinition.containerDefinitions ?? [], note: '' }
  } catch (error) {
    const why = whyUnreadable(error, 'ecs:DescribeTaskDefinition')
    return { containers: [], note: `its task definition could not be read: ${why}` }
  }
}

async function logOf(aws: Aws, { task, container }: Suspect, revision: Revision | undefined): Promise<ContainerLog> {
  const { taskArn = '' } = task
  const { taskDefinition, note = 'AWS does not name its revision' } = revision ?? {}
  if (!taskDefinition) return { container, taskArn, lines: [], note }
  return lastLines(aws, { taskDefinition, container, taskArn, most: mostLines })
}

/** The same door, whose calls end when the signal aborts. */
function readingUntil(aws: Aws, signal: AbortSignal | undefined): Aws {
  return {
    ...aws,
    call: (method, input) => aws.call(method, input, signal),
    all: (method, input) => aws.all(method, input, signal),
  }
}
