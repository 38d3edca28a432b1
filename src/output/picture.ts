/** What has been told of a run so far, as data; the live view draws it. */
import type { ContainerProgress, Forensics, Outcome, Problem, ToldEvent } from '../engine/events.ts'
import type { Method } from '../aws/aws.ts'
import type { Subject } from '../engine/subject.ts'
import { defined } from '../ground/defined.ts'
import { type Observed, nothingObserved, observedIn } from './observed.ts'
import { newsOf } from './routine.ts'

export type StepState = 'waiting' | 'running' | 'finished' | 'skipped' | 'failed'

/** The rollout of one service as last reported. */
export interface ServicePicture {
  readonly cluster: string
  readonly service: string
  readonly desired: number
  readonly running: number
  readonly pending: number
  readonly failed: number
  readonly rolloutState: string
  /** How many other deployments of the service there are. */
  readonly others: number
  /** Where a blue/green, linear or canary deployment stands: `BAKE_TIME`. */
  readonly lifecycleStage?: string
  readonly trafficPercent?: number
}

/** A deployment that waits at a PAUSE hook until `command` continues it. */
export interface PausedDeployment {
  readonly cluster: string
  readonly service: string
  readonly lifecycleStage: string
  readonly command: string
}

export interface TaskPicture {
  readonly taskArn: string
  readonly lastStatus: string
  readonly containers: readonly ContainerProgress[]
}

/** An instance that is being replaced, or that replaces one. */
export interface InstancePicture {
  readonly instanceId: string
  readonly state: string
  readonly tasks?: number
}

export interface StepPicture {
  readonly id: string
  readonly title: string
  readonly undoing: boolean
  readonly state: StepState
  readonly subject?: Subject
  /** The call that it makes; undefined of a step that no plan has shown. */
  readonly method?: Method
  /** `Batch 2 of 5`, where its stage is part of one. */
  readonly batch?: string
  /** Milliseconds since 1970. */
  readonly startedAt?: number
  readonly endedAt?: number
  /** Of a finished step its result, of a skipped one the reason. */
  readonly note?: string
  readonly problem?: Problem
  readonly forensics?: Forensics
  readonly service?: ServicePicture
  /** The newest message of the service's own events, unless it is what every rollout reports. */
  readonly newest?: string | undefined
  /** Undefined again once it has been continued. */
  readonly paused?: PausedDeployment | undefined
  readonly tasks: readonly TaskPicture[]
  readonly instances?: readonly InstancePicture[]
}

type RunStarted = Omit<Extract<ToldEvent, { type: 'run.started' }>, 'type' | 'version' | 'at' | 'local' | 'dryRun'>

/** A run since it was started. */
type StartedRun = RunStarted & Readonly<{ local: boolean; dryRun: boolean; account?: string; startedAt: string }>

/** A run as far as its events tell it. */
export interface Picture {
  /** What the local AWS has made. */
  readonly made: readonly string[]
  readonly run?: StartedRun
  /** Whether the rollouts that the plan starts are followed; undefined where it starts none. */
  readonly followed?: boolean
  /** The title of the stage that was last begun. */
  readonly stage?: string
  readonly observed: Observed
  /** In the order of the plan; steps that undo come last, in the order in which they started. */
  readonly steps: readonly StepPicture[]
  /** The signal that ended the run. */
  readonly interrupted?: Problem
  readonly undo?: { readonly because: Problem; readonly restored?: boolean; readonly leftovers: readonly string[] }
  readonly warnings: readonly string[]
  readonly end?: {
    readonly outcome: Outcome
    readonly exitCode: number
    readonly summary: string
    readonly milliseconds: number
    readonly problem?: Problem
    readonly leftovers: readonly string[]
  }
}

export const emptyPicture: Picture = { made: [], observed: nothingObserved, steps: [], warnings: [] }

