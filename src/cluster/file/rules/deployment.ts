// Deployments must be able to replace a task.
import { desiredCountAt } from '../autoScalingOf.ts'
import { canMove } from '../../../definition/limits.ts'
import { deploymentKeys } from '../keys/serviceKeys.ts'
import { about, isDaemon, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, numberAt, shownAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export function deploymentsCanMove({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const configuration = at(service.node, 'deployment_configuration')
    if (configuration?.kind !== 'map') return []
    return isDaemon(service) ? ofDaemon(service) : ofReplicas(service)
  })
}

const [maximum, minimum] = [
  'deployment_configuration/maximum_percent',
  'deployment_configuration/minimum_healthy_percent',
]

function ofDaemon({ node }: Service): Finding[] {
  const [most, least] = [at(node, maximum), at(node, minimum)]
  if (most && (numberAt(node, maximum) ?? 100) !== 100)
    return [about(most, 'must be 100 for a DAEMON, which is one task on each instance')]
  if (!least || numberAt(node, minimum) !== 100) return []
  return [
    about(
      least,
      'no task of a DAEMON could be replaced: there is one on each instance, and none may be missing; lower it',
    ),
  ]
}

function ofReplicas({ node }: Service): Finding[] {
  const desired = desiredCountAt(node)
  const most = at(node, maximum) ? numberAt(node, maximum) : deploymentKeys.maximum_percent.default
  const least = at(node, minimum) ? numberAt(node, minimum) : deploymentKeys.minimum_healthy_percent.default
  if (!desired || most === undefined || least === undefined) return []
  if (canMove(desired, most, least)) return []
  const enough = Math.ceil((100 * (desired + 1)) / desired)
  const little = Math.floor((100 * (desired - 1)) / desired)
  const tasks = shownAt(node, 'desired_count') ?? desired
  const sentence =
    `with ${tasks} ${desired === 1 ? 'task' : 'tasks'}, ECS may neither start a new one (maximum_percent ` +
    `${shownAt(node, maximum) ?? most}) nor stop an old one (minimum_healthy_percent ${shownAt(node, minimum) ?? least}); ` +
    `raise maximum_percent to ${enough}, or lower minimum_healthy_percent to ${little}`
  return [about(at(node, 'deployment_configuration')!, sentence)]
}
