// What EventBridge Scheduler would refuse of a schedule, known without asking it.
import { isPlain } from '../../ground/shown.ts'
import { type Draft, type Found, select, strings } from '../select.ts'

/** Rules for definitions, as those in `rules.ts`, about schedules. */
export const scheduleRules: readonly ((draft: Draft) => string[])[] = [
  schedulesAreNamed,
  schedulesAreUnique,
  schedulesStartTasks,
  countsAreOneToTen,
  expressionsAreExpressions,
  datesAreInOrder,
  windowsAreWhole,
]

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html */
function schedulesAreNamed(draft: Draft): string[] {
  return ['schedules/*/Name', 'schedules/*/GroupName']
    .flatMap((pattern) => strings(draft, pattern))
    .filter(({ value }) => !/^[\w.-]{1,64}$/.test(value))
    .map(({ path }) => `${path}: must be 1 to 64 letters, digits, hyphens, underscores and periods`)
}

function schedulesAreUnique(draft: Draft): string[] {
  const first = new Map<string, string>()
  return select(draft, 'schedules/*').flatMap(({ path, value }) => {
    const name = strings(value, 'Name', path)[0]
    if (!name) return []
    const key = `${strings(value, 'GroupName')[0]?.value ?? 'default'}/${name.value}`
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, name.path)
    return earlier === undefined ? [] : [`${name.path}: is the same schedule as ${earlier}`]
  })
}

/** A deploy points the tasks of a schedule at a revision. */
function schedulesStartTasks(draft: Draft): string[] {
  return strings(draft, 'schedules/*/Target/Arn')
    .filter(({ value }) => !/^arn:[\w-]+:ecs:[^:]*:\d*:cluster\//.test(value))
    .map(({ path }) => `${path}: must be the ARN of an ECS cluster, in which the schedule starts its tasks`)
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html */
function countsAreOneToTen(draft: Draft): string[] {
  return select(draft, 'schedules/*/Target/EcsParameters/TaskCount')
    .filter(({ value }) => typeof value === 'number' && Number.isInteger(value) && (value < 1 || value > 10))
    .map(({ path, value }) => `${path}: must be a whole number from 1 to 10, not ${String(value)}`)
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
function expressionsAreExpressions(draft: Draft): string[] {
  return strings(draft, 'schedules/*/ScheduleExpression')
    .filter(({ value }) => !/^(?:rate|cron|at)\(.+\)$/.test(value))
    .map(
      ({ path, value }) =>
        `${path}: must be rate(…), cron(…) or at(…), as in rate(1 day), not ${JSON.stringify(value)}`,
    )
}

function datesAreInOrder(draft: Draft): string[] {
  return select(draft, 'schedules/*').flatMap(({ path, value }) => {
    const { StartDate: start, EndDate: end } = isPlain(value) ? value : {}
    const isReversed = start instanceof Date && end instanceof Date && start.getTime() >= end.getTime()
    return isReversed ? [`${path}/EndDate: must be after the StartDate`] : []
  })
}

function windowsAreWhole(draft: Draft): string[] {
  return select(draft, 'schedules/*/FlexibleTimeWindow').flatMap(({ path, value }: Found) => {
    const { Mode, MaximumWindowInMinutes: minutes } = isPlain(value) ? value : {}
    if (Mode === 'FLEXIBLE' && minutes === undefined) {
      return [`${path}/MaximumWindowInMinutes: is missing; a FLEXIBLE window has from 1 to 1440 minutes`]
    }
    return Mode === 'OFF' && minutes !== undefined ? [`${path}/MaximumWindowInMinutes: needs the Mode FLEXIBLE`] : []
  })
}
