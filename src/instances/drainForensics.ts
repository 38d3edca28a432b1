/** Finds out why instances do not drain. */
import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { Forensics } from '../engine/events.ts'
import { awsCommand } from '../ground/command.ts'
import { nameOf } from '../ground/names.ts'
import { serviceOf, undrainableBecause } from './fleet.ts'
import { readServices, readTasksOn } from './observeInstances.ts'
import { forensicsOf } from '../rollout/forensics.ts'
import { whyUnreadable } from '../rollout/missingPermission.ts'
import { primaryOf } from '../rollout/verdict.ts'

/**
 * Which tasks are left, of which service, and why; what stopped the replacements of the first of these services, with their
 * logs. `hopeless` is why waiting any longer is in vain, if that is known. Never throws.
 */
export async function drainForensics(
  aws: Aws,
  { cluster, containers }: { readonly cluster: string; readonly containers: readonly ContainerInstance[] },
  signal: AbortSignal,
): Promise<{ readonly forensics: Forensics; readonly hopeless: string | undefined }> {
  const next = awsCommand('ecs list-tasks', {
    cluster: nameOf(cluster),
    'container-instance': nameOf(containers[0]?.containerInstanceArn ?? ''),
  })
  const nothing = { stoppedTasks: [], logs: [], targets: [], next }
  try {
    const lists = await Promise.all(
      containers.map(({ containerInstanceArn: containerInstance = '' }) =>
        readTasksOn(aws, { cluster, containerInstances: [containerInstance], orStopping: true }, signal),
      ),
    )
    const names = lists.flat().flatMap((task) => serviceOf(task) ?? [])
    const services = await readServices(aws, cluster, names, signal)
    const pendingConditions = lists.flatMap((tasks, index) =>
      tasks.map(
        (task) => `${taskText(task)} is still on ${containers[index]?.ec2InstanceId}: ${reasonOf(task, services)}`,
      ),
    )
    const stuck = lists.flat().flatMap((task) => (isStopping(task) ? [] : (services.get(serviceOf(task) ?? '') ?? [])))
    const [service] = stuck
    const hopeless = stuck.map(blockOf).find((reason) => reason !== undefined)
    const deploymentId = service && primaryOf(service)?.id
    if (!service || deploymentId === undefined) return { forensics: { ...nothing, unmet: pendingConditions }, hopeless }
    const of = { cluster, service, deploymentId, unmet: pendingConditions, next }
    return { forensics: await forensicsOf(aws, of, signal), hopeless }
  } catch (error) {
    const pendingConditions = [`what is left on them could not be read: ${whyUnreadable(error, 'ecs:ListTasks')}`]
    return { forensics: { ...nothing, unmet: pendingConditions }, hopeless: undefined }
  }
}

/** `task 1a2b of service web`. */
function taskText(task: Task): string {
  const service = serviceOf(task)
  return `task ${nameOf(task.taskArn ?? '')} of ${service === undefined ? `no service (${task.group})` : `service ${service}`}`
}

function reasonOf(task: Task, services: ReadonlyMap<string, Service>): string {
  const service = services.get(serviceOf(task) ?? '')
  if (isStopping(task)) return `it is ${task.lastStatus}, on its way to STOPPED`
  if (serviceOf(task) === undefined) return 'draining leaves it alone'
  if (!service) return 'its service cannot be read'
  return blockOf(service) ?? `its replacement does not count as healthy yet (${lastEventOf(service)})`
}

function isStopping({ desiredStatus }: Task): boolean {
  return desiredStatus === 'STOPPED'
}

/** What permanently keeps ECS from moving a service's tasks. */
function blockOf(service: Service): string | undefined {
  const why = undrainableBecause(service)
  if (why) return why
  const last = (service.events ?? []).find(({ message = '' }) =>
    /unable to place a task|has started|steady state/.test(message),
  )
  return last?.message?.includes('was unable to place a task') ? withoutService(last.message) : undefined
}

function lastEventOf({ events = [] }: Service): string {
  return withoutService(events[0]?.message ?? 'ECS gives no reason')
}

function withoutService(message: string): string {
  return message.replace(/^\(service [^)]*\) /, '').replace(/\.$/, '')
}
