/** DeleteScheduleGroup: deletes a group of schedules in which there is none, and waits until it is gone. */
import { refusalOf } from '../../aws/retry.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { settled } from '../../rollout/settled.ts'

export interface DeleteScheduleGroup extends StepKind {
  readonly name: 'deleteScheduleGroup'
  readonly method: 'deleteScheduleGroup'
  readonly subject: 'scheduleGroup'
}

export function deleteScheduleGroup(name: string): Step<DeleteScheduleGroup> {
  return {
    kind: 'deleteScheduleGroup',
    id: `deleteScheduleGroup ${name}`,
    title: `Delete schedule group ${name}`,
    subject: { type: 'scheduleGroup', name },
    call: { method: 'deleteScheduleGroup', input: { Name: name } },
    follow: 'settled',
  }
}

const gone = 'ResourceNotFoundException'

export const deleteScheduleGroupHandler: StepHandler<DeleteScheduleGroup> = {
  /** AWS deletes what is in the group with it: another run, or somebody, may have added a schedule by now. */
  async perform(_step, input, { aws, signal }) {
    try {
      const { Schedules = [] } = await aws.all('listSchedules', { GroupName: input.Name }, signal)
      const names = Schedules.map(({ Name }) => Name).join(', ')
      if (names !== '') return { answer: { $metadata: {} }, notNeeded: `it has ${names}` }
      return { answer: await aws.call('deleteScheduleGroup', input, signal) }
    } catch (error) {
      if (refusalOf(error).name !== gone) throw error
      return { answer: { $metadata: {} } }
    }
  },
  async follow({ title, subject: { name } }, _answer, context) {
    const isGone = async (): Promise<boolean> => {
      try {
        const { State } = await context.aws.call('getScheduleGroup', { Name: name }, context.signal)
        return State !== 'DELETING'
      } catch (error) {
        if (refusalOf(error).name !== gone) throw error
        return true
      }
    }
    await settled(isGone, { what: `${title}: it is still there`, context })
  },
  undoPhase: 'vacate',
}
