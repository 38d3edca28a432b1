// DeregisterTaskDefinition: makes a revision INACTIVE; what runs it goes on running.
import type { DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findTaskDefinition } from '../find.ts'

/**
 * Here that is so at once; ECS may take ten minutes for it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
 */
export const deregisterTaskDefinition: Operation<DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse> = (
  input,
  { region, now },
): Wire<DeregisterTaskDefinitionResponse> => {
  if (!nameOf(input.taskDefinition).includes(':')) throw new AwsFault('ClientException', 'Revision is missing.')
  const found = findTaskDefinition(region, input.taskDefinition)
  if (!found) throw new AwsFault('ClientException', 'The specified task definition does not exist.')
  const { taskDefinition } = found
  if (taskDefinition.status === 'DELETE_IN_PROGRESS') {
    throw new AwsFault('ClientException', 'The specified task definition is in the process of being deleted.')
  }
  if (taskDefinition.status === 'ACTIVE') {
    taskDefinition.status = 'INACTIVE'
    taskDefinition.deregisteredAt = now / 1000
  }
  return { taskDefinition }
}
