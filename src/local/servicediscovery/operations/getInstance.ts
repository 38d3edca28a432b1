// Returns an instance of a service. https://docs.aws.amazon.com/cloud-map/latest/api/API_GetInstance.html
import type { GetInstanceRequest, GetInstanceResponse } from '@aws-sdk/client-servicediscovery'
import { findInstance } from '../instance.ts'
import { findService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const getInstance: Operation<GetInstanceRequest, GetInstanceResponse> = (
  { ServiceId, InstanceId },
  { region },
): Wire<GetInstanceResponse> => {
  const Instance = findInstance(findService(region, ServiceId), InstanceId)
  return { ResourceOwner: region.account, Instance }
}
