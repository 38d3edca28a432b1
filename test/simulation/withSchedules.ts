import type { ScheduleUpdate } from '../../src/definition/definition.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import { type Declaration, clusterArn, clusters, roleArn } from './declarations.ts'
import type { Drawn } from './drawn.ts'
import type { Random } from './random.ts'

/** A schedule that there is before the first command; `family` and `revision` say what it starts. */
export interface ScheduleBefore {
  readonly input: Unchecked
  readonly family: string
  readonly revision: number
}

export const scheduleGroups = ['jobs', 'others'] as const

/** It is due long after every run has ended: what it starts is not what is played. */
const StartDate = Date.UTC(2040, 0, 1) / 1000

/** In some worlds classes declare schedules, others have schedules of the same families, and change ours. */
export function withSchedules(chance: Random, drawn: Drawn): Drawn {
  if (!chance.chance(0.4)) return drawn
  const { definitions, before, others } = drawn
  const schedules: ScheduleBefore[] = []
  const add = (Name: string, GroupName: string | undefined, family: string): void => {
    const revision = chance.integer(0, before.revisions[family]!.length - 1)
    schedules.push({ input: liveOf(chance, Name, GroupName), family, revision })
  }
  const declaring = definitions.map(({ name, declared }): Declaration => {
    const { family } = declared.taskDefinition
    const count = chance.pick([0, 1, 1, 2])
    const own = Array.from({ length: count }, (_, index): ScheduleUpdate => {
      const Name = `${name}-schedule-${index}`
      const GroupName = chance.chance(0.4) ? scheduleGroups[0] : undefined
      add(Name, GroupName, family)
      return { Name, ...(GroupName && { GroupName }), ...declaredOf(chance) }
    })
    return { name, declared: own.length > 0 ? { ...declared, schedules: own } : declared }
  })
  const families = [...new Set(definitions.map(({ declared }) => declared.taskDefinition.family))]
  for (const family of families) {
    if (chance.chance(0.4)) add(`${family}-of-others`, chance.pick([undefined, ...scheduleGroups]), family)
  }
  const call = chance.integer(1, 40)
  const which = chance.next()
  const changes = others.length > 0 && schedules.length > 0 && chance.chance(0.4)
  return {
    ...drawn,
    definitions: declaring,
    before: { ...before, schedules },
    others: changes ? [...others, { kind: 'changeSchedule', call, which }] : others,
  }
}

/** A schedule with members of all kinds, as others have made it. */
function liveOf(chance: Random, Name: string, GroupName: string | undefined): Unchecked {
  return {
    Name,
    ...(GroupName && { GroupName }),
    ScheduleExpression: 'cron(0 3 * * ? *)',
    StartDate,
    FlexibleTimeWindow: chance.pick([{ Mode: 'OFF' }, { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 }]),
    State: chance.pick(['ENABLED', 'DISABLED']),
    ...(chance.chance(0.5) && { ScheduleExpressionTimezone: 'Europe/Paris' }),
    ...(chance.chance(0.5) && { Description: 'made by hand' }),
    ...(chance.chance(0.3) && { EndDate: StartDate + 86_400 }),
    Target: {
      Arn: clusterArn(chance.pick(clusters)),
      RoleArn: roleArn,
      ...(chance.chance(0.4) && { Input: '{}' }),
      ...(chance.chance(0.4) && { RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 } }),
      ...(chance.chance(0.3) && { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:lost' } }),
      EcsParameters: {
        TaskCount: chance.integer(1, 3),
        ...(chance.chance(0.4) && { Group: 'nightly' }),
        ...(chance.chance(0.4) && {
          NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], SecurityGroups: ['sg-1'] } },
        }),
      },
    },
  }
}

function declaredOf(chance: Random): Omit<ScheduleUpdate, 'Name'> {
  const TaskCount = chance.integer(1, 3)
  const Target = {
    ...(chance.chance(0.3) && { Input: '{"containerOverrides":[]}' }),
    ...(chance.chance(0.5) && { EcsParameters: { TaskCount } }),
  }
  return {
    ...(chance.chance(0.3) && { State: chance.pick(['ENABLED', 'DISABLED'] as const) }),
    ...(chance.chance(0.2) && { Description: 'declared' }),
    ...(chance.chance(0.2) && { FlexibleTimeWindow: { Mode: 'OFF' as const } }),
    ...(chance.chance(0.2) && { EndDate: new Date((StartDate + 172_800) * 1000) }),
    ...(Object.keys(Target).length > 0 && { Target }),
  }
}
