// The life of a task, laid out from its start to its end: each step and when it comes.
import type { TaskOverride } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { TaskLife, TaskStep } from '../../world/world.ts'
import type { ShownContainerDefinition, ShownTaskDefinition } from '../shown/records.ts'
import { healthCheckMoments, healthOf, isEssential } from './health.ts'
import type { Moment } from './health.ts'
import { behaviourOf, cannotPull } from './images.ts'
import { logsOf } from './taskLog.ts'

/** Attaching the elastic network interface of an awsvpc task. */
const provisioning = 10_000
/** Pulling the images and starting the containers. */
const pulling = 5000
/** Registering a task with its load balancer or service registry. */
const activating = 5000
/** What a one-off task does takes this long. */
const working = 5000
/** Leaving a service registry, or target groups when nothing is left that connections could be drained from. */
const deactivating = 5000
/** From SIGTERM until a container has gone that has no stopTimeout, well before AWS would send SIGKILL at 30 s. */
const terminating = 2000
/** Taking the network interface away again. */
const deprovisioning = 5000
/** Stopped tasks are shown for at least an hour, says API_DescribeTasks; the local AWS takes it at its word. */
const remembered = 3_600_000

/** What decides how a task's life goes. */
interface Circumstances {
  readonly taskDefinition: ShownTaskDefinition
  /** The TaskOverride it was started with. */
  readonly overrides?: Wire<TaskOverride> | undefined
  /** A service's task runs until something ends it, a one-off's ends by itself. */
  readonly ofService: boolean
  /** Whether a load balancer or a service registry has to learn about it. */
  readonly registered: boolean
  /** Whether a load balancer checks its health. */
  readonly isBalanced?: boolean
  readonly healthCheckGracePeriodSeconds?: number
}

/** Lays out the life of a task from its start, as its image tags, overrides and health checks have it. */
export function lifeOf(circumstances: Circumstances): TaskLife {
  const containers = circumstances.taskDefinition.containerDefinitions
  const health = healthOf(containers, circumstances.healthCheckGracePeriodSeconds, circumstances.isBalanced)
  const pullAt = circumstances.taskDefinition.networkMode === 'awsvpc' ? provisioning : 0
  const startAt = pullAt + (longestSlowness(containers) ?? pulling)
  const runningAt = startAt + (circumstances.registered ? activating : 0)
  const steps = stepsOf([
    ...(pullAt > 0 ? [{ at: pullAt, do: 'provisioned' } as const] : []),
    ...containers.flatMap((container) => pullFailure(container, Math.min(startAt, pullAt + pulling))),
    { at: startAt, do: 'pulled' },
    ...containers.flatMap((container) => start(container, circumstances, startAt)),
    ...containers.flatMap((container) => crash(container, circumstances, startAt)),
    ...(circumstances.registered ? [{ at: startAt, do: 'activating' } as const] : []),
    { at: runningAt, do: 'running' },
    ...containers.flatMap((container) => end(container, circumstances, runningAt)),
    ...healthCheckMoments(containers, health, runningAt),
  ])
  const essential = containers.filter(isEssential).map(({ name }) => name)
  const stopTimeouts = Object.fromEntries(
    containers.flatMap(({ name, stopTimeout }) => (stopTimeout === undefined ? [] : [[name, stopTimeout * 1000]])),
  )
  const logs = logsOf(containers)
  return { steps, registered: circumstances.registered, essential, logs, stopTimeouts, ...health }
}

/** Milliseconds from SIGTERM until the last of these containers has gone; one with a stopTimeout takes all of it. */
export const timeToStop = ({ stopTimeouts = {} }: TaskLife, running: readonly { name?: string }[]): number =>
  Math.max(...(running.length > 0 ? running : [{}]).map(({ name = '' }) => own(stopTimeouts, name) ?? terminating))

