/** Plans the schedules of a stack: when EventBridge Scheduler starts its tasks. */
import { isRate } from '../../ground/schedule.ts'
import type { EcsParameters } from '@aws-sdk/client-scheduler'
import type { ScheduleTarget, TaskRun } from '../../definition/definition.ts'
import type { Schedule } from '../../deploy/starters/schedule.ts'
import { updateSchedule } from '../../deploy/steps/updateSchedule.ts'
import type { PlannedInput, Reference, Step } from '../../engine/step.ts'
import { awsCommand } from '../../ground/command.ts'
import { nameOf } from '../../ground/names.ts'
import type { DesiredService } from '../desired.ts'
import type { Found } from '../found.ts'
import { creationTags, ownerTags, pascalCaseTags, scheduleGroupName, scheduleName } from '../ownership.ts'
import type { TaskSchedule } from '../stack.ts'
import { createSchedule } from '../steps/createSchedule.ts'
import { createScheduleGroup } from '../steps/createScheduleGroup.ts'
import { deleteSchedule } from '../steps/deleteSchedule.ts'
import { deleteScheduleGroup } from '../steps/deleteScheduleGroup.ts'
import { changesOf, type Work } from '../work.ts'
import { revisionIn, scheduleFor } from './findSchedules.ts'
import { descriptionOf, taskOf } from './ours.ts'

export type Scheduled = DesiredService & { readonly run: TaskRun; readonly schedule: TaskSchedule }

export function isScheduled(service: DesiredService): service is Scheduled {
  return service.run !== undefined && service.schedule !== undefined
}

/** The work for a task on a schedule, which starts the revision. */
export function scheduleWork(found: Found, service: Scheduled, revision: string | Reference): Work {
  const { cluster, clusterArn, schedules } = found
  const GroupName = scheduleGroupName(cluster)
  const before = scheduleFor(schedules, service.name)
  const after = wantedSchedule(found, service, before)
  if (before) {
    const changes = differencesOf(before, after, { clusterArn, revision })
    if (changes.length === 0) return { steps: {} }
    return { steps: { tasks: [{ ...updateSchedule(after, { before, revision }), changes }] } }
  }
  const { Target } = after
  const EcsParameters = { ...Target?.EcsParameters, TaskDefinitionArn: revision }
  const input = { ...after, Target: { ...Target, EcsParameters } } as PlannedInput<'createSchedule'>
  const undo = [deleteSchedule({ Name: scheduleName(service.name), GroupName })]
  return { steps: { tasks: [createSchedule(input, after, undo)] } }
}

/** What there is of it, with what the file says over it; the revision stays as it is. */
function wantedSchedule(found: Found, { name, run, schedule }: Scheduled, before: Schedule | undefined): Schedule {
  const { cluster, clusterArn } = found
  const {
    NetworkConfiguration: _network,
    PlacementConstraints: _constraints,
    ...kept
  } = {
    ...before?.Target?.EcsParameters,
  }
  const providers = kept.CapacityProviderStrategy ?? []
  const EcsParameters = {
    ...kept,
    ...parametersOf(run),
    // EventBridge Scheduler takes one of both, and the file has no key for the other.
    ...(providers.length > 0 && { LaunchType: undefined }),
  } as EcsParameters
  const isOurs = before && taskOf(before, cluster) === name
  const isZoned = !isRate(schedule.expression)
  const timezone = isZoned ? schedule.timezone : before?.ScheduleExpressionTimezone
  return {
    FlexibleTimeWindow: { Mode: 'OFF' },
    ...before,
    Name: scheduleName(name),
    GroupName: scheduleGroupName(cluster),
    Description: isOurs ? before.Description : descriptionOf(found, name),
    ScheduleExpression: schedule.expression,
    ...(timezone !== undefined && { ScheduleExpressionTimezone: timezone }),
    Target: { ...before?.Target, Arn: clusterArn, RoleArn: schedule.roleArn, EcsParameters },
  }
}

/** What of a run is the schedule's to say. */
export function parametersOf({
  count,
  launchType,
  networkConfiguration,
  placementConstraints = [],
}: TaskRun): NonNullable<ScheduleTarget['EcsParameters']> {
  const { subnets, securityGroups = [], assignPublicIp } = networkConfiguration?.awsvpcConfiguration ?? {}
  return {
    TaskCount: count ?? 1,
    // A stack has no others.
    LaunchType: launchType as 'EC2' | 'FARGATE',
    ...(subnets && {
      NetworkConfiguration: {
        awsvpcConfiguration: {
          Subnets: subnets,
          ...(securityGroups.length > 0 && { SecurityGroups: securityGroups }),
          AssignPublicIp: assignPublicIp,
        },
      },
    }),
    ...(placementConstraints.length > 0 && { PlacementConstraints: placementConstraints }),
  }
}

