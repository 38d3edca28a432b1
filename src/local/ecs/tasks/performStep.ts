// What each step of a task's life changes.
import type { HealthStatus, TaskStopCode } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Context } from '../../world/operation.ts'
import type { TaskRecord, TaskStep } from '../../world/world.ts'
import { bindPorts } from '../containerInstances/hostPorts.ts'
import { change } from '../../world/members.ts'
import type { ShownContainer, ShownTask } from '../shown/records.ts'
import { attachNetworkInterface, digestOf } from './newTask.ts'
import { deregisterFromRegistries, registerWithRegistries } from './registration.ts'
import { cannotInitializeLogging, cannotStartLogging, hasLogGroup, log } from './taskLog.ts'

/** Why a task stops, in AWS's words: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
export interface StopReason {
  stopCode: TaskStopCode
  stoppedReason: string
}

type Step = (context: Context, record: TaskRecord, step: TaskStep) => StopReason | undefined

/** Does one step of a task's life; answers why the task has to stop, when that is what follows. */
export const performStep: Step = (context, record, step) => steps[step.do](context, record, step)

const steps: Record<TaskStep['do'], Step> = {
  provisioned(context, { task }) {
    attachNetworkInterface(context, task)
    const now = context.now / 1000
    return change(task, { lastStatus: 'PENDING', connectivity: 'CONNECTED', connectivityAt: now, pullStartedAt: now })
  },
  cannotPull: (_, record, { container, text }) => cannotStart(record, container, text!),
  pulled(context, record) {
    const { task } = record
    task.pullStoppedAt = context.now / 1000
    if (task.launchType !== 'FARGATE') return undefined
    // Fargate prepares the logs of all containers before it starts one.
    const isReady = task.containers.every(({ name }) => hasLogGroup(context, record, name))
    return isReady ? undefined : { stopCode: 'TaskFailedToStart', stoppedReason: cannotInitializeLogging }
  },
  start(context, record, { container, text }) {
    if (!hasLogGroup(context, record, container!)) return cannotStart(record, container, cannotStartLogging)
    const started = find(record, container)
    const { launchType, taskArn } = record.task
    const runtimeId = launchType === 'FARGATE' ? `${nameOf(taskArn)}-${context.ids.digits(10)}` : context.ids.hex(64)
    change(started, {
      lastStatus: 'RUNNING',
      runtimeId,
      imageDigest: digestOf(context.region, started.image ?? ''),
    })
    bindPorts(context.region, record.task, started)
    log(context, record, started, text)
    return undefined
  },
  exit(context, record, { container, exitCode, text }) {
    const exited = find(record, container)
    if (exited.lastStatus !== 'RUNNING') return undefined
    change(exited, { lastStatus: 'STOPPED', exitCode })
    noteExecutionStopped(context, record.task)
    log(context, record, exited, text)
    return endOfTask(record, container, {
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    })
  },
  activating: (_, { task }) => change(task, { lastStatus: 'ACTIVATING' }),
  running(context, record) {
    const { task, life } = record
    life.runningAt = context.now
    registerWithRegistries(context, record)
    return change(task, { lastStatus: 'RUNNING', startedAt: context.now / 1000 })
  },
  health(_, record, { container, text }) {
    const checked = find(record, container)
    if (checked.lastStatus === 'RUNNING') checked.healthStatus = text === 'UNHEALTHY' ? text : 'HEALTHY'
    return change(record.task, { healthStatus: healthStatus(record) })
  },
  // Nothing changes by itself at this moment: the service looks at its tasks whenever one of them moves.
  look: () => undefined,
  deregistered(context, record) {
    deregisterFromRegistries(context, record)
    return undefined
  },
  deactivated: (_, { task }) => change(task, { lastStatus: 'STOPPING' }),
  killed(context, { task }) {
    for (const container of task.containers) {
      // 143 is death by SIGTERM. What never ran has no exit code.
      if (container.lastStatus === 'RUNNING') container.exitCode = 143
      container.lastStatus = 'STOPPED'
    }
    noteExecutionStopped(context, task)
    return task.attachments.length > 0 ? change(task, { lastStatus: 'DEPROVISIONING' }) : stopped(context, task)
  },
  lost(context, { task }) {
    for (const container of task.containers) container.lastStatus = 'STOPPED'
    for (const attachment of task.attachments) attachment.status = 'DELETED'
    noteExecutionStopped(context, task)
    return stopped(context, task)
  },
  deprovisioned(context, { task }) {
    for (const attachment of task.attachments) attachment.status = 'DELETED'
    return stopped(context, task)
  },
  forgotten({ region }, { task, service }) {
    delete region.tasks[task.taskArn]
    delete region.tags[task.taskArn]
    // A token stands for its tasks, so it goes with the last of them. No service's task came by one.
    for (const [token, { taskArns }] of service ? [] : Object.entries(region.runTaskTokens)) {
      if (taskArns.every((arn) => !region.tasks[arn])) delete region.runTaskTokens[token]
    }
    return undefined
  },
}

const stopped = ({ now }: Context, task: ShownTask): undefined =>
  change(task, { lastStatus: 'STOPPED', stoppedAt: now / 1000 })

/** The moment the last container stopped, which may be before anything was told to. */
function noteExecutionStopped({ now }: Context, task: ShownTask): void {
  const running = task.containers.some((container) => container.lastStatus === 'RUNNING')
  if (!running) task.executionStoppedAt ??= now / 1000
}

/** The steps of a task name its own containers only. */
const find = ({ task }: TaskRecord, name: string | undefined): ShownContainer =>
  task.containers.find((container) => container.name === name)!

function cannotStart(record: TaskRecord, container: string | undefined, reason: string): StopReason | undefined {
  change(find(record, container), { lastStatus: 'STOPPED', reason })
  return endOfTask(record, container, { stopCode: 'TaskFailedToStart', stoppedReason: reason })
}

const endOfTask = ({ life }: TaskRecord, container: string | undefined, why: StopReason): StopReason | undefined =>
  life.essential.includes(container!) ? why : undefined

/** UNHEALTHY if one of the essential containers that are checked is, HEALTHY if all of them are, else UNKNOWN. */
function healthStatus({ task, life }: TaskRecord): HealthStatus {
  const found = task.containers
    .filter(({ name }) => life.healthChecked.includes(name))
    .map((container) => container.healthStatus)
  if (found.includes('UNHEALTHY')) return 'UNHEALTHY'
  return found.length > 0 && found.every((status) => status === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN'
}
