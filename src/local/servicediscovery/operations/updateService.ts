// Starts changing the description of a service and the TTLs of its records.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_UpdateService.html
import type { UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-servicediscovery'
import { beginOperation } from '../operation.ts'
import { findService } from '../service.ts'
import { checkServiceChange } from '../rules.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const updateService: Operation<UpdateServiceRequest, UpdateServiceResponse> = (
  input,
  context,
): Wire<UpdateServiceResponse> => {
  const record = findService(context.region, input.Id)
  checkServiceChange(record, input.Service)
  return { OperationId: beginOperation(context, 'UPDATE_SERVICE', { SERVICE: record.service.Id }, input) }
}
