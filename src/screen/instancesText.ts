import type { GroupStatus, InstanceStatus, InstancesStatus } from '../instancesStatus.ts'
import { folded } from './folded.ts'
import { type Line, printed } from './line.ts'

/** What `instances status` prints: each group and its instances, folded at `columns`; ends in a line break. */
export function instancesText(
  { cluster, groups }: InstancesStatus,
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  const lines: Line[] =
    groups.length > 0
      ? groups.flatMap((group, index) => [...(index > 0 ? [[]] : []), ...groupLines(group, cluster)])
      : [[`No Auto Scaling group has an instance in cluster ${cluster}.`]]
  return lines
    .flatMap((line) => folded(line, columns))
    .map((line) => `${printed(line, { color })}\n`)
    .join('')
}

function groupLines(
  { group, starts, desired, minimum, maximum, instances, findings }: GroupStatus,
  cluster: string,
): Line[] {
  const old = instances.filter(({ outdated }) => outdated !== undefined).length
  return [
    [['bold', group], ` in ${cluster} wants ${desired} (${minimum} to ${maximum}) and starts ${starts}`],
    old > 0
      ? [['yellow', `${old} of ${instances.length} outdated`]]
      : [['green', 'every instance is as it would start them']],
    ...findings.map((finding): Line => [['yellow', `! ${finding}`]]),
    ...instances.map(instanceLine),
  ]
}

function instanceLine({ instance, type, zone, lifecycleState, status, tasks, outdated }: InstanceStatus): Line {
  const facts = [lifecycleState, type, zone, status ?? 'not in the cluster', tasks === 1 ? '1 task' : `${tasks} tasks`]
  const text = `  ${instance} ${facts.filter(Boolean).join(', ')}`
  return outdated === undefined ? [text] : [text, ['yellow', `: ${outdated}`]]
}
