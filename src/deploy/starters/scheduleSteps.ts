/** The steps in which schedules are pointed at a revision; deploy and rollback share them. */
import { EcsTaskError } from '../../ground/errors.ts'
import { scheduleKey } from '../../ground/names.ts'
import type { Step } from '../../engine/step.ts'
import { shownSubject } from '../../engine/subject.ts'
import { type RevisionAssignment, forClass } from '../revisionAssignment.ts'
import { updateSchedule } from '../steps/updateSchedule.ts'
import type { World } from '../world.ts'
import { mergedSchedule } from './schedule.ts'

/** A step for each schedule that is declared, all side by side. */
export function scheduleSteps(assignments: readonly RevisionAssignment[], world: World): Step[] {
  const steps = assignments.flatMap(({ definition, revision }) =>
    definition.schedules.flatMap((declared) => {
      const before = world.schedules.get(scheduleKey(declared))
      if (!before) return []
      const step = updateSchedule(mergedSchedule(declared, before), { before, revision })
      return { ...step, ...forClass(definition, assignments) }
    }),
  )
  refuseTwice(steps)
  return steps
}

function refuseTwice(steps: readonly Step[]): void {
  const schedules = steps.map(({ subject }) => shownSubject(subject))
  const twice = schedules.filter((schedule, index) => schedules.indexOf(schedule) !== index)
  if (twice.length === 0) return
  throw new EcsTaskError('BadDefinition', 'Two classes declare the same schedule.', {
    problems: [...new Set(twice)].map((schedule) => `${schedule}: is in schedules of more than one class.`),
    fix: 'Declare each schedule in one class only.',
  })
}
