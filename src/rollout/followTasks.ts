/** Waits for one-off tasks, and stops those that nobody waits for any more. */
import type { Task, TaskDefinition } from '@aws-sdk/client-ecs'
import { awsCommand } from '../ground/command.ts'
import { nameOf } from '../ground/names.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { isDenied } from '../aws/denied.ts'
import { whyUnreadable } from './missingPermission.ts'
import { taskPacing } from './pace.ts'
import { containersOf } from './stoppedTasks.ts'
import { taskLogs } from './taskLogs.ts'

/** The one-off tasks of a step. */
interface OneOffTasks {
  /** The step's id. */
  readonly step: string
  readonly cluster: string
  readonly taskArns: readonly string[]
  /** Whether another run has started them, which may wait for them, too: they are not stopped. */
  readonly isOthers?: boolean
  /** Answers with the revision that they run. */
  readonly describe: () => Promise<TaskDefinition>
}

/** Why a task was stopped that nobody waits for any more. */
export const endedReason = 'The deploy that started this task has ended.'

/** How the wait for tasks has ended. */
export interface TasksEnd {
  /** `unseen`: AWS has not shown one of them for two minutes. */
  readonly because: 'stopped' | 'timedOut' | 'unseen'
  /** The statuses when it ended, before anything was stopped, by task. */
  readonly statuses: ReadonlyMap<string, string>
  /** The tasks as they were seen last, those included that were then stopped. */
  readonly tasks: readonly Task[]
}

/** Milliseconds between two looks at a task that is told to stop. */
const interval = 3_000
/** Milliseconds that a task which was told to stop may take: the longest stopTimeout of Fargate, and a little. */
const stopping = 150_000
/** Milliseconds that AWS may take to show a task that it has started: it is eventually consistent. */
const unseen = 120_000

/**
 * Waits until all tasks have stopped, telling of them and of what their containers log. When the wait ends before that,
 * by the time-out, by the signal or by an error, they are stopped, and it returns when they are: a task that nobody waits
 * for must not go on, since a migration would run beside whatever comes next. Where AWS denies to show them there is
 * nothing to wait for. What was not seen to stop is noted as left.
 */
export async function followTasks(of: OneOffTasks, context: StepContext): Promise<TasksEnd> {
  const { clock, signal, timeout } = context
  const began = clock.now()
  const watch = watchTasks(of, context)
  const logs = taskLogs(of, context)

  async function wait(): Promise<TasksEnd['because']> {
    const pace = taskPacing(began)
    for (;;) {
      await clock.sleep(pace(clock.now(), of.taskArns.map(watch.statusOf)), signal)
      // Time is up as of the look: a machine may sleep while AWS answers.
      const looked = clock.now()
      await watch.look(signal)
      if (watch.areStopped(of.taskArns)) return 'stopped'
      void logs.read(watch.tasks())
      if (looked - watch.leastSeenAt() >= unseen) return 'unseen'
      if (looked - began >= timeout) return 'timedOut'
    }
  }

  const open = (arns = of.taskArns): string[] => arns.filter((taskArn) => !watch.areStopped([taskArn]))

  function leave(): void {
    for (const arn of open()) {
      const task = nameOf(arn)
      const stop = awsCommand('ecs stop-task', { cluster: nameOf(of.cluster), task })
      context.noteLeftover(`Task ${task}, which another run has started, goes on. Stop it with: ${stop}`)
    }
  }

  /** Never throws: what ended the wait is what is to be told. */
  async function abandon(because?: unknown): Promise<void> {
    if (of.isOthers) return leave()
    const told = await stopTasks({ ...of, taskArns: open() }, endedReason, context)
    const end = clock.now() + stopping
    let isHidden = isDenied(because)
    while (!isHidden && !watch.areStopped(told) && clock.now() < end) {
      await clock.sleep(interval)
      isHidden = await watch.look().then(() => false, isDenied)
      void logs.read(watch.tasks())
    }
    const unknown = open(told).map(nameOf)
    if (unknown.length === 0) return
    context.noteLeftover(
      `${unknown.length === 1 ? 'Task' : 'Tasks'} ${unknown.join(', ')} ${unknown.length === 1 ? 'was' : 'were'} told to stop and may still be running. ` +
        `Check with: ${awsCommand('ecs describe-tasks', { cluster: nameOf(of.cluster), tasks: unknown })}`,
    )
  }

  /** Stopping them takes its time, in which nobody should have to guess what is waited for. */
  function tellLost(error: unknown): void {
    const follows = of.isOthers
      ? 'It goes on, since another run has started it.'
      : isDenied(error)
        ? 'Stopping it; ecs-task cannot see whether it has stopped.'
        : `Stopping it, and waiting up to ${stopping / 1000} s for it to stop.`
    const why = whyUnreadable(error, 'ecs:DescribeTasks')
    const text = `AWS does not show task ${open().map(nameOf).join(', ')}: ${why}. ${follows}`
    context.emit({ type: 'warning.raised', text })
  }

  try {
    const because = await wait()
    const statuses = new Map(of.taskArns.map((taskArn) => [taskArn, watch.statusOf(taskArn)]))
    if (because !== 'stopped') await abandon()
    return { because, statuses, tasks: watch.tasks() }
  } catch (error) {
    if (error !== signal.reason) tellLost(error)
    await abandon(error)
    throw error
  } finally {
    await logs.flush(watch.tasks())
  }
}

