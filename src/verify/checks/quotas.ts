/** Quotas of ECS that nobody can have raised in a hurry. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
import { type Check, type Found, error, warning } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Bytes of a task definition; fixed. */
const mostBytes = 64 * 1024

/** Tasks of a service; AWS raises it on request. */
const mostTasks = 5_000

export const quotas: Check = {
  name: 'quotas',
  needs: [],
  offline: true,
  of: ({ subjects }) => subjects.flatMap((subject) => [...sizeOf(subject), ...tasksOf(subject)]),
}

function sizeOf({ taskDefinition, where }: Subject): Found[] {
  const bytes = Buffer.byteLength(JSON.stringify(taskDefinition))
  if (bytes <= mostBytes) return []
  const what = `The task definition has ${Math.ceil(bytes / 1024)} KiB, and ECS takes 64.`
  return [error(where('taskDefinition'), what, 'Move long values into files of the image, or into parameters.')]
}

function tasksOf({ services, where }: Subject): Found[] {
  return services.flatMap(({ path, service, settings: { desiredCount = 0 } }) => {
    if (desiredCount <= mostTasks) return []
    const what = `Service ${service} would have ${desiredCount} tasks, and the quota is ${mostTasks} unless AWS has raised it.`
    return warning(where(`${path}/desiredCount`), what, 'Have the quota raised, or run fewer tasks.')
  })
}
