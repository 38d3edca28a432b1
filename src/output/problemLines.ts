import type { ContainerProgress, Problem } from '../engine/events.ts'
import type { Line } from './line.ts'

/**
 * A problem for people: what, why, every finding and what to do, a line each; a bug's stack at the end.
 * `where` is what it happened to.
 */
export function problemLines({ what, why, fix, problems = [], stack }: Problem, where = ''): Line[] {
  return [
    [['red', '✗ '], where && `${where}: `, ['bold', what]],
    ...(why ? [[`  ${why}`]] : []),
    ...problems.map((problem) => [`  ${problem}`]),
    ...(fix ? [[['cyan', `  → ${fix}`] as const]] : []),
    ...(stack ?? '').split('\n').flatMap((line) => (line === '' ? [] : [[['dim', `  ${line.trim()}`] as const]])),
  ]
}

/** How a container ended: its exit code, its reason, or both; nothing while it runs. */
export function endOf({ name, exitCode, reason }: ContainerProgress): string[] {
  if (exitCode === undefined) return reason ? [`${name}: ${reason}`] : []
  return [`${name} exited with ${exitCode}${reason ? `, ${reason}` : ''}`]
}
