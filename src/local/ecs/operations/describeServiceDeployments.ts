// DescribeServiceDeployments: describes up to 20 service deployments.
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { invalid } from '../invalid.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
export const describeServiceDeployments: Operation = ({ serviceDeploymentArns: arns }, { region }) => {
  if (arns.length === 0 || arns.length > 20) {
    throw invalid('serviceDeploymentArns must have 1 to 20 elements.')
  }
  const [serviceDeployments, failures]: [Wire[], Wire[]] = [[], []]
  for (const arn of arns) {
    const found = own(region.serviceDeployments, arn)
    if (found) serviceDeployments.push(found.serviceDeployment)
    else failures.push({ arn, reason: 'MISSING' })
  }
  return { serviceDeployments, failures }
}
