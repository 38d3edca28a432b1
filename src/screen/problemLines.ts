import type { ContainerProgress, Problem, StoppedTasks } from '../events.ts'
import type { Line } from './line.ts'
import { nameOf } from '../names.ts'

/** How many of the tasks that stopped for one reason are named. */
const mostNamed = 3

/**
 * A problem for people: what, why and what to do, a line each; then every finding, a line each; a bug's stack at the end.
 * `where` is what it happened to.
 */
export function problemLines({ what, why, fix, problems = [], stack }: Problem, where = ''): Line[] {
  return [
    [['red', '✗ '], where && `${where}: `, ['bold', what]],
    ...(why ? [[`  ${why}`]] : []),
    ...(fix ? [[['cyan', `  → ${fix}`] as const]] : []),
    ...problems.map((problem) => [`  ${problem}`]),
    ...(stack ?? '').split('\n').flatMap((line) => (line === '' ? [] : [[['dim', `  ${line.trim()}`] as const]])),
  ]
}

/** `2 tasks stopped: Essential container in task exited (web exited with 1; 0f3a9, 77b21)`, a line for each reason. */
export function stoppedTasksLines(groups: readonly StoppedTasks[]): Line[] {
  return groups.map(({ count, stoppedReason, containers, taskArns }) => {
    const names = taskArns.slice(0, mostNamed).map(nameOf)
    const more = taskArns.length > mostNamed ? `, and ${taskArns.length - mostNamed} more` : ''
    const details = [...containers.flatMap(endOf), `${names.join(', ')}${more}`].filter(Boolean)
    return [
      ['yellow', `  ${count === 1 ? 'A task' : `${count} tasks`} stopped: ${stoppedReason}`],
      ['dim', ` (${details.join('; ')})`],
    ]
  })
}

/** How a container ended: its exit code, its reason, or both; nothing while it runs. */
export function endOf({ name, exitCode, reason }: ContainerProgress): string[] {
  if (exitCode === undefined) return reason ? [`${name}: ${reason}`] : []
  return [`${name} exited with ${exitCode}${reason ? `, ${reason}` : ''}`]
}
