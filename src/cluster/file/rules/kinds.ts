// One-off tasks and daemons have no use for some keys of a service.
import { about, isDaemon, isTask, ofServicesOnly, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, numberAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** A task that is run once is no service. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export function tasksAreNoServices({ services }: UnvalidatedStack): Finding[] {
  return services.filter(isTask).flatMap(({ node }) => {
    const count = at(node, 'desired_count')
    const tooMany = count && (numberAt(node, 'desired_count') ?? 1) > 10
    return [
      ...ofServicesOnly
        .flatMap((key) => at(node, key) ?? [])
        .map((found) => about(found, 'a task that is run once has none; leave it out, or make it a service')),
      ...(tooMany ? [about(count, 'at most 10 tasks are run at once')] : []),
    ]
  })
}

/** Warnings: what is said and has no effect. */
export function daemonsAreNotCounted({ services }: UnvalidatedStack): Finding[] {
  return services.filter(isDaemon).flatMap(({ node }) => {
    const count = at(node, 'desired_count')
    // What defaults say is for the others.
    if (!count?.path.startsWith(`${node.path}/`)) return []
    return [about(count, 'has no effect on a DAEMON, which has one task on each instance')]
  })
}
