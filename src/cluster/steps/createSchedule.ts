/** CreateSchedule: has EventBridge Scheduler start a task. */
import { refusalOf } from '../../aws/retry.ts'
import type { Schedule } from '../../deploy/starters/schedule.ts'
import { startsAtTimes } from '../../deploy/starters/starts.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { makerOf } from '../schedules/ours.ts'

export interface CreateSchedule extends StepKind {
  readonly name: 'createSchedule'
  readonly method: 'createSchedule'
  readonly subject: 'schedule'
  readonly undo: 'deleteSchedule'
}

/** Its `Description` names the run. */
export function createSchedule(
  input: PlannedInput<'createSchedule'>,
  schedule: Schedule,
  undo: UndoSteps<CreateSchedule>,
): Step<CreateSchedule> {
  const [group, name] = [String(input.GroupName), String(input.Name)]
  return {
    kind: 'createSchedule',
    id: `createSchedule ${group}/${name}`,
    title: `Create schedule ${name} in group ${group}`,
    subject: { type: 'schedule', group, name },
    call: { method: 'createSchedule', input },
    starts: startsAtTimes(schedule),
    undo,
  }
}

export const createScheduleHandler: StepHandler<CreateSchedule> = {
  /** Where the answer to a call was lost, the next one is told that there is such a schedule: the description says whose. */
  async perform(_step, input, { aws, signal }) {
    const { Name, GroupName } = input
    try {
      return { answer: await aws.call('createSchedule', input, signal) }
    } catch (error) {
      if (refusalOf(error).name !== 'ConflictException') throw error
      const existing = await aws.call('getSchedule', { Name, GroupName }, signal)
      if (makerOf(existing) === undefined) throw error
      if (makerOf(existing) !== makerOf(input)) throw superseded(String(Name))
      return { answer: { ScheduleArn: existing.Arn, $metadata: {} } }
    }
  },
}

function superseded(name: string): EcsTaskError {
  return new EcsTaskError('DeploymentSuperseded', `Another run of this stack has just created schedule ${name}.`, {
    fix: 'ecs-task undid nothing that the other run may use. When it has ended, deploy again.',
    evidence: { byRun: true },
  })
}
