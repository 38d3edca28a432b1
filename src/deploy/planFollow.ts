/** Plans to follow what is under way, and to resume what is paused; pure. */
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Plan } from '../engine/plan.ts'
import { shownNames } from '../ground/names.ts'
import { forClasses } from './revisionAssignment.ts'
import { wording } from '../engine/summary.ts'
import type { OngoingDeployment, World } from './world.ts'
import { continueServiceDeployment } from './steps/continueServiceDeployment.ts'
import { describeService } from './steps/describeServices.ts'
import { rejectServiceDeployment } from './steps/rejectServiceDeployment.ts'

/** Plans to follow whatever is under way in the services, as after a job that was killed. It changes nothing. */
export function planWait(definitions: readonly Definition[]): Plan {
  const names = shownNames(definitions.map(({ name }) => name))
  const steps = forClasses(
    definitions.flatMap(({ updateServices }) => updateServices.map(describeService)),
    definitions,
  )
  return {
    ...wording({ command: 'wait', what: names, followed: steps.length > 0 ? true : undefined }),
    stages: [{ title: 'Follow the services', steps, together: true, onFailure: 'undo' }],
    warnings: [],
  }
}

/** Plans to let every deployment go on that waits at a PAUSE hook, or to reject it; throws `NotFound` where none does. */
export function planContinue(
  definitions: readonly Definition[],
  world: World,
  { wait, reject }: { wait: boolean; reject: boolean },
): Plan {
  const names = shownNames(definitions.map(({ name }) => name))
  const paused = [...world.ongoing.values()].filter(({ hooks }) => hooks.length > 0)
  if (paused.length === 0) {
    throw new EcsTaskError('NotFound', `No deployment of ${names} is paused at a PAUSE hook.`, {
      fix: 'See what is in progress with the status command.',
    })
  }
  if (reject) return planReject(definitions, paused, wait)
  const steps = forClasses(
    paused.flatMap((one) => one.hooks.map((hook) => continueServiceDeployment(one, hook, wait))),
    definitions,
  )
  return {
    ...wording({ command: 'continue', what: names, followed: wait }),
    stages: [{ title: 'Continue the deployments', steps, together: true, onFailure: 'report' }],
    warnings: [],
  }
}

function planReject(definitions: readonly Definition[], paused: readonly OngoingDeployment[], wait: boolean): Plan {
  const names = shownNames(definitions.map(({ name }) => name))
  const steps = forClasses(
    paused.map((one) => rejectServiceDeployment(one, wait)),
    definitions,
  )
  const staying = [
    ...(definitions.some(({ eventTargets }) => eventTargets.length > 0) ? ['event targets'] : []),
    ...(definitions.some(({ schedules }) => schedules.length > 0) ? ['schedules'] : []),
  ]
  return {
    ...wording({ command: 'reject', what: `the paused deployments of ${names}`, followed: wait }),
    stages: [{ title: 'Reject the deployments', steps, together: true, onFailure: 'undo' }],
    warnings:
      staying.length > 0 ? [`Only the services go back. To put the ${staying.join(' and ')} back too: rollback.`] : [],
  }
}
