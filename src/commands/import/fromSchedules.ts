// Reads the schedules of EventBridge Scheduler that start the tasks of a family.
import type { Aws } from '../../aws/aws.ts'
import type { ScheduleUpdate } from '../../definition/definition.ts'
import { familyOf } from '../../deploy/revisions.ts'
import { referencesBySchedules } from '../../deploy/starters/scheduleReferences.ts'
import { readIfAllowed } from './readIfAllowed.ts'

/** What was found, and a sentence on what could not be read. */
interface FromSchedules {
  readonly schedules: readonly ScheduleUpdate[]
  readonly warnings: readonly string[]
}

/** A class need only name a schedule: what it does not declare stays as it is. */
export async function schedulesOf(aws: Aws, family: string): Promise<FromSchedules> {
  const { found, warnings } = await readIfAllowed('Schedules', 'scheduler:ListSchedules', async () => {
    const references = await referencesBySchedules(aws, undefined)
    return references.filter(({ revision }) => familyOf(revision) === family)
  })
  const schedules = found.map(({ key }): ScheduleUpdate => {
    const [GroupName = 'default', Name = ''] = key.split('/')
    return { Name, ...(GroupName !== 'default' && { GroupName }) }
  })
  return { schedules: schedules.toSorted((one, other) => (one.Name < other.Name ? -1 : 1)), warnings }
}
