// Opens a session of ECS Exec in a container of a running task.
import type { Session, Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import { unlessDenied } from '../../rollout/missingPermission.ts'
import { awsCommand, quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { describeTasks, listTasks, ownerOf, serviceOf } from './findTasks.ts'
import { type Asked, selectionsOf, servicesOf } from './selection.ts'
import { taskDefinitionReader } from './taskDefinitions.ts'

export interface ExecWanted {
  /** The ARN of a task, its id, or the beginning of it. */
  readonly task: string | undefined
  readonly container: string | undefined
  readonly command: readonly string[]
}

/** A session that session-manager-plugin can be started with. */
export interface ExecSession {
  /** `my_cluster/web`. */
  readonly of: string
  readonly taskArn: string
  readonly container: string
  readonly region: string
  readonly session: Session
  /** What Systems Manager calls the container. */
  readonly target: string
}

/**
 * Opens it in the newest task that allows it, unless one is named. Throws `NotFound` where no such task runs, and `BadArguments`
 * where ECS Exec is off or it is not clear which container is meant.
 */
export async function openExec(aws: Aws, asked: Asked, wanted: ExecWanted): Promise<ExecSession> {
  const selections = selectionsOf(asked)
  await servicesOf(aws, selections)
  const found = await describeTasks(aws, await listTasks(aws, selections, ['RUNNING']), selections)
  const running = found.map(({ task }) => task).filter(({ lastStatus }) => lastStatus === 'RUNNING')
  const task = chosenTask(running, wanted.task)
  const container = await chosenContainer(aws, task, wanted.container)
  checkAgent(task, container)
  const { taskArn = '', clusterArn = '' } = task
  const input = { cluster: clusterArn, task: taskArn, container, interactive: true }
  const { session } = await aws
    .call('executeCommand', { ...input, command: wanted.command.map(quoted).join(' ') })
    .catch((error: Error) => {
      throw error.name === 'TargetNotConnectedException' ? notConnected(task, container, error) : error
    })
  const runtimeId = task.containers?.find(({ name }) => name === container)?.runtimeId ?? ''
  return {
    of: ownerOf(task),
    taskArn,
    container,
    region: taskArn.split(':')[3] ?? '',
    session: session ?? {},
    target: `ecs:${nameOf(clusterArn)}_${nameOf(taskArn)}_${runtimeId}`,
  }
}

function chosenTask(running: readonly Task[], wanted: string | undefined): Task {
  const newest = running.toSorted((one, other) => startOf(other) - startOf(one))
  const fitting = newest.filter(({ taskArn = '' }) => wanted === undefined || isMeant(taskArn, wanted))
  const [first] = fitting
  if (!first) {
    const what = wanted === undefined ? 'No task runs.' : `No task ${wanted} runs.`
    const ids = newest.slice(0, 10).map(({ taskArn = '' }) => nameOf(taskArn))
    throw new EcsTaskError('NotFound', what, { fix: ids.length > 0 ? `Pass one of: ${ids.join(', ')}.` : undefined })
  }
  if (wanted !== undefined && fitting.length > 1) {
    throw new EcsTaskError('BadArguments', `Several tasks begin with ${wanted}.`, { fix: 'Pass more of the id.' })
  }
  const task = fitting.find(({ enableExecuteCommand }) => enableExecuteCommand)
  if (!task) throw isOff(first)
  return task
}

function startOf({ startedAt }: Task): number {
  return startedAt?.getTime() ?? 0
}

function isMeant(taskArn: string, wanted: string): boolean {
  return taskArn === wanted || nameOf(taskArn).startsWith(wanted)
}

/** ECS decides it when a task starts. */
function isOff(task: Task): EcsTaskError {
  const service = serviceOf(task)
  const what = `ECS Exec is off for task ${nameOf(task.taskArn ?? '')} of ${ownerOf(task)}.`
  if (service === undefined) {
    return new EcsTaskError('BadArguments', what, { fix: 'Start the task with enableExecuteCommand.' })
  }
  const turnOn = awsCommand('ecs update-service', {
    cluster: nameOf(task.clusterArn ?? ''),
    service,
    'enable-execute-command': true,
    'force-new-deployment': true,
  })
  return new EcsTaskError('BadArguments', what, {
    why: 'Only tasks that start after it was turned on have it, and they need a task role. In a class it is enableExecuteCommand.',
    fix: `To turn it on, which replaces all tasks: ${turnOn}`,
  })
}

/** The one that is named, the only one, or the only one that the task cannot do without. */
async function chosenContainer(aws: Aws, task: Task, wanted: string | undefined): Promise<string> {
  const names = (task.containers ?? []).flatMap(({ name }) => name ?? [])
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted
    throw new EcsTaskError('BadArguments', `The task has no container ${wanted}.`, {
      fix: `Pass one of: ${names.join(', ')}.`,
    })
  }
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return only
  const describe = taskDefinitionReader(aws)
  const described = await describe(task.taskDefinitionArn ?? '').catch(unlessDenied(() => undefined))
  const [essential, ...more] = (described?.containerDefinitions ?? []).filter((one) => one.essential !== false)
  if (essential?.name !== undefined && more.length === 0) return essential.name
  throw new EcsTaskError('BadArguments', 'The task has several containers.', {
    fix: `Pass --container with one of: ${names.join(', ')}.`,
  })
}

/** Beside the container an agent of Systems Manager has to run, which AWS tells of. */
function checkAgent(task: Task, container: string): void {
  const { managedAgents = [] } = task.containers?.find(({ name }) => name === container) ?? {}
  const agent = managedAgents.find(({ name }) => name === 'ExecuteCommandAgent')
  if (!agent || agent.lastStatus === 'RUNNING') return
  throw new EcsTaskError('RefusedByAws', `The ExecuteCommandAgent of container ${container} is ${agent.lastStatus}.`, {
    why: agent.reason,
    fix: agent.lastStatus === 'PENDING' ? 'Try again in a few seconds.' : roleNeeds,
  })
}

const roleNeeds =
  'Check that the task role allows ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel.'

function notConnected(task: Task, container: string, cause: Error): EcsTaskError {
  const what = `ECS Exec does not reach container ${container} of task ${nameOf(task.taskArn ?? '')}.`
  return new EcsTaskError('RefusedByAws', what, { why: cause.message, fix: roleNeeds, cause })
}
