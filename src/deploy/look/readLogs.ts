// Reads what `logs` shows: the lines of tasks, once or as they come.
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { Clock } from '../../ground/clock.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type LogSources, sourcesOf } from './logSources.ts'
import { type LogLine, logReader } from './logReader.ts'
import { type Asked, selectionsOf, servicesOf } from './selection.ts'

/** Milliseconds between two looks. */
const interval = 3_000

/** Which lines. */
export interface LogsWanted {
  /** Whether to go on until the signal is aborted. */
  readonly follow: boolean
  /** How old lines may be, in milliseconds. */
  readonly since: number
  /** Only containers of this name. */
  readonly container: string | undefined
  /** Those of tasks that have stopped. */
  readonly previous: boolean
}

export interface LogsTold {
  /** The next line is read when it has resolved. */
  readonly line: (line: LogLine) => Promise<void>
  /** What cannot be read, and that there is nothing to read; each sentence once. */
  readonly note: (sentence: string) => void
  readonly learned: (taskDefinition: TaskDefinition) => void
}

/**
 * Tells the lines. With `follow` it never resolves: it rejects with the signal's reason. Throws `NotFound` where a service is
 * not there or no log can be read, and `BadArguments` where no task has the container.
 */
export async function readLogs(
  { aws, clock }: { readonly aws: Aws; readonly clock: Clock },
  asked: Asked,
  wanted: LogsWanted,
  told: LogsTold,
  signal?: AbortSignal,
): Promise<void> {
  const { follow, since, container, previous } = wanted
  const selections = selectionsOf(asked)
  await servicesOf(aws, selections)
  const sourcesNow = sourcesOf(aws, { selections, previous, container, learned: told.learned })
  // AWS takes no time before 1970.
  const look = logReader(aws, Math.max(0, clock.now() - since))
  const noted = new Set<string>()
  let isReadable = false
  function noteOnce(sentence: string): void {
    if (!noted.has(sentence)) told.note(sentence)
    noted.add(sentence)
  }

  for (;;) {
    const now = clock.now()
    const found = await sourcesNow(now, signal)
    isReadable ||= found.sources.length > 0
    if (!isReadable) checkReadable(found, container)
    for (const note of found.notes) noteOnce(`${note[0]?.toUpperCase()}${note.slice(1)}.`)
    if (found.containers.length === 0) noteOnce(nothing(previous, follow))
    let isSilent = true
    for await (const line of look(found.sources, now, signal)) {
      isSilent = false
      await told.line(line)
    }
    if (!follow) {
      if (isSilent && found.sources.length > 0)
        noteOnce('They logged nothing in that time. Go further back with --since 1h.')
      return
    }
    await clock.sleep(interval, signal)
  }
}

function nothing(previous: boolean, follow: boolean): string {
  if (previous) return 'No task has stopped within the last hour.'
  return follow ? 'No task runs yet.' : 'No task runs. See those that have stopped with --previous.'
}

/** Throws where there are tasks, and none of them has a log that can be read. */
function checkReadable({ containers, notes }: LogSources, container: string | undefined): void {
  if (container !== undefined && containers.length > 0 && !containers.includes(container)) {
    throw new EcsTaskError('BadArguments', `No task has a container ${container}.`, {
      fix: `Pass one of: ${containers.join(', ')}.`,
    })
  }
  if (notes.length > 0) throw new EcsTaskError('NotFound', 'No log can be read.', { problems: notes })
}
