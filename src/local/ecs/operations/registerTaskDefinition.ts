// RegisterTaskDefinition: registers the next revision of a family.
import type { RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import { checkTaskDefinition } from '../taskDefinitions/checkTaskDefinition.ts'
import { registerRevision } from '../taskDefinitions/taskDefinition.ts'

/**
 * Its tags stand beside it in the answer, never in it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const registerTaskDefinition: Operation<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse> = (
  input,
  context,
): Wire<RegisterTaskDefinitionResponse> => {
  checkTaskDefinition(input)
  const { taskDefinition } = registerRevision(context, input)
  return { taskDefinition, ...(input.tags && { tags: tagsOf(context.region, taskDefinition.taskDefinitionArn) }) }
}
