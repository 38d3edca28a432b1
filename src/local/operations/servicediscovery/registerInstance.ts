import { checkInstance } from '../../cloudMapInstanceRules.ts'
import { beginOperation } from '../../cloudMapOperation.ts'
import { findCloudMapService } from '../../cloudMapService.ts'
import type { Operation } from '../../operation.ts'

/**
 * Begins to register an instance, or to register one anew.
 * https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
 */
export const registerInstance: Operation = (input, context) => {
  const record = findCloudMapService(context.region, input.ServiceId)
  checkInstance(record, input)
  const targets = { INSTANCE: input.InstanceId, SERVICE: record.service.Id }
  return { OperationId: beginOperation(context, 'REGISTER_INSTANCE', targets, input) }
}
