/** Schedules of EventBridge Scheduler: whether they are there, and start tasks. */
import { type Check, error, unknown } from '../finding.ts'
import { noSuch } from '../starters.ts'

export const schedules: Check = {
  name: 'schedules',
  needs: ['getSchedule'],
  async of({ subjects }, reads) {
    const asked = subjects.flatMap((subject) =>
      subject.schedules.map((one, index) => ({
        ...one,
        isClass: subject.isClass,
        at: (member: string) => subject.where(`schedules/${index}/${member}`),
      })),
    )
    const found = await Promise.all(
      asked.map(async ({ Name, GroupName, isClass, at }) => {
        const answer = await reads.ask('getSchedule', { Name, ...(GroupName !== undefined && { GroupName }) }, noSuch)
        if (answer.state === 'unread') return unknown(at('Name'), `schedule ${Name}`, answer.why)
        if (answer.state === 'absent') {
          // A deploy of a stack makes it.
          if (!isClass) return []
          const fix = 'Check the name, the group and the region, or create it (Terraform, CloudFormation).'
          return error(at('Name'), `There is no schedule ${Name} in group ${GroupName ?? 'default'}.`, fix)
        }
        if (answer.value.Target?.EcsParameters) return []
        return error(at('Target'), `Schedule ${Name} starts no ECS task.`, 'Name one that does.')
      }),
    )
    return found.flat()
  },
}
