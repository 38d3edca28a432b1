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
  const why = [...new Set(instances.map(({ outdated }) => outdated))]
  const reasons = [...why.filter((reason) => reason !== undefined), ...why.filter((reason) => reason === undefined)]
  return [
    [['bold', group], ` in ${cluster} wants ${desired} (${minimum} to ${maximum}) and starts ${starts}`],
    ...findings.map((finding): Line => [['yellow', `! ${finding}`]]),
    ...reasons.flatMap((reason) => {
      const alike = instances.filter(({ outdated }) => outdated === reason)
      return [headingOf(reason, alike.length, instances.length), ...alike.map(instanceLine)]
    }),
  ]
}

/** What is to be said of several instances at once: `3 of 4 outdated: version 1 of launch template web instead of 2`. */
function headingOf(reason: string | undefined, count: number, all: number): Line {
  if (reason !== undefined) return [['yellow', `${count} of ${all} outdated: ${reason}`]]
  return [
    ['green', count === all ? 'every instance is as it would start them' : `${count} of ${all} as it would start them`],
  ]
}

function instanceLine({ instance, type, zone, lifecycleState, status, tasks }: InstanceStatus): Line {
  const facts = [lifecycleState, type, zone, status ?? 'not in the cluster', tasks === 1 ? '1 task' : `${tasks} tasks`]
  return [`  ${instance} ${facts.filter(Boolean).join(', ')}`]
}
