/** The text that `tasks` prints. */
import type { TaskList, TaskStatus } from '../../deploy/look/taskList.ts'
import { shownRevision } from '../../ground/names.ts'
import { folded } from '../folded.ts'
import { type Line, type Span, type Style, printedLines } from '../line.ts'
import { elapsed } from '../phrases.ts'

/** A task a line under its service, folded at `columns`. Ends in a line break. */
export function tasksText(
  { tasks, unread, at }: TaskList,
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  const owners = [...new Set(tasks.map(({ of }) => of))]
  const lines: Line[] = [
    ...unread.map((sentence): Line => [['yellow', `! ${sentence}`]]),
    ...(tasks.length === 0 ? [['No tasks: none runs, and none has stopped within the last hour.']] : []),
    ...owners.flatMap((owner, index) => {
      const own = tasks.filter(({ of }) => of === owner)
      return [...(index > 0 ? [[]] : []), heading(owner, own), ...own.map((task) => taskLine(task, Date.parse(at)))]
    }),
  ]
  return printedLines(
    lines.flatMap((line) => folded(line, columns)),
    { color },
  )
}

function heading(owner: string, tasks: readonly TaskStatus[]): Line {
  const stopped = tasks.filter(isStopped).length
  const counts = [`${tasks.length - stopped} running or starting`, stopped > 0 && `${stopped} stopped`]
  return [['bold', owner], `: ${counts.filter(Boolean).join(', ')}`]
}

function isStopped({ lastStatus }: TaskStatus): boolean {
  return lastStatus === 'STOPPED'
}

/** `0123… RUNNING, HEALTHY, started 5 min 3 s ago, web:7 (v1.2.3), 10.0.0.5, i-0123`; of a stopped one also why. */
function taskLine(task: TaskStatus, now: number): Line {
  const { health, addresses, instance, desiredStatus, lastStatus } = task
  const isLeaving = desiredStatus === 'STOPPED' && !isStopped(task)
  const facts = isStopped(task)
    ? [shownRevision(task), instance]
    : [shownRevision(task), ...addresses, instance, isLeaving && 'ECS is stopping it']
  return [
    `  ${task.task} `,
    [styleOf(lastStatus), lastStatus],
    ...(health && !isStopped(task) ? [', ', [health === 'HEALTHY' ? 'green' : 'red', health] as Span] : []),
    `${ageOf(task, now)}, ${facts.filter(Boolean).join(', ')}`,
    ...(isStopped(task) || isLeaving ? whyStopped(task) : []),
  ]
}

function styleOf(lastStatus: string): Style {
  if (lastStatus === 'RUNNING') return 'green'
  return lastStatus === 'STOPPED' ? 'dim' : 'yellow'
}

/** ` 3 min 5 s ago after 12 s` of a stopped task, `, started 5 min 3 s ago` of one that runs. */
function ageOf({ createdAt, startedAt, stoppedAt, ...task }: TaskStatus, now: number): string {
  const since = (from: string, to = now): string => elapsed(to - Date.parse(from))
  if (stoppedAt !== undefined && isStopped({ createdAt, startedAt, stoppedAt, ...task } as TaskStatus)) {
    const ran = startedAt === undefined ? ', never started' : ` after ${since(startedAt, Date.parse(stoppedAt))}`
    return ` ${since(stoppedAt)} ago${ran}`
  }
  if (startedAt !== undefined) return `, started ${since(startedAt)} ago`
  return createdAt === undefined ? '' : `, created ${since(createdAt)} ago`
}

/** ECS's reason, and what its containers ended with where one says something. */
function whyStopped({ stopCode, stoppedReason, containers }: TaskStatus): Span[] {
  const reason = stoppedReason ?? stopCode
  const ends = containers.flatMap(({ name, exitCode, reason: own }) => {
    const code = exitCode === undefined ? '' : ` exited with ${exitCode}`
    if (code === '' && own === undefined) return []
    return `${name}${code}${own === undefined ? '' : `${code === '' ? ': ' : ' ('}${own}${code === '' ? '' : ')'}`}`
  })
  const parts = [reason, ends.length > 0 && ends.join(', ')].filter(Boolean)
  return parts.length === 0 ? [] : [': ', ['yellow', parts.join('; ')]]
}
