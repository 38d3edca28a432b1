// DeleteTaskDefinitions: begins to delete up to 10 INACTIVE revisions.
import type { DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'
import { findTaskDefinition } from '../find.ts'
import { invalid } from '../invalid.ts'
import type { ShownTaskDefinition } from '../shown/records.ts'

/**
 * What cannot be deleted is a failure beside those that can. ECS removes a revision at some later time, once nothing
 * uses it; here it stays DELETE_IN_PROGRESS, and its number stays taken.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html
 */
export const deleteTaskDefinitions: Operation<DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse> = (
  input,
  { region, now },
): Wire<DeleteTaskDefinitionsResponse> => {
  const { taskDefinitions: identifiers } = input
  if (identifiers.length === 0) {
    throw invalid('TaskDefinition references list cannot be empty')
  }
  if (identifiers.length > 10) {
    throw invalid('Size of TaskDefinition references list cannot exceed 10')
  }
  const taskDefinitions: ShownTaskDefinition[] = []
  const failures: { arn: string; reason: string }[] = []
  for (const identifier of identifiers) {
    const found = deletable(region, identifier)
    if (typeof found === 'string') {
      failures.push({ arn: identifier, reason: found })
      continue
    }
    found.status = 'DELETE_IN_PROGRESS'
    found.deleteRequestedAt ??= now / 1000
    taskDefinitions.push(found)
  }
  return { taskDefinitions, failures }
}

/** The task definition, or why it cannot be deleted. */
function deletable(region: Region, identifier: string): ShownTaskDefinition | string {
  if (!nameOf(identifier).includes(':')) {
    return 'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.'
  }
  const found = findTaskDefinition(region, identifier)?.taskDefinition
  if (!found) {
    return 'The specified task definition does not exist. Specify a valid account, family, revision and try again.'
  }
  return found.status === 'ACTIVE'
    ? 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'
    : found
}
