// Returns a namespace. https://docs.aws.amazon.com/cloud-map/latest/api/API_GetNamespace.html
import type { GetNamespaceRequest, GetNamespaceResponse } from '@aws-sdk/client-servicediscovery'
import { findNamespace, shownNamespace } from '../namespace.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const getNamespace: Operation<GetNamespaceRequest, GetNamespaceResponse> = (
  { Id },
  { region },
): Wire<GetNamespaceResponse> => {
  return { Namespace: shownNamespace(region, findNamespace(region, Id)) }
}
