/** What somebody has set by hand on the schedules of a stack, where the file has no key for it. */
import type { Schedule } from '../../deploy/starters/schedule.ts'
import type { DesiredService } from '../desired.ts'
import type { Found } from '../found.ts'
import { scheduleFor, scheduledTasks } from './findSchedules.ts'

/** A sentence for each. */
export function driftOfSchedules({ schedules }: Found, services: readonly DesiredService[]): string[] {
  return services.flatMap(({ name, schedule }) => {
    const existing = schedule && scheduleFor(schedules, name)
    if (!existing) return []
    const members = setByHand(existing)
    return [
      ...(existing.State === 'DISABLED' ? [`Schedule ${existing.Name} is DISABLED.`] : []),
      ...(members.length > 0 ? [`Schedule ${existing.Name} has ${members.join(', ')}.`] : []),
    ]
  })
}

/** Tasks with a schedule of ours that the file does not name. */
export function leftOverSchedules({ cluster, schedules }: Found, services: readonly DesiredService[]): string[] {
  const named = new Set(services.map(({ name }) => name))
  return scheduledTasks(schedules, cluster)
    .filter((name) => !named.has(name))
    .map((name) => `Task ${name} has a schedule that was created for cluster ${cluster}.`)
}

/** What CreateSchedule makes where it is not told. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
function setByHand({ StartDate, EndDate, KmsKeyArn, FlexibleTimeWindow, ...schedule }: Schedule): string[] {
  const { EcsParameters, Input, DeadLetterConfig, RetryPolicy } = schedule.Target ?? {}
  const { MaximumRetryAttempts: attempts = 185, MaximumEventAgeInSeconds: age = 86_400 } = RetryPolicy ?? {}
  const { CapacityProviderStrategy = [], Group, PlatformVersion, EnableExecuteCommand } = EcsParameters ?? {}
  const { PlacementStrategy = [], PropagateTags } = EcsParameters ?? {}
  return [
    StartDate && `the StartDate ${StartDate.toISOString()}`,
    EndDate && `the EndDate ${EndDate.toISOString()}`,
    KmsKeyArn && `the key ${KmsKeyArn}`,
    FlexibleTimeWindow?.Mode === 'FLEXIBLE' && `a window of ${FlexibleTimeWindow.MaximumWindowInMinutes} minutes`,
    schedule.ActionAfterCompletion === 'DELETE' && 'the ActionAfterCompletion DELETE',
    Input && 'an Input',
    DeadLetterConfig?.Arn && `the dead-letter queue ${DeadLetterConfig.Arn}`,
    (attempts !== 185 || age !== 86_400) && `a RetryPolicy of ${attempts} attempts in ${age} s`,
    CapacityProviderStrategy.length > 0 &&
      `the capacity providers ${CapacityProviderStrategy.map((one) => one.capacityProvider).join(', ')}`,
    Group && `the group ${Group}`,
    PlatformVersion && `the platform version ${PlatformVersion}`,
    EnableExecuteCommand && 'ECS Exec',
    PlacementStrategy.length > 0 && 'a placement strategy',
    PropagateTags && 'the tags of the revision on its tasks',
  ].flatMap((what) => (what ? [what] : []))
}
