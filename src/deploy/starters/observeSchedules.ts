/** Reads the schedules that definitions declare, before anything is changed. */
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { scheduleKey } from '../../ground/names.ts'
import { type Schedule, scheduleIn } from './schedule.ts'

/** By `group/name`. What is not there, or starts no task, is reported with its path in its class. */
export async function observeSchedules(
  aws: Aws,
  definitions: readonly Definition[],
  report: (path: string, problem: string) => void,
  signal: AbortSignal | undefined,
): Promise<Map<string, Schedule>> {
  const found = new Map<string, Schedule>()
  await Promise.all(
    definitions.flatMap(({ name, schedules }) =>
      schedules.map(async (declared, index) => {
        const { Name, GroupName } = declared
        const path = `${name}/schedules/${index}`
        const answer = await aws
          .call('getSchedule', { Name, ...(GroupName !== undefined && { GroupName }) }, signal)
          .catch((error: Error) => {
            if (error.name !== 'ResourceNotFoundException') throw error
          })
        const group = GroupName ?? 'default'
        if (!answer) report(`${path}/Name`, `there is no schedule ${Name} in group ${group}.`)
        else if (answer.Target?.EcsParameters) found.set(scheduleKey(declared), scheduleIn(answer))
        else report(`${path}/Target`, `schedule ${Name} in group ${group} starts no ECS task: it has no EcsParameters.`)
      }),
    ),
  )
  return found
}
