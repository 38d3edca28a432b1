import type { RunTaskCommandOutput, Task } from '@aws-sdk/client-ecs'
import type { TaskRun } from '../definition.ts'
import { EcsTaskError } from '../errors.ts'
import type { Forensics } from '../events.ts'
import { nameOf } from '../names.ts'
import type { Reference, Step } from '../step.ts'
import type { StepContext, StepKind } from '../stepKind.ts'
import { containersOf, groupStoppedTasks } from '../following/stoppedTasks.ts'

/** Milliseconds between two looks at a task. */
const interval = 3_000
/** Milliseconds that a task which was told to stop may take: the longest stopTimeout of Fargate, and a little. */
const stopping = 150_000

/** Runs a one-off task and waits until it has stopped. `essential` names the containers whose exit codes decide. */
export function runTask(
  id: string,
  of: { run: TaskRun; family: string; revision: Reference; essential: readonly string[] },
): Step<'runTask'> {
  const { run, family, revision, essential } = of
  return {
    id,
    title: `Run ${commandOf(run) ?? 'a task'} of ${family} in ${nameOf(run.cluster ?? 'default')}`,
    call: { method: 'runTask', input: { ...run, taskDefinition: revision } },
    follow: 'tasks',
    facts: { essential },
  }
}

export const runTaskKind: StepKind<'runTask'> = {
  async perform(step, input, context) {
    // The token makes a call that is sent twice, because its answer was lost, one and the same task.
    const clientToken = input.clientToken ?? `${context.runId}-${step.id.replace(/[^A-Za-z0-9]+/g, '-')}`.slice(0, 64)
    const answer = await context.aws.call('runTask', { ...input, clientToken }, context.signal)
    const { tasks = [], failures = [] } = answer
    const missing = (input.count ?? 1) - tasks.length
    if (missing > 0 || failures.length > 0) {
      await stopAll(answer, context, 'Not all tasks of this run could be placed.')
      const reasons = [...new Set(failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(': ')))]
      throw new EcsTaskError('TaskFailed', `${tasks.length} of ${input.count ?? 1} one-off tasks could be placed.`, {
        why: reasons.join(', ') || 'AWS gave no reason.',
        fix: 'Make room in the cluster, or ask for less cpu and memory.',
        evidence: { failures },
      })
    }
    return { answer }
  },

  async follow(step, answer, context) {
    const essential = step.facts?.essential as readonly string[]
    const deadline = context.clock.now() + context.timeout
    const cluster = clusterOf(answer)
    const taskArns = (answer.tasks ?? []).flatMap((task) => task.taskArn ?? [])
    const told = new Map<string, string>()
    let tasks: readonly Task[]
    try {
      for (;;) {
        await context.clock.sleep(interval, context.signal)
        tasks = await look(step, cluster, taskArns, told, context, context.signal)
        if (isOver(tasks, taskArns)) break
        if (context.clock.now() >= deadline) {
          throw new EcsTaskError(
            'TimedOut',
            `The one-off task had not stopped after ${Math.round(context.timeout / 1000)} s.`,
            {
              why: `It was ${tasks.map((task) => task.lastStatus).join(', ') || 'not to be seen'}; it has been stopped.`,
              fix: 'Give it longer with --timeout, or find out what it waits for.',
            },
          )
        }
      }
    } catch (error) {
      // A task that nobody waits for any more must not go on: a migration would run beside whatever comes next.
      await stopAll(answer, context, 'The deploy that started this task has ended.')
      const end = context.clock.now() + stopping
      do await context.clock.sleep(interval)
      while (!isOver(await look(step, cluster, taskArns, told, context), taskArns) && context.clock.now() < end)
      throw error
    }
    const failed = tasks.flatMap((task) => failureOf(task, essential) ?? [])
    if (failed.length > 0) {
      throw new EcsTaskError('TaskFailed', `The one-off task failed: ${failed[0]}.`, {
        why: [...new Set(tasks.map((task) => task.stoppedReason).filter(Boolean))].join(', ') || undefined,
        fix: 'No service was touched. Mend the task and deploy again.',
        evidence: { stoppedTasks: groupStoppedTasks(tasks), logs: [], targets: [], unmet: [] } satisfies Forensics,
      })
    }
  },

  result: (answer) => (answer.tasks ?? []).map((task) => nameOf(task.taskArn ?? '')).join(', '),
}

/** Why a stopped task is no success; exit codes of containers that are not essential do not count. */
function failureOf(task: Task, essential: readonly string[]): string | undefined {
  for (const name of essential) {
    const container = task.containers?.find((one) => one.name === name)
    if (container?.exitCode === undefined) {
      return `container ${name} has no exit code (${container?.reason ?? task.stoppedReason ?? 'it never started'})`
    }
    if (container.exitCode !== 0) return `container ${name} exited with ${container.exitCode}`
  }
  return undefined
}

async function look(
  step: Step<'runTask'>,
  cluster: string,
  taskArns: readonly string[],
  told: Map<string, string>,
  { aws, emit }: StepContext,
  signal?: AbortSignal,
): Promise<readonly Task[]> {
  const { tasks = [] } = await aws.call('describeTasks', { cluster, tasks: [...taskArns] }, signal)
  for (const task of tasks) {
    const { taskArn = '', lastStatus = '' } = task
    if (told.get(taskArn) === lastStatus) continue
    told.set(taskArn, lastStatus)
    emit({ type: 'task.progressed', step: step.id, taskArn, lastStatus, containers: containersOf(task) })
  }
  return tasks
}

/** AWS may not show a task yet that it has just started, so one that is missing is not over. */
function isOver(tasks: readonly Task[], taskArns: readonly string[]): boolean {
  return tasks.length === taskArns.length && tasks.every((task) => task.lastStatus === 'STOPPED')
}

async function stopAll(answer: RunTaskCommandOutput, { aws }: StepContext, reason: string): Promise<void> {
  const cluster = clusterOf(answer)
  await Promise.all((answer.tasks ?? []).map((task) => aws.call('stopTask', { cluster, task: task.taskArn, reason })))
}

function clusterOf(answer: RunTaskCommandOutput): string {
  return answer.tasks?.[0]?.clusterArn ?? 'default'
}

function commandOf(run: TaskRun): string | undefined {
  const command = run.overrides?.containerOverrides?.find((override) => override.command)?.command
  return command && `\`${command.join(' ')}\``
}
