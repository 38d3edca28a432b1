/** UpdateSchedule: a schedule of EventBridge Scheduler, and its way back. */
import type { UpdateScheduleCommandOutput } from '@aws-sdk/client-scheduler'
import type { Planned, Reference, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'
import type { SubjectOf } from '../../engine/subject.ts'
import { refusalOf } from '../../aws/retry.ts'
import { startsAtTimes } from '../starters/starts.ts'
import { type Path, type Schedule, differingMembers, scheduleIn, withMembers } from '../starters/schedule.ts'

export interface UpdateSchedule extends StepKind {
  readonly name: 'updateSchedule'
  readonly method: 'updateSchedule'
  readonly subject: 'schedule'
  readonly params: {
    /** The members that it sets; whatever else the schedule has by then stays as it is. */
    readonly sets: readonly Path[]
    /** Whether there is nothing to do where the schedule is gone. */
    readonly ifThere?: true
  }
  readonly undo: 'updateSchedule'
}

const revisionOf: Path = ['Target', 'EcsParameters', 'TaskDefinitionArn']

/** Points a schedule at a revision, with what is declared of it. `before` is the schedule as it was observed. */
export function updateSchedule(
  schedule: Schedule,
  { before, revision }: { readonly before: Schedule; readonly revision: string | Reference },
): Step<UpdateSchedule> {
  const subject = subjectOf(schedule)
  const sets = [...differingMembers(before, schedule).filter((path) => path.join() !== revisionOf.join()), revisionOf]
  const undo: UndoSteps<UpdateSchedule> = [
    {
      kind: 'updateSchedule',
      id: `restore updateSchedule ${subject.group}/${subject.name}`,
      title: `Put schedule ${subject.name} back`,
      subject,
      call: { method: 'updateSchedule', input: before },
      params: { sets, ifThere: true },
    },
  ]
  // One that AWS deletes once it has run may be gone by the time of its turn.
  const isDeletedOnce = schedule.ActionAfterCompletion === 'DELETE'
  return {
    kind: 'updateSchedule',
    id: `updateSchedule ${subject.group}/${subject.name}`,
    title: `Update schedule ${subject.name}${subject.group === 'default' ? '' : ` in group ${subject.group}`}`,
    subject,
    call: { method: 'updateSchedule', input: pointed(schedule, revision) },
    params: { sets, ...(isDeletedOnce && { ifThere: true }) },
    starts: startsAtTimes(schedule),
    undo,
  }
}

/** How often a schedule that somebody else changes at the same moment is read and sent again. */
const attempts = 5

export const updateScheduleHandler: StepHandler<UpdateSchedule> = {
  async perform({ params }, input, context) {
    const { Name, GroupName } = input
    for (let attempt = 1; ; attempt++) {
      try {
        const now = await context.aws.call('getSchedule', { Name, GroupName }, context.signal)
        return { answer: await send(withMembers(scheduleIn(now), input, params.sets), context) }
      } catch (error) {
        const { name } = refusalOf(error)
        if (name === 'ResourceNotFoundException' && params.ifThere) {
          return { answer: { ScheduleArn: '', $metadata: {} }, notNeeded: 'it no longer exists' }
        }
        if (name !== 'ConflictException' || attempt === attempts) throw error
        await context.clock.sleep(500 * 2 ** attempt, context.signal)
      }
    }
  },
}

/** EventBridge Scheduler may refuse a StartDate that has passed, though the schedule has it: it then goes on without. */
async function send(
  schedule: Schedule,
  { aws, clock, emit, signal }: StepContext,
): Promise<UpdateScheduleCommandOutput> {
  try {
    return await aws.call('updateSchedule', schedule, signal)
  } catch (error) {
    const { name, message } = refusalOf(error)
    const { StartDate, ...others } = schedule
    const isPast = StartDate !== undefined && StartDate.getTime() < clock.now()
    if (name !== 'ValidationException' || !isPast || !/StartDate/i.test(message)) throw error
    const text = `EventBridge Scheduler refuses a StartDate in the past: schedule ${schedule.Name} now has none.`
    emit({ type: 'warning.raised', text })
    return aws.call('updateSchedule', others, signal)
  }
}

function subjectOf({ Name = '', GroupName = 'default' }: Schedule): SubjectOf<'schedule'> {
  return { type: 'schedule', group: GroupName, name: Name }
}

function pointed(schedule: Schedule, revision: string | Reference): Planned<Schedule> {
  const { Target } = schedule
  const EcsParameters = { ...Target?.EcsParameters, TaskDefinitionArn: revision }
  return { ...schedule, Target: { ...Target, EcsParameters } } as Planned<Schedule>
}
