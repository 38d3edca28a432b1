// PutAttributes: puts attributes on container instances, all of them or none.
import type { PutAttributesRequest, PutAttributesResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { wakeServices } from '../cluster.ts'
import { byTarget, checkAttributes, isCustom, withAttributes } from '../containerInstances/attributes.ts'
import { findCluster } from '../find.ts'

/** A task may have waited for one. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAttributes.html */
export const putAttributes: Operation<PutAttributesRequest, PutAttributesResponse> = (
  { cluster, attributes },
  context,
): Wire<PutAttributesResponse> => {
  const { clusterName } = findCluster(context.region, cluster).cluster
  checkAttributes(attributes)
  const changed = [...byTarget(context.region, clusterName, attributes)].map(([{ containerInstance }, own]) => ({
    containerInstance,
    attributes: withAttributes(containerInstance.attributes, own),
  }))
  if (changed.some((each) => each.attributes.filter(isCustom).length > 10)) {
    throw new AwsFault('AttributeLimitExceededException', 'A container instance has at most 10 custom attributes.')
  }
  for (const each of changed) each.containerInstance.attributes = each.attributes
  wakeServices(context, clusterName)
  return { attributes }
}
