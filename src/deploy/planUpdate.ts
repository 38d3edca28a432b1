/** Plans the update of running services: make room, update, scale; pure. */
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling'
import type { Definition, ServiceUpdate } from '../definition/definition.ts'
import { nameOf, serviceKey } from '../ground/names.ts'
import { clustersOf } from './observe.ts'
import type { Plan } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import type { World } from './world.ts'
import { imageWarnings } from './imageState.ts'
import { irrestorable, runningAgain, servicesStage } from './revisionAssignment.ts'
import { pruneStages, registerStage, registrations } from './revisionStages.ts'
import type { Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { type ScaleService, scaleService } from './steps/scaleService.ts'
import { isDaemon } from './live.ts'
import { stopStages } from './ongoing/stopping.ts'
import { dropNoopSteps } from './dropNoopSteps.ts'
import { suspensionOf } from './scaling/suspension.ts'

/** How running services are to be updated. */
interface UpdateOptions {
  readonly wait: boolean
  /** The revision that they go to where nothing has to be registered, as an ARN; undefined: a new one is registered. */
  readonly unchanged: string | undefined
  /** Compare by name what cannot be proven to be the same image. */
  readonly skipUnchanged: boolean
  /** Take a task away first and give it back last, where at least so many run. */
  readonly makeRoom: number | undefined
  /** Suspend auto scaling of the services meanwhile: their scalable targets, by `cluster/service`. */
  readonly suspend?: ReadonlyMap<string, ScalableTarget> | undefined
  /** What stops deployments that are in progress; the world is as it will be then. */
  readonly stops: readonly Step[]
}

/**
 * Plans the update of running services to an edited revision: register, make room, update, scale, prune. What is so
 * already is left alone.
 */
export function planUpdate(definition: Definition, world: World, options: UpdateOptions): Plan {
  const { wait, unchanged, makeRoom, skipUnchanged, stops } = options
  const clusters = clustersOf([definition])
  const register = unchanged === undefined ? definition.taskDefinition : undefined
  const changes = runningAgain(definition, world, skipUnchanged).updateServices.map((update) =>
    changeOf(update, world, options),
  )
  const pointed = { ...definition, updateServices: changes.map(({ update }) => update) }
  const registered = registrations([{ definition: pointed, register, there: unchanged ?? '' }], clusters, world)
  const updates = dropNoopSteps(servicesStage(registered, world, wait), world)
  // The revision that runs, sent once more, would only be waited for in the number of tasks that there is now.
  const onlyScaled = new Set(changes.filter(isOnlyScaled).map(({ update }) => serviceKey(update)))
  const services = { ...updates, steps: updates.steps.filter(({ subject }) => !onlyScaled.has(shownSubject(subject))) }
  const moving = changes.filter(({ update }) =>
    services.steps.some(({ subject }) => shownSubject(subject) === serviceKey(update)),
  )
  const roomy = makeRoom === undefined ? [] : moving.filter(({ isRoomy }) => isRoomy)
  const away = roomy.map((change) =>
    scaled(change, change.before - 1, { undo: [backTo(change)], wait, makesRoom: true }),
  )
  const counts = changes.flatMap((change) => {
    const { count, before } = change
    if (roomy.includes(change)) return scaled(change, count ?? before, { wait })
    if (!scales(change) || count === undefined) return []
    return scaled(change, count, { undo: [backTo(change)], wait })
  })
  const isChanged = ({ update }: Change): boolean =>
    [...services.steps, ...counts].some(({ subject }) => shownSubject(subject) === serviceKey(update))
  const suspension = suspensionOf(
    changes.filter(isChanged).map(({ update }) => update),
    options.suspend,
  )
  const prune = pruneStages(registered, world, clusters, { wait })
  const { family } = definition.taskDefinition
  const what = definition.updateServices.map(serviceKey).join(', ')
  const isIdle = stops.length + services.steps.length + counts.length === 0
  const idle = prune.some(({ steps }) => steps.length > 0)
    ? 'only old revisions that nothing uses were deregistered'
    : 'no changes'
  return {
    ...wording({
      command: 'update',
      what: `${what} to ${unchanged ? nameOf(unchanged) : `a new revision of ${family}`}`,
      followed: wait,
      idle: isIdle
        ? `${what} ${definition.updateServices.length === 1 ? 'is' : 'are'} already up to date; ${idle}`
        : undefined,
    }),
    title: `Update ${what}`,
    stages: [
      ...stopStages(stops),
      registerStage(registered),
      suspension.suspend,
      { title: 'Make room', steps: away, together: true, onFailure: 'undo' },
      services,
      { title: 'Scale the services', steps: counts, together: true, onFailure: 'undo' },
      suspension.resume,
      ...prune,
    ],
    warnings: [
      ...world.unread,
      ...imageWarnings(world.images, skipUnchanged),
      ...irrestorable(registered, world),
      ...suspension.warnings,
    ],
  }
}

/** What becomes of one service, its number of tasks apart where that is a step of its own. */
interface Change {
  readonly update: ServiceUpdate
  /** The tasks that it is to want in the end, where a step of its own says so. */
  readonly count: number | undefined
  /** The tasks that it wanted when it was observed: what the way back goes to. */
  readonly before: number
  /** Whether as many ran. */
  readonly wasWhole: boolean
  /** Whether a task of it may go first. */
  readonly isRoomy: boolean
}

/**
 * The number of tasks is set apart in two cases: where room is made, which the update would take at once; and where no
 * deployment begins, since waiting for that number alone needs no revision sent along.
 */
function changeOf(update: ServiceUpdate, world: World, { unchanged, makeRoom }: UpdateOptions): Change {
  const { desiredCount, ...rest } = update
  const service = world.services.get(serviceKey(update)) ?? {}
  const { desiredCount: before = 0, runningCount = 0, taskDefinition } = service
  const isRoomy = makeRoom !== undefined && runningCount >= makeRoom && before > 0 && !isDaemon(service)
  const isApart = isRoomy || (taskDefinition === unchanged && !update.forceNewDeployment)
  return {
    update: isApart ? rest : update,
    count: isApart ? desiredCount : undefined,
    before,
    wasWhole: runningCount === before,
    isRoomy,
  }
}

/** Whether a step of its own changes the number of tasks that there is. */
function scales({ count, before }: Change): boolean {
  return count !== undefined && count !== before
}

function isOnlyScaled(change: Change): boolean {
  const { cluster, service, ...settings } = change.update
  return scales(change) && !change.isRoomy && Object.keys(settings).length === 0
}

function scaled(
  { update }: Change,
  desiredCount: number,
  more: Parameters<typeof scaleService>[1],
): Step<ScaleService> {
  return scaleService({ ...nameIn(update), desiredCount }, more)
}

/** The way back; what did not run all of its tasks is not waited for to run them. */
function backTo(change: Change): Step<ScaleService> {
  return scaled(change, change.before, { wait: change.wasWhole })
}

function nameIn({ cluster, service }: ServiceUpdate): Pick<ServiceUpdate, 'service'> & { cluster: string | undefined } {
  return { cluster, service }
}
