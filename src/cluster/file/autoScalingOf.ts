// Builds what a stack says of auto scaling from files without problems.
import { type AutoScaling, countWithin } from '../stack.ts'
import { autoScalingKeys, scheduledKeys } from './keys/autoScalingKeys.ts'
import { serviceKeys } from './keys/serviceKeys.ts'
import { at, itemsAt, numberAt, textAt, type ValidatedNode } from './validatedNode.ts'

/** How a service scales. */
export function autoScalingOf(service: ValidatedNode): AutoScaling | undefined {
  const node = at(service, 'auto_scaling')
  if (!node) return undefined
  return {
    min: numberAt(node, 'min') ?? 0,
    max: numberAt(node, 'max') ?? 0,
    cpu: numberAt(node, 'cpu'),
    memory: numberAt(node, 'memory'),
    requestsPerTarget: numberAt(node, 'requests_per_target'),
    scaleInCooldown: numberAt(node, 'scale_in_cooldown') ?? autoScalingKeys.scale_in_cooldown.default,
    scaleOutCooldown: numberAt(node, 'scale_out_cooldown') ?? autoScalingKeys.scale_out_cooldown.default,
    scheduled: itemsAt(node, 'scheduled').map((action) => ({
      schedule: textAt(action, 'schedule') ?? '',
      timezone: textAt(action, 'timezone') ?? scheduledKeys.timezone.default,
      min: numberAt(action, 'min'),
      max: numberAt(action, 'max'),
    })),
  }
}

/** How many tasks a service has at first; undefined where the file says it in a wrong way. */
export function desiredCountAt(service: ValidatedNode): number | undefined {
  const count = at(service, 'desired_count') ? numberAt(service, 'desired_count') : serviceKeys.desired_count.default
  const [min, max] = [numberAt(service, 'auto_scaling/min'), numberAt(service, 'auto_scaling/max')]
  return count === undefined || min === undefined || max === undefined ? count : countWithin(count, { min, max })
}
