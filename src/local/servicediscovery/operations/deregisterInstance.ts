// Starts removing an instance from its service, and its records from the hosted zone.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_DeregisterInstance.html
import type { DeregisterInstanceRequest, DeregisterInstanceResponse } from '@aws-sdk/client-servicediscovery'
import { findInstance } from '../instance.ts'
import { beginOperation } from '../operation.ts'
import { findService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const deregisterInstance: Operation<DeregisterInstanceRequest, DeregisterInstanceResponse> = (
  input,
  context,
): Wire<DeregisterInstanceResponse> => {
  const record = findService(context.region, input.ServiceId)
  findInstance(record, input.InstanceId)
  const targets = { INSTANCE: input.InstanceId, SERVICE: record.service.Id }
  return { OperationId: beginOperation(context, 'DEREGISTER_INSTANCE', targets, input) }
}
