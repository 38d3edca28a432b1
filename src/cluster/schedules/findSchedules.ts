/** Reads the group of schedules of a cluster, and the schedules in it. */
import type { Aws } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import type { Note } from '../../deploy/observeRevisions.ts'
import { type Schedule, scheduleIn } from '../../deploy/starters/schedule.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'
import { ownerOf, ownerTag, scheduleGroupName, scheduleName } from '../ownership.ts'
import { scheduleGroupTags } from '../standing.ts'
import { taskOf } from './ours.ts'

export interface FoundSchedules {
  /** Undefined where there is none. */
  readonly group: { readonly arn: string; readonly isOurs: boolean } | undefined
  /** What is in a group of ours, by name, whoever has made it. */
  readonly all: ReadonlyMap<string, Schedule>
}

/** Where they may not be read, that is noted and done without, unless the stack `isWanted` to have schedules. */
export async function findSchedules(
  aws: Aws,
  of: { readonly cluster: string; readonly isWanted: boolean },
  note: Note,
  signal: AbortSignal | undefined,
): Promise<FoundSchedules> {
  try {
    return await read(aws, of.cluster, signal)
  } catch (error) {
    if (of.isWanted || !isDenied(error)) throw error
    note(`Whether tasks have schedules could not be read: ${whyUnreadable(error, 'scheduler:GetScheduleGroup')}.`)
    return { group: undefined, all: new Map() }
  }
}

async function read(aws: Aws, cluster: string, signal: AbortSignal | undefined): Promise<FoundSchedules> {
  const GroupName = scheduleGroupName(cluster)
  const found = await orNone(aws.call('getScheduleGroup', { Name: GroupName }, signal))
  // One that is being deleted takes its schedules along.
  if (!found || found.State === 'DELETING') return { group: undefined, all: new Map() }
  const arn = found.Arn ?? ''
  const tags = (await orNone(scheduleGroupTags(aws, arn, signal))) ?? []
  const isOurs = tags.some(({ Key, Value }) => Key === ownerTag && Value === ownerOf(cluster))
  if (!isOurs) return { group: { arn, isOurs }, all: new Map() }
  const { Schedules = [] } = (await orNone(aws.all('listSchedules', { GroupName }, signal))) ?? {}
  const all = await Promise.all(
    Schedules.map(async ({ Name = '' }): Promise<[string, Schedule][]> => {
      const answer = await orNone(aws.call('getSchedule', { Name, GroupName }, signal))
      return answer ? [[Name, scheduleIn(answer)]] : []
    }),
  )
  return { group: { arn, isOurs }, all: new Map(all.flat()) }
}

async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error
    return undefined
  })
}

/** The schedule of a task of the stack. */
export function scheduleFor({ all }: FoundSchedules, task: string): Schedule | undefined {
  return all.get(scheduleName(task))
}

/** The names of the tasks that schedules were made for. */
export function scheduledTasks({ all }: FoundSchedules, cluster: string): string[] {
  return [...all.values()].flatMap((one) => taskOf(one, cluster) ?? [])
}

/** The revisions that they start. */
export function scheduledRevisions({ all }: FoundSchedules): string[] {
  return [...all.values()].flatMap((one) => revisionIn(one) ?? [])
}

export function revisionIn(schedule: Schedule | undefined): string | undefined {
  return schedule?.Target?.EcsParameters?.TaskDefinitionArn
}
