/** The command that goes on where a refresh was cut off: it finishes what that has begun, or takes it back. */
import { ownCommand } from '../ground/command.ts'

/** `allowsMore`: as a refresh that may have one instance more than the maximum of its group. */
export function goOn(cluster: string, group: string, { allowsMore = false } = {}): string {
  const allowed = allowsMore && { 'allow-max-plus-one': true as const }
  return ownCommand('ecs-task', 'instances refresh', { cluster, asg: group, ...allowed })
}
