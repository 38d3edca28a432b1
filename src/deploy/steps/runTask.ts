/** RunTask: a one-off task, to its end. */
import type { RunTaskCommandOutput, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws, Input } from '../../aws/aws.ts'
import { isLost } from '../../aws/retry.ts'
import { sha256 } from '../../ground/sha256.ts'
import type { TaskRun } from '../../definition/definition.ts'
import { awsCommand } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type TasksEnd, endedReason, followTasks, stopTasks } from '../../rollout/followTasks.ts'
import { failureOf, stopReasons, taskForensics } from '../../rollout/taskFailure.ts'
import { nameOf } from '../../ground/names.ts'
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'
import { familyOf } from '../revisions.ts'
import { startedBefore } from '../startedBefore.ts'

export interface RunTask extends StepKind {
  readonly name: 'runTask'
  readonly method: 'runTask'
  readonly subject: 'task'
  readonly params: {
    /** The containers whose exit codes decide. */
    readonly essential: readonly string[]
    /** Whether tasks of the revision that an earlier run has started for the same `startedBy` count in place of new ones. */
    readonly resumes?: true
  }
}

/**
 * Runs a one-off task and waits until it has stopped. `essential` names the containers whose exit codes decide. With
 * `resumes`, what an earlier run that was killed has started of the same revision counts in place of new tasks, when it
 * is under way or has succeeded.
 */
export function runTask(
  id: string,
  of: { run: TaskRun; family: string; revision: string | Reference; essential: readonly string[]; resumes?: boolean },
): Step<RunTask> {
  const { run, family, revision, essential, resumes } = of
  return {
    kind: 'runTask',
    id,
    title: `Run ${commandOf(run) ?? 'a task'} of ${family} in ${nameOf(run.cluster ?? 'default')}`,
    subject: { type: 'task', cluster: nameOf(run.cluster ?? 'default'), family },
    call: { method: 'runTask', input: { ...run, taskDefinition: revision } },
    follow: 'tasks',
    params: { essential, ...(resumes && { resumes }) },
  }
}

/** Whether a step of a plan is one of these. */
export function isRunTask(step: Step): step is Step<RunTask> {
  return step.kind === 'runTask'
}

export const runTaskHandler: StepHandler<RunTask> = {
  async perform(step, input, context) {
    const { resumes } = step.params
    // Of a revision that this run has registered no earlier run has started a task.
    const isOlder = resumes && typeof step.call.input.taskDefinition === 'string'
    const before = isOlder ? await startedBefore(input, step.params, context) : undefined
    if (before) {
      const shown = before.tasks.map(nameOfTask).join(', ')
      const notNeeded = before.haveEnded ? `${shown} of the same revision has succeeded` : undefined
      const answer: Started = { tasks: before.tasks, isOthers: true, $metadata: {} }
      return { answer, notNeeded }
    }
    return { answer: await start(step, input, context) }
  },

  async follow(step, answer: Started, context, input) {
    const { aws } = context
    const { essential } = step.params
    const describe = revisionOf(answer, aws)
    const { isOthers = false } = answer
    const end = await followTasks({ step: step.id, ...tasksOf(answer), isOthers, describe }, context)
    const { tasks, because } = end
    // The run that had started them was not killed: it has given up since.
    if (isOthers && tasks.some(({ stoppedReason }) => stoppedReason === endedReason)) {
      return runTaskHandler.follow?.(step, await start(step, input, context), context, input)
    }
    if (because !== 'stopped') {
      const open = [...end.statuses].filter(([, status]) => status !== 'STOPPED')
      const failures = open.map(([taskArn, status]) => ({
        taskArn,
        container: essential[0] ?? '',
        text: `the task was ${status}`,
      }))
      const evidence = await taskForensics(aws, { tasks, failures, describe, count: end.statuses.size })
      if (because === 'timedOut') throw timedOut(end, context.timeout, evidence)
      throw unseen(end, tasksOf(answer), evidence)
    }
    const failures = tasks.flatMap((task) => failureOf(task, essential) ?? [])
    if (failures.length === 0) return
    const who = tasks.length === 1 ? 'The one-off task' : `${failures.length} of ${tasks.length} one-off tasks`
    throw new EcsTaskError('TaskFailed', `${who} failed: ${failures[0]?.text}.`, {
      why: stopReasons(tasks.filter((task) => failures.some(({ taskArn }) => taskArn === task.taskArn))),
      fix: 'No service was touched. Fix the task, then deploy again.',
      evidence: await taskForensics(aws, { tasks, failures, describe, count: tasks.length }),
    })
  },

  result: (answer) => (answer.tasks ?? []).map(nameOfTask).join(', '),
}

/** The tasks of a step, and whether another run has started them. */
type Started = RunTaskCommandOutput & { readonly isOthers?: boolean }

async function start(step: Step<RunTask>, input: Input<'runTask'>, context: StepContext): Promise<Started> {
  const { resumes } = step.params
  const clientToken = input.clientToken ?? tokenOf(step, input, context)
  const mark = resumes && { startedBy: `${input.startedBy}/${clientToken.slice(0, 16)}` }
  const request = { ...input, clientToken, ...mark }
  // Without the signal: a call that is given up after its answer was lost would leave a task that nobody knows of.
  const answer = await context.aws.call('runTask', request).catch((error: unknown) => {
    if (isLost(error)) context.noteLeftover(unansweredRun(input))
    throw refusalOf(error, input)
  })
  const { tasks = [], failures = [] } = answer
  const missing = (input.count ?? 1) - tasks.length
  if (missing > 0 || failures.length > 0) {
    await stopTasks(tasksOf(answer), 'Not all tasks of this run could be placed.', context)
    const reasons = [...new Set(failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(': ')))]
    throw new EcsTaskError('TaskFailed', `${tasks.length} of ${input.count ?? 1} one-off tasks could be placed.`, {
      why: reasons.join(', ') || 'AWS gave no reason.',
      fix: 'Make room in the cluster, or ask for less cpu and memory.',
      evidence: { failures },
    })
  }
  return answer
}

