/** A schedule of EventBridge Scheduler as UpdateSchedule takes it, which resets every member that it is not given. */
import type { GetScheduleCommandOutput, UpdateScheduleCommandInput } from '@aws-sdk/client-scheduler'
import type { ScheduleUpdate } from '../../definition/definition.ts'
import { defined } from '../../ground/defined.ts'
import { isPlain } from '../../ground/shown.ts'
import { over, shallow } from './targets.ts'

/** All of a schedule that UpdateSchedule takes. */
export type Schedule = Omit<UpdateScheduleCommandInput, 'ClientToken'>

/**
 * The schedule that GetSchedule has answered, without what UpdateSchedule has no member for. Members that this version does not
 * know are in it, too.
 */
export function scheduleIn(answer: GetScheduleCommandOutput): Schedule {
  const { $metadata, Arn, CreationDate, LastModificationDate, ...all } = answer
  const { Name, ScheduleExpression, Target, FlexibleTimeWindow, ...others } = all
  return { Name, ScheduleExpression, Target, FlexibleTimeWindow, ...defined(others) }
}

/** The schedule with what is declared of it; what is not declared stays, inside of `EcsParameters` however deep. */
export function mergedSchedule({ Target: declared, ...update }: ScheduleUpdate, live: Schedule): Schedule {
  const members = shallow(live, update) as Schedule
  if (!declared || !live.Target) return members
  const EcsParameters = over(live.Target.EcsParameters, declared.EcsParameters)
  const Target: unknown = { ...shallow(live.Target, declared), ...(isPlain(EcsParameters) && { EcsParameters }) }
  return { ...members, Target: Target as Schedule['Target'] }
}

/** The names on the way to a member: `['Target', 'EcsParameters', 'TaskCount']`. */
export type Path = readonly string[]

/** Below these a member is compared and set by itself; whatever else has members is one value. */
const opened = new Set(['', 'Target', 'EcsParameters', 'NetworkConfiguration', 'awsvpcConfiguration'])

/** The members in which two schedules differ. */
export function differingMembers(one: unknown, other: unknown, path: Path = []): Path[] {
  if (isPlain(one) && isPlain(other) && opened.has(path.at(-1) ?? '')) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
    return names.flatMap((name) => differingMembers(one[name], other[name], [...path, name]))
  }
  return isSame(one, other) ? [] : [path]
}

/** The schedule with these members as they are in the other; one that the other does not have is left out. */
export function withMembers(schedule: Schedule, from: Schedule, paths: readonly Path[]): Schedule {
  return paths.reduce<unknown>((whole, path) => withMember(whole, from, path), schedule) as Schedule
}

function withMember(whole: unknown, from: unknown, [name, ...rest]: Path): unknown {
  if (name === undefined) return from
  const [members, given] = [isPlain(whole) ? whole : {}, isPlain(from) ? from : {}]
  const member = withMember(members[name], given[name], rest)
  const { [name]: _, ...others } = members
  return member === undefined ? others : { ...others, [name]: member }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime()
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => isSame(element, other[index]))
  }
  if (!isPlain(one) || !isPlain(other)) return one === other
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return names.every((name) => isSame(one[name], other[name]))
}
