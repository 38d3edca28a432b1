import { at, numberAt, shownAt } from '../checked.ts'
import { about, type Draft, isDaemon } from '../draft.ts'
import { deploymentKeys } from '../keys/serviceKeys.ts'
import type { Service } from '../service.ts'
import type { Finding } from '../written.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export function deploymentsCanMove({ services }: Draft): Finding[] {
  return services.flatMap((service) => {
    const configuration = at(service.checked, 'deployment_configuration')
    if (configuration?.kind !== 'map') return []
    return isDaemon(service) ? ofDaemon(service) : ofReplicas(service)
  })
}

const [maximum, minimum] = [
  'deployment_configuration/maximum_percent',
  'deployment_configuration/minimum_healthy_percent',
]

function ofDaemon({ checked }: Service): Finding[] {
  const [most, least] = [at(checked, maximum), at(checked, minimum)]
  if (most && (numberAt(checked, maximum) ?? 100) !== 100)
    return [about(most, 'must be 100 for a DAEMON, which is one task on each instance')]
  if (!least || numberAt(checked, minimum) !== 100) return []
  return [
    about(
      least,
      'no task of a DAEMON could be replaced: there is one on each instance, and none may be missing; lower it',
    ),
  ]
}

function ofReplicas({ checked }: Service): Finding[] {
  const desired = at(checked, 'desired_count') ? numberAt(checked, 'desired_count') : 1
  const most = at(checked, maximum) ? numberAt(checked, maximum) : deploymentKeys.maximum_percent.default
  const least = at(checked, minimum) ? numberAt(checked, minimum) : deploymentKeys.minimum_healthy_percent.default
  if (!desired || most === undefined || least === undefined) return []
  const mayStart = Math.floor((desired * most) / 100) - desired
  const mayStop = desired - Math.ceil((desired * least) / 100)
  if (mayStart > 0 || mayStop > 0) return []
  const enough = Math.ceil((100 * (desired + 1)) / desired)
  const little = Math.floor((100 * (desired - 1)) / desired)
  const tasks = shownAt(checked, 'desired_count') ?? desired
  const sentence =
    `with ${tasks} ${desired === 1 ? 'task' : 'tasks'}, ECS may neither start a new one (maximum_percent ` +
    `${shownAt(checked, maximum) ?? most}) nor stop an old one (minimum_healthy_percent ${shownAt(checked, minimum) ?? least}); ` +
    `raise maximum_percent to ${enough}, or lower minimum_healthy_percent to ${little}`
  return [about(at(checked, 'deployment_configuration')!, sentence)]
}