/** By the keys of the file, but for the description, which says whose it is. */
function differencesOf(
  before: Schedule,
  after: Schedule,
  { clusterArn, revision }: { readonly clusterArn: string; readonly revision: string | Reference },
): string[] {
  const [is, wanted] = [before.Target?.EcsParameters, after.Target?.EcsParameters]
  return changesOf({
    schedule: [before.ScheduleExpression, after.ScheduleExpression],
    schedule_timezone: [before.ScheduleExpressionTimezone ?? 'UTC', after.ScheduleExpressionTimezone ?? 'UTC'],
    schedule_role_arn: [before.Target?.RoleArn, after.Target?.RoleArn],
    cluster: [before.Target?.Arn, clusterArn],
    revision: [nameOf(is?.TaskDefinitionArn ?? ''), typeof revision === 'string' ? nameOf(revision) : revision],
    desired_count: [is?.TaskCount ?? 1, wanted?.TaskCount],
    launch_type: [is?.LaunchType, wanted?.LaunchType],
    network: [shownNetwork(is), shownNetwork(wanted)],
    placement_constraints: [is?.PlacementConstraints, wanted?.PlacementConstraints],
    description: [before.Description, after.Description],
  })
}

function shownNetwork(parameters: EcsParameters | undefined): string[] {
  const network = parameters?.NetworkConfiguration?.awsvpcConfiguration
  if (!network) return []
  const { Subnets = [], SecurityGroups = [], AssignPublicIp = 'DISABLED' } = network
  return [...Subnets, ...SecurityGroups, `public IP ${AssignPublicIp}`]
}

/** The work for a service, or a task that is run once: a schedule that it once had goes. */
export function noScheduleWork(found: Found, name: string): Work {
  const removals = scheduleRemovals(found, [name])
  return {
    steps: { removals },
    replaces: removals.map(() => `${name}: delete its schedule, which is no longer in the stack.`),
  }
}

/** Deletes the schedules that were made for these tasks. */
export function scheduleRemovals({ cluster, schedules }: Found, names: readonly string[]): Step[] {
  const GroupName = scheduleGroupName(cluster)
  return [...schedules.all].flatMap(([Name, one]) => {
    const task = taskOf(one, cluster)
    if (task === undefined || !names.includes(task)) return []
    return [{ ...deleteSchedule({ Name, GroupName }), changes: ['is no longer wanted'] }]
  })
}

/** The work for the group: there as long as there is a schedule in it. */
export function groupWork(found: Found, services: readonly DesiredService[]): Work {
  const { cluster, schedules } = found
  const Name = scheduleGroupName(cluster)
  if (services.some(isScheduled)) {
    if (schedules.group) return schedules.group.isOurs ? { steps: {} } : groupTaken(cluster, schedules.group.arn)
    const undo = [deleteScheduleGroup(Name)]
    const input = { Name, Tags: pascalCaseTags(creationTags(found, '')) }
    return { steps: { foundations: [createScheduleGroup(input, undo)] } }
  }
  const going = scheduleRemovals(
    found,
    services.map(({ name }) => name),
  )
  return { steps: { removals: groupRemoval(found, going) } }
}

/** Deletes the group where none of its schedules stays. */
export function groupRemoval({ cluster, schedules }: Found, going: readonly Step[]): Step[] {
  if (!schedules.group?.isOurs || schedules.all.size > going.length) return []
  return [{ ...deleteScheduleGroup(scheduleGroupName(cluster)), changes: ['is no longer wanted'] }]
}

function groupTaken(cluster: string, arn: string): Work {
  const tags = pascalCaseTags(ownerTags(cluster, '')).map(({ Key, Value }) => `Key=${Key},Value=${Value}`)
  const adopt = awsCommand('scheduler tag-resource', { 'resource-arn': arn, tags })
  return {
    steps: {},
    problems: [
      `There is a schedule group ${scheduleGroupName(cluster)} that was not created for this cluster. To adopt it: ${adopt}`,
    ],
  }
}

/** The revision that a task of the stack is started with by its schedule. */
export function scheduledRevision({ schedules }: Pick<Found, 'schedules'>, task: string): string | undefined {
  return revisionIn(scheduleFor(schedules, task))
}
