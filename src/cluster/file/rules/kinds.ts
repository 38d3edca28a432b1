import { at, numberAt } from '../checked.ts'
import { about, type Draft, isDaemon } from '../draft.ts'
import { ofServicesOnly, type Service } from '../service.ts'
import type { Finding } from '../written.ts'

/** A task that is run once is no service. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export function tasksAreNoServices({ services }: Draft): Finding[] {
  return services.filter(isTask).flatMap(({ checked }) => {
    const count = at(checked, 'desired_count')
    const tooMany = count && (numberAt(checked, 'desired_count') ?? 1) > 10
    return [
      ...ofServicesOnly
        .flatMap((key) => at(checked, key) ?? [])
        .map((found) => about(found, 'a task that is run once has none; leave it out, or make it a service')),
      ...(tooMany ? [about(count, 'at most 10 tasks are run at once')] : []),
    ]
  })
}

/** Warnings: what is said and has no effect. */
export function daemonsAreNotCounted({ services }: Draft): Finding[] {
  return services.filter(isDaemon).flatMap(({ checked }) => {
    const count = at(checked, 'desired_count')
    // What defaults say is for the others.
    if (!count?.path.startsWith(`${checked.path}/`)) return []
    return [about(count, 'has no effect on a DAEMON, which has one task on each instance')]
  })
}

function isTask({ checked }: Service): boolean {
  const type = at(checked, 'type')
  return type?.kind === 'text' && type.text === 'task'
}
