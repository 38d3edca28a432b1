// ListAttributes: lists the attributes of a cluster's container instances, by name and value.
import type { ListAttributesRequest, ListAttributesResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { containerInstancesOf, findCluster } from '../find.ts'
import { checkOneOf, invalid } from '../invalid.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAttributes.html */
export const listAttributes: Operation<ListAttributesRequest, ListAttributesResponse> = (
  input,
  { region },
): Wire<ListAttributesResponse> => {
  const { clusterName } = findCluster(region, input.cluster).cluster
  const { attributeName, attributeValue, targetType } = input
  checkOneOf('targetType', targetType, ['container-instance'])
  if (attributeValue !== undefined && attributeName === undefined) {
    throw invalid('attributeName is required when attributeValue is specified.')
  }
  const found = containerInstancesOf(region, clusterName)
    .flatMap(({ containerInstance }) =>
      containerInstance.attributes.map((attribute) => ({
        ...attribute,
        targetId: containerInstance.containerInstanceArn,
      })),
    )
    .filter(({ name }) => attributeName === undefined || name === attributeName)
    .filter(({ value }) => attributeValue === undefined || value === attributeValue)
  const { items, nextToken } = page(found, input, { default: 100, max: 100 })
  return { attributes: items, ...(nextToken && { nextToken }) }
}
