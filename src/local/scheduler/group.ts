// The groups of schedules: `default`, which is always there, and those that somebody made.
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import type { Region, ScheduleGroupRecord } from '../world/world.ts'

/** The group of that name; throws ResourceNotFoundException. */
export function findGroup(region: Region, name: string): ScheduleGroupRecord {
  const found = groupsOf(region).find((group) => group.Name === name)
  if (!found) throw new AwsFault('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404)
  return found
}

/** Refuses a group that is not there. */
export function checkGroup(region: Region, name = 'default'): void {
  if (name !== 'default' && !own(region.scheduleGroups, name)) findGroup(region, name)
}

/** All groups of a region by name. */
export function groupsOf(region: Region): ScheduleGroupRecord[] {
  const groups = [...Object.values(region.scheduleGroups), groupOf(region, 'default', 0)]
  return groups.toSorted((one, other) => (one.Name < other.Name ? -1 : 1))
}

export function groupOf(region: Region, Name: string, now: number): ScheduleGroupRecord {
  const Arn = `arn:aws:scheduler:${region.name}:${region.account}:schedule-group/${Name}`
  return { Arn, Name, CreationDate: now / 1000, LastModificationDate: now / 1000 }
}

/** The group that a tag operation names by its ARN; schedules themselves have no tags. */
export function groupOfArn(region: Region, arn: string): ScheduleGroupRecord {
  const found = groupsOf(region).find((each) => each.Arn === arn)
  if (found) return found
  if (!/^arn:aws(?:-[a-z]+)?:scheduler:[a-z0-9-]+:\d{12}:schedule-group\/[0-9a-zA-Z-_.]+$/.test(arn)) {
    throw new AwsFault('ValidationException', `Invalid Resource ARN: ${arn}`)
  }
  throw new AwsFault(
    'ResourceNotFoundException',
    `Schedule group ${arn.slice(arn.indexOf('/') + 1)} does not exist.`,
    404,
  )
}
