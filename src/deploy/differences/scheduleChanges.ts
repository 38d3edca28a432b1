/** What a step changes in a schedule, member by member. */
import { type Change, changesBetween } from '../../definition/changesBetween.ts'
import type { Planned } from '../../engine/step.ts'
import type { Schedule } from '../starters/schedule.ts'
import { inOneForm } from './inOneForm.ts'

/** The revision is none of them: what two revisions differ in is told by itself. */
export function scheduleChanges(wanted: Planned<Schedule>, there: Schedule): Change[] {
  return changesBetween(shown(there), shown(wanted))
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html */
const forms = {
  unordered: new Set(['CapacityProviderStrategy', 'PlacementConstraints', 'SecurityGroups', 'Subnets', 'Tags']),
  defaults: { EcsParameters: { TaskCount: 1, EnableECSManagedTags: false, EnableExecuteCommand: false } },
}

function shown({ Target, StartDate, EndDate, ...schedule }: Schedule | Planned<Schedule>): object {
  const { TaskDefinitionArn, ...parameters } = Target?.EcsParameters ?? { TaskDefinitionArn: undefined }
  return {
    ...schedule,
    ...(StartDate instanceof Date && { StartDate: StartDate.toISOString() }),
    ...(EndDate instanceof Date && { EndDate: EndDate.toISOString() }),
    Target: { ...Target, EcsParameters: inOneForm('EcsParameters', parameters, forms) },
  }
}
