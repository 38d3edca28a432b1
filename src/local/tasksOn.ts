import type { Region, TaskRecord } from './world.ts'

/** The tasks that are on a container instance and take something of it: all that are not STOPPED. */
export const tasksOn = (region: Region, containerInstanceArn: string): TaskRecord[] =>
  Object.values(region.tasks).filter(
    ({ task }) => task.containerInstanceArn === containerInstanceArn && task.lastStatus !== 'STOPPED',
  )

/** Whether a task is on a container instance that is being drained. */
export const isDraining = ({ containerInstances }: Region, { task }: TaskRecord): boolean =>
  containerInstances[task.containerInstanceArn]?.containerInstance.status === 'DRAINING'