/** What follows once a task has been told to stop. `drainingTime` is in milliseconds, 5,000 by default. */
export function stoppingSteps(task: {
  draining: boolean
  drainingTime: number | undefined
  hasRegistry: boolean
  awsvpc: boolean
  timeToStop: number
}): TaskStep[] {
  const { draining, drainingTime = deactivating, hasRegistry } = task
  const leaving = hasRegistry ? Math.min(deactivating, drainingTime) : 0
  return [
    ...(draining && hasRegistry ? [{ after: leaving, do: 'deregistered' } as const] : []),
    ...(draining ? [{ after: drainingTime - leaving, do: 'deactivated' } as const] : []),
    { after: task.timeToStop, do: 'killed' },
    ...(task.awsvpc ? [{ after: deprovisioning, do: 'deprovisioned' } as const] : []),
    { after: remembered, do: 'forgotten' },
  ]
}

/** What follows for a task whose container instance is gone. */
export const lostSteps = (): TaskStep[] => [
  { after: terminating, do: 'lost' },
  { after: remembered, do: 'forgotten' },
]

/** From moments to steps: sorted by time, those of the same time in the order they were given. */
function stepsOf(moments: Moment[]): TaskStep[] {
  const sorted = moments.toSorted((a, b) => a.at - b.at)
  return sorted.map(({ at, ...step }, index) => ({ ...step, after: at - (sorted[index - 1]?.at ?? 0) }))
}

const behaviour = (container: ShownContainerDefinition) => behaviourOf(container.image ?? '')

function longestSlowness(containers: readonly ShownContainerDefinition[]): number | undefined {
  const times = containers.map(behaviour).flatMap((found) => (found?.kind === 'slow' ? [found.milliseconds] : []))
  return times.length > 0 ? Math.max(...times) : undefined
}

function pullFailure(container: ShownContainerDefinition, at: number): Moment[] {
  if (behaviour(container)?.kind !== 'noPull') return []
  return [{ at, do: 'cannotPull', container: container.name, text: cannotPull(container.image ?? '') }]
}

function start(container: ShownContainerDefinition, { overrides }: Circumstances, at: number): Moment[] {
  if (behaviour(container)?.kind === 'noPull') return []
  const command = overriddenCommand(container, overrides) ?? container.command ?? []
  const what = command.length > 0 ? command.join(' ') : "the image's own command"
  return [{ at, do: 'start', container: container.name, text: `${container.image} started: ${what}` }]
}

/** It is the image's server that crashes: a migration in the same image does its work. */
const crashes = (container: ShownContainerDefinition, { overrides }: Circumstances): boolean =>
  behaviour(container)?.kind === 'crash' && !overriddenCommand(container, overrides)

function crash(container: ShownContainerDefinition, circumstances: Circumstances, at: number): Moment[] {
  if (!crashes(container, circumstances)) return []
  const text = 'Error: the image tag says crash\nexiting with code 1'
  return [{ at, do: 'exit', container: container.name, exitCode: 1, text }]
}

/** How a container ends by itself that has been running: by its exit code's tag, or when a one-off task is done. */
function end(container: ShownContainerDefinition, circumstances: Circumstances, runningAt: number): Moment[] {
  const found = behaviour(container)
  const neverRuns = found?.kind === 'noPull' || crashes(container, circumstances)
  if (neverRuns || (circumstances.ofService && found?.kind !== 'exit')) return []
  const at = runningAt + (found?.kind === 'slow' ? found.milliseconds : working)
  const exitCode = found?.kind === 'exit' ? found.exitCode : 0
  const text = exitCode === 0 ? 'done, exit code 0' : `exiting with code ${exitCode}`
  return [{ at, do: 'exit', container: container.name, exitCode, text }]
}

function overriddenCommand(
  container: ShownContainerDefinition,
  overrides: Wire<TaskOverride> = {},
): string[] | undefined {
  const ofContainer = overrides.containerOverrides?.find(({ name }) => name === container.name)
  const command = ofContainer?.command ?? []
  return command.length > 0 ? command : undefined
}
