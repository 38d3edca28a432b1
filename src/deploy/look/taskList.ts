// Reads what `tasks` shows.
import type { Container, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import { imageTags } from '../../definition/image.ts'
import type { ContainerProgress } from '../../engine/events.ts'
import { defined } from '../../ground/defined.ts'
import { nameOf } from '../../ground/names.ts'
import { noting } from '../../rollout/missingPermission.ts'
import { containersOf } from '../../rollout/stoppedTasks.ts'
import { familyOf } from '../revisions.ts'
import { type FoundTask, describeTasks, listTasks, ownerOf } from './findTasks.ts'
import { type Asked, selectionsOf, servicesOf } from './selection.ts'
import { taskDefinitionReader, unlessDeleted } from './taskDefinitions.ts'

/** One task, as `tasks --json` prints it. Times are ISO 8601. */
export interface TaskStatus {
  /** The id at the end of its ARN. */
  readonly task: string
  readonly taskArn: string
  /** `my_cluster/web`; `my_cluster: migrate`, with its family, where it is of no service. */
  readonly of: string
  readonly revision: string
  /** The tags of its images; empty where the revision could not be read. */
  readonly tags: readonly string[]
  readonly lastStatus: string
  readonly desiredStatus: string
  /** Undefined where no container has a health check. */
  readonly health?: string
  readonly createdAt?: string
  readonly startedAt?: string
  readonly stoppedAt?: string
  readonly stopCode?: string
  /** In ECS's words. */
  readonly stoppedReason?: string
  readonly containers: readonly ContainerProgress[]
  /** Its private IP address, or the ports of the host that are bound to it. */
  readonly addresses: readonly string[]
  /** The EC2 instance that it is on. */
  readonly instance?: string
}

/** The data that `tasks --json` prints. */
export interface TaskList {
  readonly version: 1
  /** When it was read. */
  readonly at: string
  /** By service, then those that have not stopped, then by time, the newest first. */
  readonly tasks: readonly TaskStatus[]
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[]
}

/** Reads running and stopped tasks. Answers also with the task definitions that they run, which may hold secrets. */
export async function readTaskList(
  aws: Aws,
  asked: Asked,
  now: () => number,
): Promise<{ readonly list: TaskList; readonly taskDefinitions: readonly TaskDefinition[] }> {
  const selections = selectionsOf(asked)
  await servicesOf(aws, selections)
  const clusters = await listTasks(aws, selections, ['RUNNING', 'STOPPED'])
  const found = await describeTasks(aws, clusters, selections)
  const unread: string[] = []
  const unless = noting(unread)
  const [taskDefinitions, instances] = await Promise.all([
    revisionsOf(aws, found).catch(
      unless('The image tags of the revisions', new Map<string, TaskDefinition>(), 'ecs:DescribeTaskDefinition'),
    ),
    instancesOf(aws, found).catch(
      unless('The instances of the tasks', new Map<string, string>(), 'ecs:DescribeContainerInstances'),
    ),
  ])
  const declared = new Map(
    'definitions' in asked ? asked.definitions.map((one) => [one.taskDefinition.family, one.taskDefinition]) : [],
  )

  function tagsOf(arn: string): string[] {
    const { containerDefinitions } = taskDefinitions.get(arn) ?? {}
    const family = familyOf(arn)
    return imageTags(declared.get(family) ?? { family, containerDefinitions: [] }, containerDefinitions ?? [])
  }

  const tasks = found.map(({ task }) => taskStatus(task, { tagsOf, instances }))
  return {
    list: { version: 1, at: new Date(now()).toISOString(), tasks: tasks.toSorted(inOrder), unread },
    taskDefinitions: [...taskDefinitions.values()],
  }
}

function taskStatus(
  task: Task,
  known: {
    readonly tagsOf: (arn: string) => readonly string[]
    /** The ids of EC2 instances, by the ARN of the container instance. */
    readonly instances: ReadonlyMap<string, string>
  },
): TaskStatus {
  const { taskArn = '', taskDefinitionArn = '', lastStatus = '', desiredStatus = '', healthStatus } = task
  return defined({
    task: nameOf(taskArn),
    taskArn,
    of: ownerOf(task),
    revision: nameOf(taskDefinitionArn),
    tags: known.tagsOf(taskDefinitionArn),
    lastStatus,
    desiredStatus,
    // ECS says UNKNOWN of a task without a health check, too.
    health: healthStatus === 'UNKNOWN' ? undefined : healthStatus,
    createdAt: task.createdAt?.toISOString(),
    startedAt: task.startedAt?.toISOString(),
    stoppedAt: (task.stoppedAt ?? task.stoppingAt)?.toISOString(),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containers: containersOf(task),
    addresses: [...new Set((task.containers ?? []).flatMap(addressesOf))],
    instance: known.instances.get(task.containerInstanceArn ?? ''),
  })
}

/** The container's own address, or the ports of its host that lead to it; one port is bound for IPv4 and for IPv6. */
function addressesOf({ networkInterfaces = [], networkBindings = [] }: Container): string[] {
  const own = networkInterfaces.flatMap(
    ({ privateIpv4Address, ipv6Address }) => privateIpv4Address ?? ipv6Address ?? [],
  )
  if (own.length > 0) return own
  return networkBindings.flatMap(({ hostPort, hostPortRange }) =>
    hostPort === undefined && hostPortRange === undefined ? [] : `host port ${hostPortRange ?? hostPort}`,
  )
}

async function revisionsOf(aws: Aws, tasks: readonly FoundTask[]): Promise<Map<string, TaskDefinition>> {
  const read = taskDefinitionReader(aws)
  const arns = [...new Set(tasks.flatMap(({ task }) => task.taskDefinitionArn ?? []))]
  const all = await Promise.all(arns.map(async (arn) => [arn, await read(arn).catch(unlessDeleted)] as const))
  return new Map(all.flatMap(([arn, found]) => (found ? [[arn, found] as const] : [])))
}

async function instancesOf(aws: Aws, tasks: readonly FoundTask[]): Promise<Map<string, string>> {
  const clusters = [...new Set(tasks.map(({ cluster }) => cluster))]
  const all = await Promise.all(
    clusters.map(async (cluster) => {
      const own = tasks.flatMap(({ task, cluster: of }) => (of === cluster ? (task.containerInstanceArn ?? []) : []))
      if (own.length === 0) return []
      const input = { cluster, containerInstances: [...new Set(own)] }
      const { containerInstances = [] } = await aws.all('describeContainerInstances', input)
      return containerInstances.map(
        ({ containerInstanceArn = '', ec2InstanceId = '' }) => [containerInstanceArn, ec2InstanceId] as const,
      )
    }),
  )
  return new Map(all.flat())
}

function inOrder(one: TaskStatus, other: TaskStatus): number {
  const key = ({ of, lastStatus }: TaskStatus): string => `${of} ${lastStatus === 'STOPPED' ? 1 : 0}`
  const at = ({ stoppedAt, startedAt, createdAt }: TaskStatus): string => stoppedAt ?? startedAt ?? createdAt ?? ''
  return compare(key(one), key(other)) || compare(at(other), at(one)) || compare(one.task, other.task)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
