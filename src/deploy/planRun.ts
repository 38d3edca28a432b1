/** Plans a one-off task that no class declares; pure. */
import type { Definition } from '../definition/definition.ts'
import { clustersOf } from './observe.ts'
import type { Plan } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import type { World } from './world.ts'
import { registerStage, registrations, tasksStage } from './revisionStages.ts'

/** Plans one-off tasks alone: registers their task definition, unless `unchanged` names it as an ARN, and runs them to their end. */
export function planRun(
  definition: Definition,
  world: World,
  { unchanged }: { readonly unchanged: string | undefined },
): Plan {
  const { name, taskDefinition } = definition
  const wanted = { definition, register: unchanged === undefined ? taskDefinition : undefined, there: unchanged ?? '' }
  const registered = registrations([wanted], clustersOf([definition]), world)
  return {
    ...wording({ command: 'run', what: name }),
    stages: [registerStage(registered), tasksStage(registered, world)],
    warnings: [],
  }
}
