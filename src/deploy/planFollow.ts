/** Plans to follow what is under way, and to resume what is paused; pure. */
import type { Definition } from '../definition/definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Plan } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import type { World } from './world.ts'
import { continueServiceDeployment } from './steps/continueServiceDeployment.ts'
import { describeService } from './steps/describeServices.ts'

/** Plans to follow whatever is under way in the services, as after a job that was killed. It changes nothing. */
export function planWait(definitions: readonly Definition[]): Plan {
  const names = definitions.map(({ name }) => name).join(', ')
  const steps = definitions.flatMap(({ updateServices }) => updateServices.map(describeService))
  return {
    ...wording({ command: 'wait', what: names, followed: steps.length > 0 ? true : undefined }),
    stages: [{ title: 'Follow the services', steps, together: true, onFailure: 'undo' }],
    warnings: [],
  }
}

/** Plans to let every deployment go on that waits at a PAUSE hook; throws `NotFound` where none does. */
export function planContinue(definitions: readonly Definition[], world: World, { wait }: { wait: boolean }): Plan {
  const names = definitions.map(({ name }) => name).join(', ')
  if (world.paused.length === 0) {
    throw new EcsTaskError('NotFound', `No deployment of ${names} waits at a PAUSE hook.`, {
      fix: 'Look at what is under way with the status command.',
    })
  }
  const steps = world.paused.map((paused) => continueServiceDeployment(paused, wait))
  return {
    ...wording({ command: 'continue', what: names, followed: wait }),
    stages: [{ title: 'Continue the deployments', steps, together: true, onFailure: 'report' }],
    warnings: [],
  }
}
