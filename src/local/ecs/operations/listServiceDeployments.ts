// ListServiceDeployments: lists the deployments of a service, the newest first.
import type {
  ListServiceDeploymentsRequest,
  ListServiceDeploymentsResponse,
  ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCluster, findService } from '../find.ts'
import { isRemembered } from '../rollout/serviceDeployment.ts'
import { pick } from '../../world/members.ts'
import type { ShownServiceDeployment } from '../shown/records.ts'

/**
 * 20 a page unless asked otherwise.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
 */
export const listServiceDeployments: Operation<ListServiceDeploymentsRequest, ListServiceDeploymentsResponse> = (
  input,
  { region, now },
): Wire<ListServiceDeploymentsResponse> => {
  const { clusterName } = findCluster(region, input.cluster).cluster
  const record = findService(region, clusterName, input.service)
  if (!record) throw new AwsFault('ServiceNotFoundException', 'Service not found.')
  const { status = [], createdAt: { before = Infinity, after = -Infinity } = {} } = input
  const found = Object.values(region.serviceDeployments)
    .map(({ serviceDeployment }) => serviceDeployment)
    .filter(({ serviceArn }) => serviceArn === record.service.serviceArn)
    .filter((each) => isRemembered(each, now))
    .filter((each) => status.length === 0 || status.includes(each.status))
    .filter(({ createdAt }) => createdAt > after && createdAt < before)
    .toReversed()
  const { items, nextToken } = page(found, input, { default: 20, max: 100 })
  return { serviceDeployments: items.map(brief), nextToken }
}

const brief = (serviceDeployment: ShownServiceDeployment): Wire<ServiceDeploymentBrief> => ({
  ...pick(serviceDeployment, [
    'serviceDeploymentArn',
    'serviceArn',
    'clusterArn',
    'startedAt',
    'createdAt',
    'finishedAt',
    'status',
    'statusReason',
  ]),
  targetServiceRevisionArn: serviceDeployment.targetServiceRevision.arn,
})