/**
 * The token makes a call that is sent twice, because its answer was lost, one and the same task. It is that of this step
 * of this run, since a deploy may use a revision again. At most 64 characters, says API_RunTask.
 */
function tokenOf({ id }: Step, input: Input<'runTask'>, { began }: StepContext): string {
  return sha256(JSON.stringify([id, input, began]))
}

const nameOfTask = ({ taskArn = '' }: Task): string => nameOf(taskArn)

function tasksOf({ tasks = [] }: RunTaskCommandOutput): { cluster: string; taskArns: string[] } {
  return {
    cluster: tasks[0]?.clusterArn ?? 'default',
    taskArns: tasks.flatMap(({ taskArn }) => taskArn ?? []),
  }
}

/** Answers with the revision that the tasks run, which says where they log; asks AWS once, when it is first wanted. */
function revisionOf({ tasks = [] }: RunTaskCommandOutput, aws: Aws): () => Promise<TaskDefinition> {
  let asked: Promise<TaskDefinition> | undefined
  const ask = async (): Promise<TaskDefinition> => {
    const answer = await aws.call('describeTaskDefinition', { taskDefinition: tasks[0]?.taskDefinitionArn })
    return answer.taskDefinition ?? {}
  }
  return () => (asked ??= ask())
}

function unansweredRun({ cluster = 'default', taskDefinition = '' }: Input<'runTask'>): string {
  const family = familyOf(taskDefinition)
  return `A one-off task of ${family} may run. Look for it with: ${awsCommand('ecs list-tasks', { cluster: nameOf(cluster), family })}`
}

/** What AWS's refusal of RunTask means; what is not about the task (permissions, credentials) is as it was. */
function refusalOf(error: unknown, input: Input<'runTask'>): unknown {
  const { name, message } = error as Error
  if (isLost(error)) {
    return new EcsTaskError('TaskFailed', 'AWS did not answer, so the one-off task may or may not have started.', {
      why: `${name}: ${message}`,
      fix: unansweredRun(input),
      cause: error,
    })
  }
  if (!refusals.has(name)) return error
  const { resourceIds = [] } = error as { resourceIds?: readonly string[] }
  const isConflict = name === 'ConflictException'
  return new EcsTaskError('TaskFailed', `The one-off task could not be started: ${message}`, {
    why: resourceIds.length > 0 ? `${name}: the token is that of ${resourceIds.join(', ')}.` : `AWS answered ${name}.`,
    fix: isConflict
      ? 'A clientToken always stands for the same task. Remove it, and each deploy uses its own.'
      : 'No service was touched. Fix what AWS names, then try again.',
    cause: error,
  })
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html#API_RunTask_Errors */
const refusals: ReadonlySet<string> = new Set([
  'BlockedException',
  'ClientException',
  'ClusterNotFoundException',
  'ConflictException',
  'InvalidParameterException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
  'UnsupportedFeatureException',
])

/** What has become of the tasks that were told to stop. */
function afterStopping({ statuses, tasks }: TasksEnd): string {
  const isStopped = [...statuses.keys()].every((arn) =>
    tasks.some((one) => one.taskArn === arn && one.lastStatus === 'STOPPED'),
  )
  const [they, have] = statuses.size === 1 ? ['it', 'has'] : ['they', 'have']
  return isStopped ? `${they} ${have} been stopped` : `${they} may still run`
}

function timedOut(end: TasksEnd, timeout: number, evidence: object): EcsTaskError {
  const { statuses } = end
  const [count, after] = [statuses.size, Math.round(timeout / 1000)]
  const who = count === 1 ? 'The one-off task had' : `The ${count} one-off tasks had`
  return new EcsTaskError('TimedOut', `${who} not ${count === 1 ? '' : 'all '}stopped after ${after} s.`, {
    why: `${count === 1 ? 'It was' : 'They were'} ${[...new Set(statuses.values())].join(', ')}; ${afterStopping(end)}.`,
    fix: 'Raise --timeout, or find out what it is waiting for.',
    evidence,
  })
}

function unseen(end: TasksEnd, { cluster }: { cluster: string }, evidence: object): EcsTaskError {
  const open = [...end.statuses].filter(([, status]) => status !== 'STOPPED').map(([taskArn]) => nameOf(taskArn))
  const [task, them] = open.length === 1 ? ['task', 'it'] : ['tasks', 'them']
  const they = end.statuses.size === 1 ? 'it' : 'they'
  return new EcsTaskError('TaskFailed', `AWS has not shown ${task} ${open.join(', ')} for two minutes.`, {
    why: `Whether ${they} ran, and how ${they} ended, is not known; ${afterStopping(end)}.`,
    fix: `Look for ${them} with: ${awsCommand('ecs describe-tasks', { cluster: nameOf(cluster), tasks: open })}`,
    evidence,
  })
}

function commandOf(run: TaskRun): string | undefined {
  const command = run.overrides?.containerOverrides?.find((override) => override.command)?.command
  return command && `\`${command.join(' ')}\``
}
