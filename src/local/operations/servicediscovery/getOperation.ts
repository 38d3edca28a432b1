import { findOperation } from '../../cloudMapOperation.ts'
import type { Operation } from '../../operation.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_GetOperation.html */
export const getOperation: Operation = ({ OperationId }, { region }) => {
  return { Operation: findOperation(region, OperationId).operation }
}
