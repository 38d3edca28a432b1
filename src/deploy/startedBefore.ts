/** Looks for the one-off tasks that an earlier run has started of the same revision, so that none runs twice. */
import type { Task } from '@aws-sdk/client-ecs'
import type { Input } from '../aws/aws.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { nameOf } from '../ground/names.ts'
import { failureOf } from '../rollout/taskFailure.ts'
import { familyOf } from './revisions.ts'

/** The tasks of one earlier call. */
interface StartedBefore {
  readonly tasks: [Task, ...Task[]]
  /** Whether all have stopped, each with success; else some go on. */
  readonly haveEnded: boolean
}

/**
 * The tasks of an earlier call with this input: those that go on, else those that have all succeeded. Each call has its
 * own word behind the `startedBy` of the input and a slash. Where none is shown a warning says what that leaves open, since
 * ECS shows a stopped task for an hour only: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
 */
export async function startedBefore(
  { cluster, taskDefinition = '', startedBy: by, count = 1 }: Input<'runTask'>,
  { essential }: { readonly essential: readonly string[] },
  { aws, signal, emit }: StepContext,
): Promise<StartedBefore | undefined> {
  const family = familyOf(taskDefinition)
  const statuses = ['RUNNING', 'STOPPED'] as const
  const lists = await Promise.all(
    statuses.map((desiredStatus) => aws.all('listTasks', { cluster, family, desiredStatus }, signal)),
  )
  const listed = [...new Set(lists.flatMap(({ taskArns = [] }) => taskArns))]
  const { tasks = [] } = listed.length === 0 ? {} : await aws.all('describeTasks', { cluster, tasks: listed }, signal)
  const ours = tasks.filter(
    ({ taskDefinitionArn, startedBy }) => taskDefinitionArn === taskDefinition && startedBy?.startsWith(`${by}/`),
  )
  if (ours.length === 0) {
    const text = `Whether a task of ${nameOf(taskDefinition)} ran before is unknown: ECS shows none, but forgets stopped tasks after an hour. Running it now.`
    emit({ type: 'warning.raised', text })
  }
  const calls = [...new Set(ours.map(({ startedBy }) => startedBy))]
    .map((startedBy) => ours.filter((task) => task.startedBy === startedBy))
    .filter((started): started is [Task, ...Task[]] => started.length === count)
  const goesOn = calls.find((started) => started.some(({ lastStatus }) => lastStatus !== 'STOPPED'))
  if (goesOn) return { tasks: goesOn, haveEnded: false }
  const succeeded = calls.find((started) => started.every((task) => !failureOf(task, essential)))
  return succeeded && { tasks: succeeded, haveEnded: true }
}
