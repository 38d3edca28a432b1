/** Whether a stopped one-off task has failed, and how. */
import type { Container, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import { awsCommand, quoted } from '../ground/command.ts'
import type { Aws } from '../aws/aws.ts'
import type { Forensics } from '../engine/events.ts'
import { forensicsOfTasks } from './forensics.ts'
import { logStreamOf } from './logStream.ts'

/** The container that made a task fail, and how, in words. */
interface TaskFailure {
  readonly taskArn: string
  readonly container: string
  /** `container web exited with 3`. */
  readonly text: string
}

/** The codes of a container that was stopped because another one of its task had stopped: SIGKILL and SIGTERM. */
const stopped: readonly (number | undefined)[] = [137, 143]

/**
 * Why a stopped task is no success: an essential container without an exit code, or with one other than 0. Containers
 * that are not essential do not count. Where several failed, the one that was not merely stopped on account of another.
 */
export function failureOf(task: Task, essential: readonly string[]): TaskFailure | undefined {
  const failures = essential.flatMap((name) => {
    const container = task.containers?.find((one) => one.name === name)
    return container?.exitCode === 0 ? [] : { name, container }
  })
  const culprit = failures.find(({ container }) => isCause(container)) ?? failures[0]
  if (!culprit) return undefined
  const { name, container } = culprit
  const { exitCode, reason } = container ?? {}
  const text =
    exitCode === undefined
      ? `container ${name} has no exit code (${reason ?? task.stoppedReason ?? 'it never started'})`
      : `container ${name} exited with ${exitCode}${reason ? ` (${reason})` : ''}`
  return { taskArn: task.taskArn ?? '', container: name, text }
}

function isCause(container: Container | undefined): boolean {
  if (container?.reason !== undefined) return true
  return container?.exitCode !== undefined && !stopped.includes(container.exitCode)
}

/** Why the tasks stopped, in ECS's words, each reason once; with the code where it is not just the end of a container. */
export function stopReasons(tasks: readonly Task[]): string | undefined {
  const reasons = tasks.flatMap(({ stopCode, stoppedReason }) => {
    if (!stopCode || stopCode === 'EssentialContainerExited') return stoppedReason ?? []
    return stoppedReason?.includes(stopCode) ? stoppedReason : [stopCode, stoppedReason].filter(Boolean).join(': ')
  })
  return [...new Set(reasons)].join(', ') || undefined
}

/** What is known of the tasks that failed, of the `count` that there were. Never throws. */
export async function taskForensics(
  aws: Aws,
  of: {
    readonly tasks: readonly Task[]
    readonly failures: readonly TaskFailure[]
    readonly describe: () => Promise<TaskDefinition>
    readonly count: number
  },
): Promise<Forensics> {
  const { tasks, failures, describe, count } = of
  const failed = tasks.filter(
    ({ taskArn, lastStatus }) => lastStatus === 'STOPPED' && failures.some((failure) => failure.taskArn === taskArn),
  )
  const texts = failures.map(({ text }) => text)
  const next = await describe().then(
    (taskDefinition) => failures.flatMap((failure) => tailCommand(taskDefinition, failure) ?? [])[0],
    () => undefined,
  )
  return forensicsOfTasks(aws, { tasks: failed, unmet: inCommon(texts, count), ...(next !== undefined && { next }) })
}

/** What several tasks have in common is said once. */
function inCommon(texts: readonly string[], count: number): string[] {
  return [...new Set(texts)].map((text) => {
    const alike = texts.filter((one) => one === text).length
    return count > 1 ? `${text} (${alike} of ${count} tasks)` : text
  })
}

/** The AWS CLI's command that shows all lines of a container, where it logs to CloudWatch Logs. */
function tailCommand(taskDefinition: TaskDefinition, { container, taskArn }: TaskFailure): string | undefined {
  const stream = logStreamOf(taskDefinition, container, taskArn)
  if ('note' in stream) return undefined
  return awsCommand(`logs tail ${quoted(stream.logGroupName)}`, {
    'log-stream-names': stream.logStreamName,
    since: '1h',
  })
}
