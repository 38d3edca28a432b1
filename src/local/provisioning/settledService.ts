// A service as if it had been running for half an hour.
import { makeService } from '../ecs/services/service.ts'
import { advanceService } from '../time/advance.ts'
import type { Context, Unchecked } from '../world/operation.ts'
import type { ServiceRecord } from '../world/world.ts'

/** How long a settled service has run: long enough for any image that starts within it. */
const settling = 30 * 60_000

/**
 * Creates a service half an hour ago and lets it live through its first deployment, so that its tasks, counts, events and
 * history are what they would be. Takes CreateService's members beside its own.
 */
export function settledService(
  context: Context,
  of: { cluster: string; service: string; taskDefinition: Unchecked; desiredCount: number } & Unchecked,
): ServiceRecord {
  const { service: serviceName, taskDefinition, ...input } = of
  const then = { ...context, now: context.now - settling }
  const record = makeService(then, {
    ...defaultsFor(taskDefinition),
    ...input,
    serviceName,
    taskDefinition: taskDefinition.taskDefinitionArn,
  })
  advanceService(then, record, context.now)
  return record
}

/**
 * On Fargate where the revision says so, or may run there and says nothing. The circuit breaker rolls back, and tasks
 * with a network interface of their own get a subnet.
 */
function defaultsFor({ networkMode, requiresCompatibilities = [], compatibilities = [] }: Unchecked): Unchecked {
  const named: string[] = requiresCompatibilities.length > 0 ? requiresCompatibilities : compatibilities
  const subnet = { awsvpcConfiguration: { subnets: ['subnet-0123456789abcdef0'], assignPublicIp: 'DISABLED' } }
  return {
    launchType: named.includes('FARGATE') ? 'FARGATE' : 'EC2',
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    ...(networkMode === 'awsvpc' && { networkConfiguration: subnet }),
  }
}
