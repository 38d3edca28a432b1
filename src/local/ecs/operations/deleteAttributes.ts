// DeleteAttributes: takes attributes off container instances, by name.
import type { DeleteAttributesRequest, DeleteAttributesResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { wakeServices } from '../cluster.ts'
import { byTarget, checkAttributes } from '../containerInstances/attributes.ts'
import { findCluster } from '../find.ts'

/**
 * One that is not there is passed over. Tasks that are placed stay.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteAttributes.html
 */
export const deleteAttributes: Operation<DeleteAttributesRequest, DeleteAttributesResponse> = (
  { cluster, attributes },
  context,
): Wire<DeleteAttributesResponse> => {
  const { clusterName } = findCluster(context.region, cluster).cluster
  checkAttributes(attributes)
  for (const [{ containerInstance }, own] of byTarget(context.region, clusterName, attributes)) {
    const names = new Set(own.map(({ name }) => name))
    containerInstance.attributes = containerInstance.attributes.filter(({ name }) => !names.has(name))
  }
  wakeServices(context, clusterName)
  return { attributes }
}
