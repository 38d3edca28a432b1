// Returns an operation and how far it has come. https://docs.aws.amazon.com/cloud-map/latest/api/API_GetOperation.html
import type { GetOperationRequest, GetOperationResponse } from '@aws-sdk/client-servicediscovery'
import { findOperation } from '../operation.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const getOperation: Operation<GetOperationRequest, GetOperationResponse> = (
  { OperationId },
  { region },
): Wire<GetOperationResponse> => {
  return { Operation: findOperation(region, OperationId).operation }
}
