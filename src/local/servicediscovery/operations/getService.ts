// Returns a service. https://docs.aws.amazon.com/cloud-map/latest/api/API_GetService.html
import type { GetServiceRequest, GetServiceResponse } from '@aws-sdk/client-servicediscovery'
import { findService, shownService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const getService: Operation<GetServiceRequest, GetServiceResponse> = (
  { Id },
  { region },
): Wire<GetServiceResponse> => {
  return { Service: shownService(findService(region, Id)) }
}
