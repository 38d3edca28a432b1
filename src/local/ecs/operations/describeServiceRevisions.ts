// DescribeServiceRevisions: describes up to 20 service revisions.
import type { DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse, Failure } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { invalid } from '../invalid.ts'
import type { ShownServiceRevision } from '../shown/records.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html */
export const describeServiceRevisions: Operation<DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse> = (
  { serviceRevisionArns: arns },
  { region },
): Wire<DescribeServiceRevisionsResponse> => {
  if (arns.length === 0 || arns.length > 20) {
    throw invalid('serviceRevisionArns must have 1 to 20 elements.')
  }
  const [serviceRevisions, failures]: [ShownServiceRevision[], Wire<Failure>[]] = [[], []]
  for (const arn of arns) {
    const found = own(region.serviceRevisions, arn)
    if (found) serviceRevisions.push(found)
    else failures.push({ arn, reason: 'MISSING' })
  }
  return { serviceRevisions, failures }
}
