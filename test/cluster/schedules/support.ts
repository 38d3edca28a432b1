/** A stack with a task on a schedule, deployed. */
import { type Keys, fileOf, nightly } from '../stacks.ts'
import { clusterStage, worldOf } from '../support.ts'

export type Stage = ReturnType<typeof clusterStage>

export const file = fileOf({ nightly })
export const world = await worldOf(file)
export const group = 'ecs-task-my-cluster'

export const withKeys = (keys: Keys): string => fileOf({ nightly: { ...nightly, ...keys } })
const { schedule: _when, schedule_timezone: _where, schedule_role_arn: _who, ...rest } = nightly
/** The task without its schedule. */
export const once = fileOf({ nightly: rest })

export const operations = (writes: readonly { operation: string }[]) => writes.map(({ operation }) => operation)
export const schedules = (stage: Stage): string[] => Object.keys(stage.region().schedules)
export const scheduleOf = (stage: Stage) => stage.region().schedules[`${group}/nightly`]!.schedule
export const tasks = (stage: Stage): number => Object.keys(stage.region().tasks).length

/** Sets members of the schedule as somebody would by hand. */
export function setByHand(stage: Stage, members: object, target: object = {}): void {
  const { Arn, CreationDate, LastModificationDate, ...one } = scheduleOf(stage)
  const Target = { ...one.Target, ...target }
  stage.call('scheduler', 'UpdateSchedule', { ...one, Target, ...members })
}

/** AWS that denies a call. */
export function denying(stage: Stage, ...denied: string[]): Stage['transport'] {
  return async (method, input, signal) => {
    if (!denied.includes(method)) return stage.transport(method, input, signal)
    const error = new Error(`User is not authorized to perform: ${method}`)
    throw Object.assign(error, {
      name: 'AccessDeniedException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    })
  }
}
