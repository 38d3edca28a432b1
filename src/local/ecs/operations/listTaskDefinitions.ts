// ListTaskDefinitions: lists the ARNs of revisions, by family and number.
import type { ListTaskDefinitionsRequest, ListTaskDefinitionsResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { checkOneOf } from '../invalid.ts'

/**
 * Of a status (ACTIVE unless asked otherwise), newest last unless `sort` is DESC.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html
 */
export const listTaskDefinitions: Operation<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse> = (
  input,
  { region },
): Wire<ListTaskDefinitionsResponse> => {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input
  checkOneOf('status', status, ['ACTIVE', 'INACTIVE', 'DELETE_IN_PROGRESS'])
  checkOneOf('sort', sort, ['ASC', 'DESC'])
  // The API reference says "the full family name": whatever the member is called, `web` does not list `web-worker`.
  const families = familyPrefix === undefined ? Object.keys(region.taskDefinitions).toSorted() : [familyPrefix]
  const arns = families
    .flatMap((family) => region.taskDefinitions[family] ?? [])
    .filter(({ taskDefinition }) => taskDefinition.status === status)
    .map(({ taskDefinition }) => taskDefinition.taskDefinitionArn)
  const { items, nextToken } = page(sort === 'ASC' ? arns : arns.toReversed(), input, { default: 100, max: 100 })
  return { taskDefinitionArns: items, nextToken }
}
