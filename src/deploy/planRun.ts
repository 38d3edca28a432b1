/** Plans one-off tasks alone; pure. */
import type { Definition } from '../definition/definition.ts'
import { clustersOf } from './observe.ts'
import type { Plan } from '../engine/plan.ts'
import type { World } from './world.ts'
import { registerStage, registrations, tasksStage } from './revisionStages.ts'

/** Plans one-off tasks alone: register where nothing is there yet, and run them to their end. */
export function planRun(
  definitions: readonly Definition[],
  world: World,
  { unchanged }: { unchanged?: string | undefined } = {},
): Plan {
  const wanted = definitions.map((definition) => ({
    definition,
    register: unchanged === undefined ? definition.taskDefinition : undefined,
    there: unchanged ?? '',
  }))
  const registered = registrations(wanted, clustersOf(definitions), world)
  const names = definitions.map(({ name }) => name).join(', ')
  return {
    command: 'run',
    title: `Run ${names}`,
    done: `Ran ${names}`,
    stages: [registerStage(registered), tasksStage(registered, world)],
    warnings: [],
  }
}
