// Auto scaling has a range, and something to scale by.
import { isRate } from '../../../ground/schedule.ts'
import { about, isDaemon, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, itemsAt, numberAt, shownAt, textAt, type ValidatedNode } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export function scalingIsPossible({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const scaling = at(service.node, 'auto_scaling')
    if (scaling?.kind !== 'map') return []
    return [
      ...strategyScales(scaling, service),
      ...rangeIsOne(scaling),
      ...countIsInRange(scaling, service),
      ...somethingScales(scaling),
      ...requestsAreCounted(scaling, service),
      ...itemsAt(scaling, 'scheduled').flatMap(actionIsOne),
    ]
  })
}

function strategyScales(scaling: ValidatedNode, service: Service): Finding[] {
  return isDaemon(service)
    ? [about(scaling, 'a DAEMON has one task on each instance and cannot scale; leave it out')]
    : []
}

function rangeIsOne(node: ValidatedNode): Finding[] {
  const [min, max] = [numberAt(node, 'min'), numberAt(node, 'max')]
  if (min === undefined || max === undefined || min <= max) return []
  return [about(at(node, 'min')!, `is more than max, which is ${shownAt(node, 'max')}`)]
}

/** What defaults say is for the others. */
function countIsInRange(scaling: ValidatedNode, { node }: Service): Finding[] {
  const count = at(node, 'desired_count')
  const [asked, min, max] = [numberAt(node, 'desired_count'), numberAt(scaling, 'min'), numberAt(scaling, 'max')]
  if (!count?.path.startsWith(`${node.path}/`)) return []
  if (asked === undefined || min === undefined || max === undefined || min > max) return []
  if (asked >= min && asked <= max) return []
  const range = `${shownAt(scaling, 'min')} to ${shownAt(scaling, 'max')}`
  return [about(count, `is outside auto_scaling, which allows ${range} tasks; leave it out, or change one of them`)]
}

const metrics = ['cpu', 'memory', 'requests_per_target']

function somethingScales(scaling: ValidatedNode): Finding[] {
  const scheduled = at(scaling, 'scheduled')
  const isScheduled = scheduled?.kind === 'wrong' || itemsAt(scaling, 'scheduled').length > 0
  if (isScheduled || metrics.some((metric) => at(scaling, metric) !== undefined)) return []
  return [about(scaling, `has nothing to scale by; add ${metrics.join(', ')} or scheduled`)]
}

function requestsAreCounted(scaling: ValidatedNode, { node }: Service): Finding[] {
  const requests = at(scaling, 'requests_per_target')
  if (!requests || at(node, 'elb')) return []
  return [about(requests, 'counts the requests of a load balancer, and there is none; add elb, or leave it out')]
}

function actionIsOne(action: ValidatedNode): Finding[] {
  if (action.kind !== 'map') return []
  const timezone = at(action, 'timezone')
  const isZoneless = isRate(textAt(action, 'schedule'))
  return [
    ...rangeIsOne(action),
    ...(at(action, 'min') || at(action, 'max') ? [] : [about(action, 'changes nothing; add min, max or both')]),
    ...(isZoneless && timezone ? [about(timezone, 'has no effect on rate(…); leave it out')] : []),
  ]
}
