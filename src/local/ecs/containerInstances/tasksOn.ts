// The tasks on a container instance.
import type { ContainerInstanceRecord, Region, TaskRecord } from '../../world/world.ts'

/** The tasks that are on a container instance and take something of it: all that are not STOPPED. */
export const tasksOn = (region: Region, containerInstanceArn: string): TaskRecord[] =>
  Object.values(region.tasks).filter(
    ({ task }) => task.containerInstanceArn === containerInstanceArn && task.lastStatus !== 'STOPPED',
  )

/** A container instance with the tasks that are on it. */
export interface Occupied {
  readonly record: ContainerInstanceRecord
  readonly tasks: readonly TaskRecord[]
}

/** The same for several at once, so that many tasks are gone through but once. */
export function occupied(region: Region, records: readonly ContainerInstanceRecord[]): Occupied[] {
  const byArn = new Map<string, TaskRecord[]>(
    records.map(({ containerInstance }) => [containerInstance.containerInstanceArn, []]),
  )
  for (const record of Object.values(region.tasks)) {
    if (record.task.lastStatus !== 'STOPPED') byArn.get(record.task.containerInstanceArn)?.push(record)
  }
  return records.map((record) => ({ record, tasks: byArn.get(record.containerInstance.containerInstanceArn)! }))
}

/** Whether a task is on a container instance that is being drained. */
export const isDraining = ({ containerInstances }: Region, { task }: TaskRecord): boolean =>
  containerInstances[task.containerInstanceArn]?.containerInstance.status === 'DRAINING'
