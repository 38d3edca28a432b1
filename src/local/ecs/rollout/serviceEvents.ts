// The event messages of a service, in AWS's words.
import { nameOf } from '../../world/arn.ts'
import type { Context } from '../../world/operation.ts'
import type { ShownContainerInstance, ShownService, ShownTask } from '../shown/records.ts'

const mostEvents = 100
/** So many milliseconds the same is not said again. */
export const silence = 6 * 3_600_000

/**
 * Puts an event on a service: newest first, at most 100. `text` follows the service's name, as in
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function addEvent(context: Context, service: ShownService, text: string): void {
  put(context, service, messageOf(service, text))
}

/** For what would be said over and over: the same message is not repeated within six hours of the same deployment. */
export function addEventOnce(context: Context, service: ShownService, text: string): void {
  const message = messageOf(service, text)
  const begun = service.deployments[0]?.createdAt ?? 0
  const isRecent = ({ createdAt }: { createdAt: number }): boolean =>
    createdAt >= begun && createdAt > (context.now - silence) / 1000
  if (service.events.some((event) => event.message === message && isRecent(event))) return
  addEvent(context, service, text)
}

/** `has started 2 tasks: (task …) (task …).` */
export const started = (tasks: readonly ShownTask[]): string => `has started ${tasks.length} tasks: ${listed(tasks)}.`

export const replaced = (tasks: readonly ShownTask[]): string =>
  `${started(tasks)} Amazon ECS replaced ${tasks.length} tasks due to an unhealthy status.`

export const stopped = (tasks: readonly ShownTask[]): string =>
  `has stopped ${tasks.length} running tasks: ${listed(tasks)}.`

export const registered = (count: number, targetGroupArn: string): string =>
  `registered ${count} targets in (target-group ${targetGroupArn})`
export const deregistered = (count: number, targetGroupArn: string): string =>
  `deregistered ${count} targets in (target-group ${targetGroupArn})`

export const unhealthyTarget = (target: string, targetGroupArn: string, reason: string): string =>
  `${target} is unhealthy in (target-group ${targetGroupArn}) due to (reason ${reason}).`

/** Unlike all other events this one names the deployment beside the service. */
export function addDraining(context: Context, service: ShownService, deployment: string, count: number): void {
  const subject = `service ${service.serviceName}, taskSet ${deployment}`
  put(context, service, `(${subject}) has begun draining connections on ${count} tasks.`)
}

export const failedHealthChecks = (task: ShownTask): string => `${listed([task])} failed container health checks.`
export const completed = (deployment: string): string => `(deployment ${deployment}) deployment completed.`
export const failed = (deployment: string, what: string): string =>
  `(deployment ${deployment}) deployment failed: ${what}`
export const rollingBack = (deployment: string): string => `rolling back to deployment ${deployment}.`
export const steady = 'has reached a steady state.'
export const impaired = 'is unable to consistently start tasks successfully.'
export const stuck =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration. ' +
  'Update the minimumHealthyPercent or maximumPercent value and try again.'
/** Fargate's own; the other one is that of container instances. */
export const noCapacity =
  'was unable to place a task. Reason: Capacity is unavailable at this time. ' +
  'Please try again later or in a different availability zone.'
const unplacedBecause = 'was unable to place a task because no container instance met all of its requirements.'
const more = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
export const unplaced = `${unplacedBecause} Reason: No container instance has sufficient memory available. ${more}`

/** The texts for each reason why a container instance is not the place; that of a constraint is its own. */
const notMet: Record<string, string> = {
  'RESOURCE:CPU': 'has insufficient CPU units available.',
  'RESOURCE:MEMORY': 'has insufficient memory available.',
  'RESOURCE:PORTS': 'is already using a port required by your task.',
}

/** Why no container instance was the place for a task: by the one that came closest, if there was any. */
export function unplacedOn(closest?: { containerInstance: ShownContainerInstance; reason: string }): string {
  const because = closest
    ? `The closest matching (container-instance ${nameOf(closest.containerInstance.containerInstanceArn)}) ` +
      (notMet[closest.reason] ?? `encountered error "${closest.reason}".`)
    : 'Reason: No Container Instances were found in your cluster.'
  return `${unplacedBecause} ${because} ${more}`
}

function put(context: Context, service: ShownService, message: string): void {
  const event = { id: context.ids.uuid(), createdAt: context.now / 1000, message }
  service.events = [event, ...service.events.slice(0, mostEvents - 1)]
}

const messageOf = (service: ShownService, text: string): string => `(service ${service.serviceName}) ${text}`
const listed = (tasks: readonly ShownTask[]): string =>
  tasks.map(({ taskArn }) => `(task ${nameOf(taskArn)})`).join(' ')