/** Tells tasks to stop; answers with those that AWS is stopping, and notes the others as left. Never throws. */
export async function stopTasks(
  { cluster, taskArns }: Pick<OneOffTasks, 'cluster' | 'taskArns'>,
  reason: string,
  { aws, noteLeftover }: StepContext,
): Promise<string[]> {
  const told = await Promise.all(
    taskArns.map(async (task) => {
      try {
        await aws.call('stopTask', { cluster, task, reason })
        return task
      } catch (error) {
        const mend = awsCommand('ecs stop-task', { cluster: nameOf(cluster), task: nameOf(task) })
        const text = `Task ${nameOf(task)} could not be stopped and may still be running (${(error as Error).message}). Stop it with: ${mend}`
        noteLeftover(text)
        return []
      }
    }),
  )
  return told.flat()
}

/** The tasks as they were seen last. A read may lag behind, so one that has been seen stopped stays so. */
function watchTasks({ step, cluster, taskArns }: OneOffTasks, { aws, clock, emit }: StepContext) {
  const began = clock.now()
  const seen = new Map<string, { readonly task: Task; readonly at: number }>()
  const statusOf = (taskArn: string): string => seen.get(taskArn)?.task.lastStatus ?? 'not to be seen'
  const areStopped = (arns: readonly string[]): boolean => arns.every((taskArn) => statusOf(taskArn) === 'STOPPED')

  return {
    statusOf,
    areStopped,
    tasks: () => [...seen.values()].map(({ task }) => task),
    /** When the task that has not been shown for longest, of those that have not stopped, was shown. */
    leastSeenAt: () =>
      Math.min(...taskArns.flatMap((taskArn) => (areStopped([taskArn]) ? [] : (seen.get(taskArn)?.at ?? began)))),
    async look(signal?: AbortSignal): Promise<void> {
      const { tasks = [] } = await aws.call('describeTasks', { cluster, tasks: [...taskArns] }, signal)
      for (const task of tasks) {
        const { taskArn = '', lastStatus = '' } = task
        const before = seen.get(taskArn)?.task.lastStatus
        if (before === 'STOPPED') continue
        seen.set(taskArn, { task, at: clock.now() })
        if (before === lastStatus) continue
        emit({ type: 'task.progressed', step, taskArn, lastStatus, containers: containersOf(task) })
      }
    },
  }
}
