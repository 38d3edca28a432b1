// Starts deleting a namespace without services, and its hosted zone.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteNamespace.html
import type { DeleteNamespaceRequest, DeleteNamespaceResponse } from '@aws-sdk/client-servicediscovery'
import { beginOperation } from '../operation.ts'
import { checkUnused, findNamespace } from '../namespace.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const deleteNamespace: Operation<DeleteNamespaceRequest, DeleteNamespaceResponse> = (
  input,
  context,
): Wire<DeleteNamespaceResponse> => {
  const { namespace } = findNamespace(context.region, input.Id)
  checkUnused(context.region, namespace.Id)
  return { OperationId: beginOperation(context, 'DELETE_NAMESPACE', { NAMESPACE: namespace.Id }, input) }
}
