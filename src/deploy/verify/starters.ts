/** What targets of rules and schedules would start: what is declared of them over what is there. */
import { mergedSchedule, scheduleIn } from '../starters/schedule.ts'
import { mergedTarget } from '../starters/targets.ts'
import type { ScheduleTarget } from '../../definition/definition.ts'
import type { Reads } from './reads.ts'
import type { Subject } from './subject.ts'
import type { World } from './world.ts'

export interface Starter {
  readonly subject: Subject
  /** `schedule nightly`, `target web of rule nightly`. */
  readonly name: string
  /** Who takes on its role. */
  readonly service: 'events.amazonaws.com' | 'scheduler.amazonaws.com'
  /** Where a member of it is written, or would be. */
  readonly at: (member: string) => string
  /** Whether all of it is known: also what is not declared. */
  readonly isWhole: boolean
  readonly Arn: string | undefined
  readonly RoleArn: string | undefined
  /** EventBridge and EventBridge Scheduler spell these alike. */
  readonly parameters: NonNullable<ScheduleTarget['EcsParameters']>
}

export const noSuch = /^ResourceNotFoundException$/

/** Those that start tasks. Of one that is not there, or may not be read, what is declared is all that is known. */
export async function startersOf({ subjects }: World, reads: Reads): Promise<Starter[]> {
  const found = await Promise.all(
    subjects.map(async (subject) => [...(await targetsOf(subject, reads)), ...(await schedulesOf(subject, reads))]),
  )
  return found.flat()
}

async function targetsOf(subject: Subject, reads: Reads): Promise<Starter[]> {
  const found = await Promise.all(
    subject.eventTargets.map(async ({ Rule, EventBusName, Targets }, rule) => {
      const input = { Rule, ...(EventBusName !== undefined && { EventBusName }) }
      const answer = await reads.ask('listTargetsByRule', input, noSuch)
      const live = answer.state === 'found' ? (answer.value.Targets ?? []) : []
      return Targets.flatMap((declared, index): Starter[] => {
        const target = mergedTarget(
          declared,
          live.find(({ Id }) => Id === declared.Id),
        )
        if (!target.EcsParameters) return []
        const { TaskDefinitionArn, ...parameters } = target.EcsParameters
        return [
          {
            subject,
            name: `target ${declared.Id} of rule ${Rule}`,
            service: 'events.amazonaws.com',
            at: (member) => subject.where(`eventTargets/${rule}/Targets/${index}/${member}`),
            isWhole: answer.state === 'found',
            Arn: target.Arn,
            RoleArn: target.RoleArn,
            parameters: parameters as Starter['parameters'],
          },
        ]
      })
    }),
  )
  return found.flat()
}

async function schedulesOf(subject: Subject, reads: Reads): Promise<Starter[]> {
  return Promise.all(
    subject.schedules.map(async (declared, index): Promise<Starter> => {
      const { Name, GroupName } = declared
      const answer = await reads.ask('getSchedule', { Name, ...(GroupName !== undefined && { GroupName }) }, noSuch)
      const live = answer.state === 'found' ? scheduleIn(answer.value) : undefined
      const target = live ? mergedSchedule(declared, live).Target : declared.Target
      const { TaskDefinitionArn, ...parameters } = target?.EcsParameters ?? {}
      return {
        subject,
        name: `schedule ${Name}`,
        service: 'scheduler.amazonaws.com',
        at: (member) => subject.where(`schedules/${index}/Target/${member}`),
        isWhole: live?.Target?.EcsParameters !== undefined,
        Arn: target?.Arn,
        RoleArn: target?.RoleArn,
        parameters,
      }
    }),
  )
}
