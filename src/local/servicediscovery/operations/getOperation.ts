import { findOperation } from '../operation.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_GetOperation.html */
export const getOperation: Operation = ({ OperationId }, { region }) => {
  return { Operation: findOperation(region, OperationId).operation }
}
