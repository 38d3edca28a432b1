/** Circuit breakers: without one, ECS goes on for ever with a rollout whose tasks fail. */
import { controllerProblem } from '../../live.ts'
import { nameOf } from '../../../ground/names.ts'
import { serviceOf } from '../effective.ts'
import { type Check, warning } from '../finding.ts'

export const circuitBreakers: Check = {
  name: 'circuitBreakers',
  needs: [],
  offline: true,
  of: (world) =>
    world.subjects.flatMap(({ services, where }) =>
      services.flatMap((wanted) => {
        const now = serviceOf(world, wanted)?.deploymentConfiguration?.deploymentCircuitBreaker
        const breaker = wanted.settings.deploymentConfiguration?.deploymentCircuitBreaker ?? now
        // Of a service that was not read nobody knows; a new one has none unless it is declared.
        const isKnown = breaker !== undefined || serviceOf(world, wanted) !== undefined || wanted.isCreated
        // Other controllers have none.
        const isByOthers = controllerProblem(serviceOf(world, wanted) ?? {}) !== undefined
        if (!isKnown || isByOthers || breaker?.enable) return []
        const path = `${wanted.path}/deploymentConfiguration/deploymentCircuitBreaker`
        const what = `The circuit breaker of service ${nameOf(wanted.service)} is off: ECS never ends a rollout whose tasks fail.`
        return warning(where(path), what, 'Declare deploymentCircuitBreaker: { enable: true, rollback: true }.')
      }),
    ),
}
