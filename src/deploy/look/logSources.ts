// Which tasks there are to read logs of, as they come and go.
import type { Aws } from '../../aws/aws.ts'
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { whyUnreadable } from '../../rollout/missingPermission.ts'
import { logStreamOf } from '../../rollout/logStream.ts'
import { type FoundTask, describeTasks, listTasks, ownerOf } from './findTasks.ts'
import { type LogSource, lateness } from './logReader.ts'
import type { Selection } from './selection.ts'
import { taskDefinitionReader } from './taskDefinitions.ts'

/** Milliseconds for which a task that has stopped is still read: its last lines come late. */
const afterStop = 2 * lateness

/** What a look at the tasks finds. */
export interface LogSources {
  readonly sources: readonly LogSource[]
  /** The containers of all tasks that were looked at, each once. */
  readonly containers: readonly string[]
  /** Why containers cannot be read, each reason once. */
  readonly notes: readonly string[]
}

interface Of {
  readonly selections: readonly Selection[]
  /** Those that have stopped by now instead of the others. */
  readonly previous: boolean
  /** Only containers of this name. */
  readonly container: string | undefined
  /** Hears of every task definition before its lines are told, as it may hold secrets. */
  readonly learned: (taskDefinition: TaskDefinition) => void
}

/**
 * Answers with a look at the tasks: the first finds those that run, or with `previous` those that have stopped; each later one
 * also those that are new by then, even where they have stopped already, and no longer those that stopped a while ago.
 */
export function sourcesOf(aws: Aws, of: Of): (now: number, signal?: AbortSignal) => Promise<LogSources> {
  const { selections, previous, container, learned } = of
  const describe = taskDefinitionReader(aws)
  const read = new Map<string, readonly LogSource[]>()
  const stoppedAt = new Map<string, number>()
  const ignored = new Set<string>()
  const names = new Set<string>()
  const notes = new Set<string>()
  let isFirst = true

  return async (now, signal) => {
    const listed = await listTasks(aws, selections, ['RUNNING', 'STOPPED'], signal)
    const open = [...listed].filter(([taskArn]) => !ignored.has(taskArn) && !stoppedAt.has(taskArn))
    const found = await describeTasks(aws, new Map(open), selections, signal)
    for (const one of found) {
      const { taskArn = '', lastStatus } = one.task
      const isStopped = lastStatus === 'STOPPED'
      if (isFirst && isStopped !== previous) ignored.add(taskArn)
      else {
        if (!read.has(taskArn)) read.set(taskArn, await sourcesOfTask(one, signal))
        if (isStopped) stoppedAt.set(taskArn, now)
      }
    }
    for (const taskArn of read.keys()) if (!listed.has(taskArn) && !stoppedAt.has(taskArn)) stoppedAt.set(taskArn, now)
    for (const [taskArn, at] of stoppedAt) if (now - at > afterStop) read.delete(taskArn)
    isFirst = false
    return { sources: [...read.values()].flat(), containers: [...names], notes: [...notes] }
  }

  async function sourcesOfTask({ task }: FoundTask, signal: AbortSignal | undefined): Promise<LogSource[]> {
    const { taskArn = '', taskDefinitionArn = '' } = task
    let taskDefinition: TaskDefinition
    try {
      taskDefinition = await describe(taskDefinitionArn, signal)
    } catch (error) {
      if (signal?.aborted) throw error
      notes.add(`the logs of ${ownerOf(task)} cannot be found: ${whyUnreadable(error, 'ecs:DescribeTaskDefinition')}`)
      return []
    }
    learned(taskDefinition)
    const declared = (taskDefinition.containerDefinitions ?? []).flatMap(({ name }) => name ?? [])
    for (const name of declared) names.add(name)
    return declared.flatMap((name) => {
      if (container !== undefined && name !== container) return []
      const stream = logStreamOf(taskDefinition, name, taskArn)
      if (!('note' in stream)) return { of: ownerOf(task), taskArn, container: name, ...stream }
      notes.add(stream.note)
      return []
    })
  }
}
