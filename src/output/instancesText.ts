/** The text that `instances status` prints. */
import type { GroupStatus, InstanceStatus, InstancesStatus } from '../instances/status.ts'
import { folded } from './folded.ts'
import { type Line, printedLines } from './line.ts'

/** Each group and its instances, folded at `columns`. Ends in a line break. */
export function instancesText(
  { cluster, groups }: InstancesStatus,
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  const lines: Line[] =
    groups.length > 0
      ? groups.flatMap((group, index) => [...(index > 0 ? [[]] : []), ...groupLines(group, cluster)])
      : [[`No Auto Scaling group has an instance in cluster ${cluster}.`]]
  return printedLines(
    lines.flatMap((line) => folded(line, columns)),
    { color },
  )
}

function groupLines(
  { group, starts, desired, minimum, maximum, instances, findings }: GroupStatus,
  cluster: string,
): Line[] {
  const all = instances.length
  const leaving = instances.filter(isLeaving)
  const current = instances.filter((one) => one.outdated === undefined && !isLeaving(one))
  const reasons = [...new Set(instances.flatMap(({ outdated }) => outdated ?? []))]
  return [
    [['bold', group], ` in ${cluster} wants ${desired} (${minimum} to ${maximum}) and starts ${starts}`],
    ...findings.map((finding): Line => [['yellow', `! ${finding}`]]),
    ...reasons.flatMap((reason) => {
      const alike = instances.filter(({ outdated }) => outdated === reason)
      return section(alike, ['yellow', `${alike.length} of ${all} outdated: ${reason}`])
    }),
    ...section(current, [
      'green',
      current.length === all ? 'all up to date' : `${current.length} of ${all} up to date`,
    ]),
    ...section(leaving, ['dim', `${leaving.length} of ${all} leaving`]),
  ]
}

function isLeaving({ lifecycleState }: InstanceStatus): boolean {
  return lifecycleState.startsWith('Terminat')
}

/** Instances in the same condition under one heading; nothing where there are none. */
function section(instances: readonly InstanceStatus[], heading: Line[number]): Line[] {
  return instances.length === 0 ? [] : [[heading], ...instances.map(instanceLine)]
}

function instanceLine({ instance, type, zone, lifecycleState, status, tasks }: InstanceStatus): Line {
  const facts = [lifecycleState, type, zone, status ?? 'not in the cluster', tasks === 1 ? '1 task' : `${tasks} tasks`]
  return [`  ${instance} ${facts.filter(Boolean).join(', ')}`]
}
