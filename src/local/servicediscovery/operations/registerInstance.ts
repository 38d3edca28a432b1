// Starts registering an instance, or registering an existing one again.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
import type { RegisterInstanceRequest, RegisterInstanceResponse } from '@aws-sdk/client-servicediscovery'
import { checkInstance } from '../rules.ts'
import { beginOperation } from '../operation.ts'
import { findService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const registerInstance: Operation<RegisterInstanceRequest, RegisterInstanceResponse> = (
  input,
  context,
): Wire<RegisterInstanceResponse> => {
  const record = findService(context.region, input.ServiceId)
  checkInstance(record, input)
  const targets = { INSTANCE: input.InstanceId, SERVICE: record.service.Id }
  return { OperationId: beginOperation(context, 'REGISTER_INSTANCE', targets, input) }
}
