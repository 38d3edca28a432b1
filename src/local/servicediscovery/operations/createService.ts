// Creates a service in a namespace. https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
import type { CreateServiceRequest, CreateServiceResponse } from '@aws-sdk/client-servicediscovery'
import { makeService, shownService } from '../service.ts'
import { checkNewService } from '../rules.ts'
import { cloudMapFault } from '../fault.ts'
import { findNamespace } from '../namespace.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createService: Operation<CreateServiceRequest, CreateServiceResponse> = (
  input,
  context,
): Wire<CreateServiceResponse> => {
  const id = input.NamespaceId ?? input.DnsConfig?.NamespaceId
  if (id === undefined) throw cloudMapFault('InvalidInput', 'A service needs a NamespaceId.')
  const record = findNamespace(context.region, id)
  checkNewService(context.region, record, input)
  return { Service: shownService(makeService(context, record.namespace.Id, input)) }
}
