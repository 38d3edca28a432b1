// DescribeServiceDeployments: describes up to 20 service deployments.
import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse,
  Failure,
} from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { invalid } from '../invalid.ts'
import { isRemembered } from '../rollout/serviceDeployment.ts'
import type { ShownServiceDeployment } from '../shown/records.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
export const describeServiceDeployments: Operation<
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse
> = ({ serviceDeploymentArns: arns }, { region, now }): Wire<DescribeServiceDeploymentsResponse> => {
  if (arns.length === 0 || arns.length > 20) {
    throw invalid('serviceDeploymentArns must have 1 to 20 elements.')
  }
  const [serviceDeployments, failures]: [ShownServiceDeployment[], Wire<Failure>[]] = [[], []]
  for (const arn of arns) {
    const found = own(region.serviceDeployments, arn)
    if (found && isRemembered(found.serviceDeployment, now)) serviceDeployments.push(found.serviceDeployment)
    else failures.push({ arn, reason: 'MISSING' })
  }
  return { serviceDeployments, failures }
}
