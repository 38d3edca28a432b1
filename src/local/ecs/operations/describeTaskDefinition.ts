// DescribeTaskDefinition: describes a revision of a task definition.
import type { DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import { findTaskDefinition } from '../find.ts'

/**
 * `family` stands for its latest ACTIVE one; deregistered ones can be described by number.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html
 */
export const describeTaskDefinition: Operation<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse> = (
  input,
  { region },
): Wire<DescribeTaskDefinitionResponse> => {
  const found = findTaskDefinition(region, input.taskDefinition)
  if (!found) throw new AwsFault('ClientException', 'Unable to describe task definition.')
  const { taskDefinition } = found
  return {
    taskDefinition,
    ...(input.include?.includes('TAGS') && { tags: tagsOf(region, taskDefinition.taskDefinitionArn) }),
  }
}
