/** The log lines of tasks while they run. */
import { abortController } from '../ground/abortController.ts'
import type { OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import type { Task, TaskDefinition } from '@aws-sdk/client-ecs'
import { nameOf } from '../ground/names.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { logStreamOf, messageOf, tail } from './logStream.ts'
import { whyUnreadable } from './missingPermission.ts'

/** Lines of one task that are told; what floods a terminal tells nobody anything. */
const mostLines = 10_000
/** Milliseconds between two looks at the logs once the tasks have stopped. */
const interval = 3_000
/** Milliseconds that reading the rest may take once the tasks have stopped. */
const flushing = 30_000

/** The lines of all containers of the tasks of one step. It tells of them and never throws: no log may decide a run. */
interface TaskLogs {
  /** Begins to read what has come, unless the reading before has not ended yet; nobody has to wait for it. */
  read(tasks: readonly Task[]): Promise<unknown>
  /** Reads no more. */
  end(): void
  /** Once the tasks have stopped: resolves when a look at the logs has found nothing new. */
  flush(tasks: readonly Task[]): Promise<void>
}

interface Reader {
  readonly taskArn: string
  readonly container: string
  readonly read: ReturnType<typeof tail>
}

interface Received {
  readonly reader: Reader
  readonly event: OutputLogEvent
}

/**
 * `describe` answers with the revision that the tasks run; it is asked when the first container has started. `service` is the one
 * that they are of, `my_cluster/web`; one-off tasks are of none.
 */
export function taskLogs(
  of: { readonly step: string; readonly describe: () => Promise<TaskDefinition>; readonly service?: string },
  { aws, clock, emit }: Pick<StepContext, 'aws' | 'clock' | 'emit'>,
): TaskLogs {
  const { step, describe, service } = of
  const readers = new Map<string, Reader | 'none'>()
  const told = new Map<string, number>()
  const warned = new Set<string>()
  const tooLate = abortController()
  let reading: Promise<unknown> | undefined

  return {
    read(tasks) {
      reading ??= look(tasks).finally(() => (reading = undefined))
      return reading
    },
    end: () => tooLate.abort(),
    async flush(tasks) {
      const done = abortController()
      clock.sleep(flushing, done.signal).then(
        () => tooLate.abort(),
        () => {},
      )
      try {
        await reading
        while ((await look(tasks)) > 0) await clock.sleep(interval, tooLate.signal)
      } catch {
        // There is no more time for what may still come.
      } finally {
        done.abort()
      }
    },
  }

  /** Reads all streams side by side and tells their lines in the order of time; answers how many there were. */
  async function look(tasks: readonly Task[]): Promise<number> {
    const lists = await Promise.all((await readersOf(tasks)).map(linesOf))
    const received = lists.flat().toSorted((one, other) => (one.event.timestamp ?? 0) - (other.event.timestamp ?? 0))
    for (const one of received) tell(one)
    return received.length
  }

  async function readersOf(tasks: readonly Task[]): Promise<Reader[]> {
    const started = tasks.flatMap(({ taskArn = '', containers = [] }) =>
      // What is still to be started has no stream to ask for.
      containers
        .filter(({ lastStatus }) => lastStatus !== 'PENDING')
        .map(({ name = '' }) => ({ taskArn, container: name })),
    )
    for (const { taskArn, container } of started) {
      const key = `${taskArn} ${container}`
      if (readers.has(key)) continue
      try {
        const stream = logStreamOf(await describe(), container, taskArn)
        readers.set(key, 'note' in stream ? 'none' : { taskArn, container, read: tail(aws, stream) })
      } catch (error) {
        giveUp(key, whyUnreadable(error, 'ecs:DescribeTaskDefinition'))
      }
    }
    return [...readers.values()].filter((one) => one !== 'none')
  }

  async function linesOf(reader: Reader): Promise<Received[]> {
    const { taskArn, container } = reader
    try {
      return (await reader.read(tooLate.signal)).map((event) => ({ reader, event }))
    } catch (error) {
      // Without the permission the next call will be refused too; what else went wrong may be gone by then.
      if ((error as Error).name === 'AccessDeniedException') {
        giveUp(`${taskArn} ${container}`, whyUnreadable(error, 'logs:GetLogEvents'))
      }
      return []
    }
  }

  function tell({ reader: { taskArn, container }, event }: Received): void {
    const count = (told.get(taskArn) ?? 0) + 1
    told.set(taskArn, count)
    if (count > mostLines) {
      for (const [key, reader] of readers) if (reader !== 'none' && reader.taskArn === taskArn) readers.set(key, 'none')
      return warn(`Task ${nameOf(taskArn)} has logged more than ${mostLines} lines; the rest is not shown.`)
    }
    const loggedAt = new Date(event.timestamp ?? clock.now()).toISOString()
    const line = { step, taskArn, container, message: messageOf(event), loggedAt }
    emit({ type: 'log.received', ...line, ...(service !== undefined && { service }) })
  }

  function giveUp(key: string, why: string): void {
    readers.set(key, 'none')
    warn(`Logs of ${service ?? 'the one-off task'} cannot be shown: ${why}.`)
  }

  function warn(text: string): void {
    if (warned.has(text)) return
    warned.add(text)
    emit({ type: 'warning.raised', text })
  }
}
