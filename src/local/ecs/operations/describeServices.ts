// DescribeServices: describes up to 10 services of a cluster.
import type { DescribeServicesRequest, DescribeServicesResponse, Failure, Service } from '@aws-sdk/client-ecs'
import { nameOf, serviceArn } from '../../world/arn.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCluster, findService } from '../find.ts'
import { invalid } from '../invalid.ts'
import { shownService } from '../services/service.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const describeServices: Operation<DescribeServicesRequest, DescribeServicesResponse> = (
  input,
  { region },
): Wire<DescribeServicesResponse> => {
  const { clusterName } = findCluster(region, input.cluster).cluster
  if (input.services.length === 0) throw invalid('Services cannot be empty.')
  if (input.services.length > 10) {
    throw invalid('Services cannot have more than 10 elements.')
  }
  const [services, failures]: [Wire<Service>[], Wire<Failure>[]] = [[], []]
  for (const nameOrArn of input.services) {
    const record = findService(region, clusterName, nameOrArn)
    if (record) {
      services.push(shownService(region, record, input.include))
    } else {
      const isArn = nameOrArn.startsWith('arn:')
      failures.push({ arn: isArn ? nameOrArn : serviceArn(region, clusterName, nameOf(nameOrArn)), reason: 'MISSING' })
    }
  }
  return { services, failures }
}
