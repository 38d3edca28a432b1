import type { Definition } from '../definition.ts'
import { nameOf, serviceKey } from '../names.ts'
import { clustersOf } from '../observe.ts'
import type { Plan, Stage, World } from '../plan.ts'
import { irrestorable, servicesStage } from '../pointing.ts'
import { pruneStage, registerStage, registrations } from '../revisions.ts'
import { scaleService } from '../steps/scaleService.ts'
import { withoutSettled } from '../unchanged.ts'

/** How running services are to be updated. */
export interface UpdateOptions {
  readonly wait: boolean
  /** The revision that they go to where nothing has to be registered, as an ARN; undefined: a new one is registered. */
  readonly unchanged: string | undefined
  /** Start a deployment also where nothing changes. */
  readonly force: boolean
  /** Take a task away first and give it back last, where at least so many run. */
  readonly makeRoom: number | undefined
}

/**
 * Plans the update of running services to an edited revision: register, make room, update, give the room back, prune.
 * What is so already is left alone.
 */
export function planUpdate(definition: Definition, world: World, options: UpdateOptions): Plan {
  const { wait, unchanged, force, makeRoom } = options
  const clusters = clustersOf([definition])
  const register = unchanged === undefined ? definition.taskDefinition : undefined
  const registered = registrations([{ definition, register, there: unchanged ?? '' }], clusters)
  const all = servicesStage(registered, world, wait)
  const services = force ? all : withoutSettled(all, world)
  const isIdle = services.steps.length === 0
  const { family } = definition.taskDefinition
  const [away, back] = makeRoom === undefined || isIdle ? [] : roomStages(definition, world, makeRoom)
  const what = definition.updateServices.map(serviceKey).join(', ')
  return {
    command: 'update',
    title: `Update ${what}`,
    done: isIdle
      ? `${what} is so already; nothing was changed`
      : `Updated ${what}${unchanged ? ` to ${nameOf(unchanged)}` : ` to a new revision of ${family}`}`,
    stages: [
      registerStage(registered),
      ...(away ? [away] : []),
      services,
      ...(back ? [back] : []),
      pruneStage(registered, world, clusters, wait),
    ],
    warnings: irrestorable(registered, world),
  }
}

/**
 * On a cluster without a spare place a rolling update can only go on when a task has gone first. The count it goes back
 * to is the one that was observed, and the way back is the undo of the first step, too.
 */
function roomStages(definition: Definition, world: World, minimum: number): [Stage, Stage] {
  const roomy = definition.updateServices.flatMap((update) => {
    const { desiredCount = 0, runningCount = 0 } = world.services.get(serviceKey(update)) ?? {}
    return runningCount >= minimum && desiredCount > 0 ? [{ ...update, desiredCount }] : []
  })
  const scaled = (by: number): Stage['steps'] =>
    roomy.map(({ cluster, service, desiredCount }) =>
      scaleService(
        { cluster, service, desiredCount: desiredCount - by },
        by > 0 ? [scaleService({ cluster, service, desiredCount })] : [],
      ),
    )
  return [
    { title: 'Make room', steps: scaled(1), together: true, onFailure: 'undo' },
    { title: 'Give the room back', steps: scaled(0), together: true, onFailure: 'undo' },
  ]
}