/** The picture after one more event. One of a later version, which a saved log may hold, leaves it as it is. */
export function reduce(picture: Picture, event: ToldEvent): Picture {
  switch (event.type) {
    case 'run.started': {
      const { command, definitions, tag, region, profile, endpoint, local = false, dryRun = false, at } = event
      const run = defined({ command, definitions, tag, region, profile, endpoint, local, dryRun, startedAt: at })
      return { ...emptyPicture, run }
    }
    case 'account.identified':
      return picture.run ? { ...picture, run: { ...picture.run, account: event.account } } : picture
    case 'plan.made': {
      const { stages, followed } = event.plan
      const steps = stages.flatMap(({ batch, steps: all }) =>
        all.map(({ id, title, subject, call: { method } }) =>
          defined({ id, title, undoing: false, state: 'waiting' as const, tasks: [], subject, method, batch }),
        ),
      )
      return defined({ ...picture, followed, steps })
    }
    case 'stage.started':
      return { ...picture, stage: event.title }
    case 'step.started':
      return withStep(picture, event, { state: 'running', startedAt: Date.parse(event.at) })
    case 'step.finished': {
      const { did, result: note, at } = event
      return did === 'notNeeded'
        ? withStep(picture, event, { state: 'skipped', note: `not needed: ${note}` })
        : withStep(picture, event, defined({ state: 'finished', note, endedAt: Date.parse(at) }))
    }
    case 'step.skipped':
      return withStep(picture, event, {
        state: 'skipped',
        note: event.did === 'kept' ? `kept: ${event.reason}` : event.reason,
      })
    case 'step.failed': {
      const { problem, forensics, at } = event
      return withStep(picture, event, defined({ state: 'failed', problem, forensics, endedAt: Date.parse(at) }))
    }
    case 'service.progressed': {
      const { cluster, service, desired, running, pending, failed, rolloutState, others } = event
      const { lifecycleStage, trafficPercent } = event
      const counts = { cluster, service, desired, running, pending, failed, rolloutState, others }
      const stage = defined({ lifecycleStage, trafficPercent })
      const before = stepOf(picture, event.step)?.paused
      return withFacts(picture, event.step, {
        service: { ...counts, ...stage },
        // A deployment that has come to another stage has been continued.
        paused: before?.lifecycleStage === lifecycleStage ? before : undefined,
      })
    }
    case 'service.reported':
      return withFacts(picture, event.step, { newest: newsOf(event.message) })
    case 'task.progressed': {
      const { taskArn, lastStatus, containers } = event
      const tasks = stepOf(picture, event.step)?.tasks ?? []
      const task = { taskArn, lastStatus, containers }
      const at = tasks.findIndex((known) => known.taskArn === taskArn)
      return withFacts(picture, event.step, { tasks: at < 0 ? [...tasks, task] : tasks.with(at, task) })
    }
    case 'instance.progressed': {
      const { instanceId, state, tasks } = event
      const instances = stepOf(picture, event.step)?.instances ?? []
      const at = instances.findIndex((known) => known.instanceId === instanceId)
      const instance = defined({ instanceId, state, tasks })
      return withFacts(picture, event.step, {
        instances: at < 0 ? [...instances, instance] : instances.with(at, instance),
      })
    }
    case 'deployment.paused': {
      const { cluster, service, lifecycleStage, command } = event
      return withFacts(picture, event.step, { paused: { cluster, service, lifecycleStage, command } })
    }
    case 'local.provisioned':
      return { ...picture, made: event.made }
    case 'run.interrupted':
      return { ...picture, interrupted: event.because }
    case 'undo.started':
      // Where the other classes go on, the steps that put one back say it.
      return event.units ? picture : { ...picture, undo: { because: event.because, leftovers: [] } }
    case 'undo.finished':
      return picture.undo && !event.units
        ? { ...picture, undo: { ...picture.undo, restored: event.restored, leftovers: event.left } }
        : picture
    case 'warning.raised':
      return { ...picture, warnings: [...picture.warnings, event.text] }
    case 'run.finished': {
      const {
        outcome,
        exitCode,
        summary,
        milliseconds,
        problem,
        left: leftovers = picture.undo?.leftovers ?? [],
      } = event
      return { ...picture, end: defined({ outcome, exitCode, summary, milliseconds, problem, leftovers }) }
    }
    case 'call.finished': {
      const observed = observedIn(picture.observed, event.method, event.result)
      return observed === picture.observed ? picture : { ...picture, observed }
    }
    case 'log.received':
    case 'lock.waiting':
    case 'call.failed':
    case 'call.retried':
      return picture
    default:
      event satisfies never
      return picture
  }
}

/** The step that events speak of by its id: where a step and its undoing share one, that which started last. */
export function stepOf(picture: Picture, id: string): StepPicture | undefined {
  return picture.steps.findLast((step) => step.id === id)
}

/** The picture with something new about a step; one that no plan has shown, as one that undoes, is added. */
function withStep(
  picture: Picture,
  of: { id: string; title: string; subject: Subject; undoing: boolean },
  news: Partial<StepPicture>,
): Picture {
  const { id, title, subject, undoing } = of
  const at = picture.steps.findIndex((step) => step.id === id && step.undoing === undoing)
  const before = picture.steps[at] ?? { state: 'waiting', tasks: [], subject }
  const step = { ...before, id, title, undoing, ...news }
  return { ...picture, steps: at < 0 ? [...picture.steps, step] : picture.steps.with(at, step) }
}

function withFacts(picture: Picture, id: string, news: Partial<StepPicture>): Picture {
  const known = stepOf(picture, id)
  return known
    ? { ...picture, steps: picture.steps.map((step) => (step === known ? { ...step, ...news } : step)) }
    : picture
}
