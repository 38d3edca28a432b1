// ListServices: lists the ARNs of a cluster's ACTIVE services.
import type { ListServicesRequest, ListServicesResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCluster } from '../find.ts'

/**
 * 10 a page unless asked otherwise. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html
 */
export const listServices: Operation<ListServicesRequest, ListServicesResponse> = (
  input,
  { region },
): Wire<ListServicesResponse> => {
  const { clusterArn } = findCluster(region, input.cluster).cluster
  const arns = Object.values(region.services)
    .map(({ service }) => service)
    .filter((service) => service.clusterArn === clusterArn && service.status === 'ACTIVE')
    .filter((service) => !input.launchType || service.launchType === input.launchType)
    .filter((service) => !input.schedulingStrategy || service.schedulingStrategy === input.schedulingStrategy)
    // The local AWS has no Express services, which are those that ECS manages.
    .filter(() => input.resourceManagementType !== 'ECS')
    .map((service) => service.serviceArn)
  const { items, nextToken } = page(arns, input, { default: 10, max: 100 })
  return { serviceArns: items, nextToken }
}
