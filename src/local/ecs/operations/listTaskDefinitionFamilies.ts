// ListTaskDefinitionFamilies: lists the families of task definitions.
import type { ListTaskDefinitionFamiliesRequest, ListTaskDefinitionFamiliesResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { checkOneOf } from '../invalid.ts'

/**
 * Those whose name begins with `familyPrefix` (here it is one): ACTIVE those with an ACTIVE revision, INACTIVE those
 * without. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html
 */
export const listTaskDefinitionFamilies: Operation<
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse
> = (input, { region }): Wire<ListTaskDefinitionFamiliesResponse> => {
  const { familyPrefix = '', status = 'ALL' } = input
  checkOneOf('status', status, ['ACTIVE', 'INACTIVE', 'ALL'])
  const families = Object.entries(region.taskDefinitions)
    .filter(([family]) => family.startsWith(familyPrefix))
    .filter(([, records]) => {
      const isActive = records.some(({ taskDefinition }) => taskDefinition.status === 'ACTIVE')
      return status === 'ALL' || isActive === (status === 'ACTIVE')
    })
    .map(([family]) => family)
    .toSorted()
  const { items, nextToken } = page(families, input, { default: 100, max: 100 })
  return { families: items, nextToken }
}
