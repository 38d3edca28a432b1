// DeleteService: deletes a service that is scaled to 0, or any with `force`.
import type { DeleteServiceRequest, DeleteServiceResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { schedulerDelay, wake } from '../../world/wake.ts'
import { findCluster, findService } from '../find.ts'
import { invalid } from '../invalid.ts'
import { recount } from '../rollout/serviceCounts.ts'
import { shownService } from '../services/service.ts'

/**
 * It is DRAINING until its tasks are on their way out, then INACTIVE.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
 */
export const deleteService: Operation<DeleteServiceRequest, DeleteServiceResponse> = (
  input,
  context,
): Wire<DeleteServiceResponse> => {
  const { region } = context
  const { cluster } = findCluster(region, input.cluster)
  const record = findService(region, cluster.clusterName, input.service)
  if (!record || record.service.status === 'INACTIVE') {
    throw new AwsFault('ServiceNotFoundException', 'Service not found.')
  }
  const { service } = record
  const isScaled = service.schedulingStrategy === 'REPLICA' && service.desiredCount > 0
  if (service.status === 'ACTIVE' && isScaled && input.force !== true) {
    const message = 'The service cannot be stopped while the primary deployment is scaled above 0.'
    throw invalid(message)
  }
  service.status = 'DRAINING'
  service.desiredCount = 0
  recount(region, record)
  wake(record, context.now + schedulerDelay)
  return { service: shownService(region, record) }
}
