/** A stack with a task on a schedule, deployed. */
import { type Keys, fileOf, nightly } from '../stacks.ts'
import { type Stage, worldOf } from '../support.ts'

export { type Stage, denying, operations } from '../support.ts'

export const file = fileOf({ nightly })
export const world = await worldOf(file)
export const group = 'ecs-task-my-cluster'

export const withKeys = (keys: Keys): string => fileOf({ nightly: { ...nightly, ...keys } })
const { schedule: _when, schedule_timezone: _where, schedule_role_arn: _who, ...rest } = nightly
/** The task without its schedule. */
export const once = fileOf({ nightly: rest })

export const schedules = (stage: Stage): string[] => Object.keys(stage.region().schedules)
export const scheduleOf = (stage: Stage) => stage.region().schedules[`${group}/nightly`]!.schedule
export const tasks = (stage: Stage): number => Object.keys(stage.region().tasks).length

/** Sets members of the schedule as somebody would by hand. */
export function setByHand(stage: Stage, members: object, target: object = {}): void {
  const { Arn, CreationDate, LastModificationDate, ...one } = scheduleOf(stage)
  const Target = { ...one.Target, ...target }
  stage.call('scheduler', 'UpdateSchedule', { ...one, Target, ...members })
}
