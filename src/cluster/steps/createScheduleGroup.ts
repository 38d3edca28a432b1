/** CreateScheduleGroup: the group in which the schedules of a cluster are. */
import { refusalOf } from '../../aws/retry.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { settled } from '../../rollout/settled.ts'
import { foundBy, runIn, scheduleGroupTags } from '../standing.ts'

export interface CreateScheduleGroup extends StepKind {
  readonly name: 'createScheduleGroup'
  readonly method: 'createScheduleGroup'
  readonly subject: 'scheduleGroup'
  readonly undo: 'deleteScheduleGroup'
}

export function createScheduleGroup(
  input: PlannedInput<'createScheduleGroup'>,
  undo: UndoSteps<CreateScheduleGroup>,
): Step<CreateScheduleGroup> {
  const name = String(input.Name)
  return {
    kind: 'createScheduleGroup',
    id: `createScheduleGroup ${name}`,
    title: `Create schedule group ${name}`,
    subject: { type: 'scheduleGroup', name },
    call: { method: 'createScheduleGroup', input },
    undo,
  }
}

export const createScheduleGroupHandler: StepHandler<CreateScheduleGroup> = {
  async perform({ title }, input, context) {
    const { aws, signal } = context
    let made: Awaited<ReturnType<StepHandler<CreateScheduleGroup>['perform']>> | undefined
    const isMade = async (): Promise<boolean> => {
      try {
        made = { answer: await aws.call('createScheduleGroup', input, signal) }
        return true
      } catch (error) {
        if (refusalOf(error).name !== 'ConflictException') throw error
        const existing = await aws.call('getScheduleGroup', { Name: input.Name }, signal)
        // It goes with what was in it; its name is free after that.
        if (existing.State === 'DELETING') return false
        const found = await foundBy(runIn(input.Tags), () => scheduleGroupTags(aws, existing.Arn, signal))
        made = { answer: { ScheduleGroupArn: existing.Arn, $metadata: {} }, ...found }
        return true
      }
    }
    await settled(isMade, { what: `${title}: one of this name is still being deleted`, context })
    if (!made) throw new Error('it has settled without an answer')
    return made
  },
}
