/** A failure in lines: the problem, and the forensics that explain it. */
import type {
  ContainerLog,
  ContainerProgress,
  Forensics,
  Problem,
  StoppedTasks,
  UnhealthyTarget,
} from '../engine/events.ts'
import { nameOfTargetGroup } from '../ground/names.ts'
import { nameOf } from '../ground/names.ts'
import { type Line, unbroken } from './line.ts'
import { shortId } from './phrases.ts'
import { cut } from './width.ts'

/** How many of the targets that are in one state are named. */
const mostNamed = 3
/** How many columns of a logged line are shown; `--json` has all of it. */
const mostColumns = 500

/**
 * What happened, why, every finding and what to do, a line each; a bug's stack at the end. `where` names what failed.
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

/**
 * What was missing, why tasks stopped, which targets are not healthy, the last log lines, and the next command. What the
 * problem itself says is not repeated.
 */
export function forensicsLines(
  { unmet, stoppedTasks, targets, logs, next }: Forensics,
  { what, why = '' }: Problem,
): Line[] {
  const said = ` ${what} ${why}`.toLowerCase()
  return [
    ...unmet.filter((one) => !said.includes(` ${one.toLowerCase()}`)).map((one): Line => [['yellow', '  - '], one]),
    ...stoppedTasks.flatMap(stoppedLines),
    ...grouped(targets).flatMap(targetLines),
    ...logs.flatMap(logLines),
    ...(next === undefined ? [] : [[unbroken('  Next: '), ['cyan', unbroken(next)]] satisfies Line]),
  ]
}

/** The lines of a logged message, each without its line break. */
export function messageLines(message: string): string[] {
  return message.trimEnd().split(/\r?\n/)
}

function stoppedLines({ count, stoppedReason, containers, taskArns }: StoppedTasks): Line[] {
  const more = taskArns.length > 1 ? ` and ${taskArns.length - 1} more` : ''
  return [
    [['yellow', `  ${count === 1 ? 'A task' : `${count} tasks`} stopped: ${stoppedReason}`]],
    ...containers.flatMap(endOf).map((end): Line => [`    ${end}`]),
    ...(taskArns[0] ? [[['dim', `    task ${nameOf(taskArns[0])}${more}`]] satisfies Line] : []),
  ]
}

interface Alike extends UnhealthyTarget {
  readonly targets: string[]
}

function grouped(targets: readonly UnhealthyTarget[]): Alike[] {
  const groups = new Map<string, Alike>()
  for (const target of targets) {
    const key = JSON.stringify([target.targetGroupArn, target.state, target.reason, target.description])
    const group = groups.get(key) ?? { ...target, targets: [] }
    group.targets.push(target.target)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** `2 targets of my-targets are unhealthy: Health checks failed with these codes: [503] (Target.ResponseCodeMismatch)`. */
function targetLines({ targetGroupArn, targets, state, reason, description }: Alike): Line[] {
  const group = nameOfTargetGroup(targetGroupArn)
  const subject = targets.length === 1 ? `A target of ${group} is` : `${targets.length} targets of ${group} are`
  const because = [description, description && reason ? `(${reason})` : reason].filter(Boolean).join(' ')
  const more = targets.length > mostNamed ? `, and ${targets.length - mostNamed} more` : ''
  return [
    [['yellow', `  ${subject} ${state}${because && `: ${because}`}`]],
    [['dim', `    ${targets.slice(0, mostNamed).join(', ')}${more}`]],
  ]
}

function logLines({ container, taskArn, lines, note }: ContainerLog): Line[] {
  const id = shortId(taskArn)
  const of = `${container} (${id === nameOf(taskArn) ? id : `${id}…`})`
  return [
    ...(lines.length > 0 ? [[`  ${of} last log lines:`] satisfies Line] : []),
    ...lines.flatMap(messageLines).map((line): Line => [['dim', unbroken('    | ')], unbroken(shortened(line))]),
    ...(note === undefined ? [] : [[`  No ${lines.length > 0 ? 'more ' : ''}log of ${of}: ${note}`] satisfies Line]),
  ]
}

function shortened(line: string): string {
  const kept = cut(line, mostColumns)
  return kept === line ? line : `${kept}…`
}
