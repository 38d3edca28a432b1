/** The containers whose logs are likely to tell why a task failed. */
import type { Container, ContainerDefinition, Task } from '@aws-sdk/client-ecs'
import { groupStoppedTasks } from './stoppedTasks.ts'

/** A container whose log is likely to tell why its task failed. */
export interface Suspect {
  readonly task: Task
  readonly container: string
}

/**
 * Of each group of tasks that ended alike one container, for the groups in order, at most `most`: the one whose end is
 * likely to have brought down the others. `definitionsOf` answers with the container definitions of a task, if known.
 */
export function suspectsAmong(
  tasks: readonly Task[],
  most: number,
  definitionsOf: (task: Task) => readonly ContainerDefinition[],
): Suspect[] {
  return groupStoppedTasks(tasks)
    .slice(0, most)
    .flatMap(({ taskArns }) => {
      const task = tasks.find(({ taskArn }) => taskArn === taskArns[0])
      const container = task && suspectOf(task, definitionsOf(task))
      return task && container !== undefined ? [{ task, container }] : []
    })
}

interface Seen {
  readonly container: Container
  readonly task: Task
  readonly essential: boolean
}

/** What gives a container away, most telling first. */
const signs: readonly ((seen: Seen) => boolean)[] = [
  ({ container }) => container.healthStatus === 'UNHEALTHY',
  (seen) => seen.essential && endedBadly(seen),
  ({ container }) => container.exitCode === undefined && container.reason !== undefined,
  ({ container, task, essential }) =>
    essential && container.exitCode === 0 && task.stopCode === 'EssentialContainerExited',
  endedBadly,
  ({ container, essential }) => essential && container.exitCode !== 0,
]

function suspectOf(task: Task, definitions: readonly ContainerDefinition[]): string | undefined {
  const rankOf = (container: Container): number => {
    const definition = definitions.find(({ name }) => name === container.name)
    const sign = signs.findIndex((shows) => shows({ container, task, essential: definition?.essential !== false }))
    return sign < 0 ? signs.length : sign
  }
  return (task.containers ?? []).toSorted((one, other) => rankOf(one) - rankOf(other))[0]?.name
}

/** Once one container has brought its task down, ECS ends the others by SIGTERM (143) or, later, SIGKILL (137). */
function endedBadly({ container: { exitCode, reason } }: Seen): boolean {
  if (exitCode === undefined || exitCode === 0) return false
  return reason !== undefined || (exitCode !== 137 && exitCode !== 143)
}
