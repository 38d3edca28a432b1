// Makes schedules of EventBridge Scheduler that start a task once a day, and their groups.
import { findTaskDefinition } from '../ecs/find.ts'
import { registerRevision } from '../ecs/taskDefinitions/taskDefinition.ts'
import { createSchedule } from '../scheduler/operations/createSchedule.ts'
import { groupOf } from '../scheduler/group.ts'
import { scheduleKey } from '../scheduler/schedule.ts'
import { nameOf } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Unchecked } from '../world/operation.ts'
import { own } from '../world/own.ts'

/** `taskDefinition` is a RegisterTaskDefinition input, for the first revision of a family that has no ACTIVE one. */
export interface ProvisionedSchedule {
  readonly name: string
  readonly groupName?: string
  readonly cluster?: string
  readonly taskDefinition: Unchecked
}

/** Makes those that are not there, and answers what it made. */
export function provisionSchedules(context: Context, schedules: readonly ProvisionedSchedule[]): string[] {
  return schedules.flatMap((schedule) => madeSchedule(context, schedule))
}

function madeSchedule(
  context: Context,
  { name, groupName = 'default', cluster = 'default', taskDefinition: input }: ProvisionedSchedule,
): string[] {
  const { region, now } = context
  const key = scheduleKey(name, groupName)
  if (own(region.schedules, key)) return []
  const family: unknown = input?.family
  if (typeof family !== 'string') {
    throw new AwsFault('ValidationException', `The schedule ${name} needs a task definition with a family.`)
  }
  const existing = findTaskDefinition(region, family)
  const { taskDefinition } = existing ?? registerRevision(context, { ...input, family })
  if (groupName !== 'default') region.scheduleGroups[groupName] ??= groupOf(region, groupName, now)
  createSchedule(
    {
      Name: name,
      GroupName: groupName,
      ScheduleExpression: 'rate(1 day)',
      // In a day, not at once: whoever deploys next should not find a task of the first revision.
      StartDate: now / 1000 + 86_400,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `arn:aws:ecs:${region.name}:${region.account}:cluster/${nameOf(cluster)}`,
        RoleArn: `arn:aws:iam::${region.account}:role/scheduler`,
        EcsParameters: { TaskDefinitionArn: taskDefinition.taskDefinitionArn ?? '' },
      },
    },
    context,
  )
  return [...(existing ? [] : [`task definition ${family}:${taskDefinition.revision}`]), `schedule ${key}`]
}
