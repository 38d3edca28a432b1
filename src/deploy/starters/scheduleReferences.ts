/** Which schedules of EventBridge Scheduler start which revisions. */
import type { Aws } from '../../aws/aws.ts'
import { scheduleKey } from '../../ground/names.ts'
import type { RevisionReference } from '../world.ts'

interface Named {
  readonly Name: string
  readonly GroupName?: string | undefined
}

const cluster = /^arn:[\w-]+:ecs:[^:]*:\d*:cluster\//

/**
 * Every schedule that starts a task, in whatever group and cluster; one that is DISABLED, too, since it may be enabled again. A
 * list does not say what is started: each is asked for it.
 */
export async function referencesBySchedules(aws: Aws, signal: AbortSignal | undefined): Promise<RevisionReference[]> {
  const { Schedules = [] } = await aws.all('listSchedules', {}, signal)
  const starting = Schedules.filter(({ Target }) => cluster.test(Target?.Arn ?? ''))
  return referencesOfSchedules(
    aws,
    starting.map(({ Name = '', GroupName }) => ({ Name, GroupName })),
    signal,
  )
}

/** What these schedules start; one that is gone starts nothing. */
export async function referencesOfSchedules(
  aws: Aws,
  schedules: readonly Named[],
  signal: AbortSignal | undefined,
): Promise<RevisionReference[]> {
  const found = await Promise.all(
    schedules.map(async ({ Name, GroupName }): Promise<RevisionReference[]> => {
      const input = { Name, ...(GroupName !== undefined && { GroupName }) }
      const answer = await aws.call('getSchedule', input, signal).catch((error: Error) => {
        if (error.name !== 'ResourceNotFoundException') throw error
      })
      const revision = answer?.Target?.EcsParameters?.TaskDefinitionArn
      if (revision === undefined) return []
      return [{ revision, kind: 'schedule', key: scheduleKey(input), declaration: declarationOf(input) }]
    }),
  )
  return found.flat()
}

/** What a class declares for a schedule to be moved with it. */
function declarationOf({ Name, GroupName = 'default' }: Named): string {
  const group = GroupName === 'default' ? '' : `, GroupName: ${quoted(GroupName)}`
  return `schedules = [{ Name: ${quoted(Name)}${group} }]`
}

const quoted = (text: string): string => `'${text}'`
