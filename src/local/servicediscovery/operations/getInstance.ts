// Returns an instance of a service. https://docs.aws.amazon.com/cloud-map/latest/api/API_GetInstance.html
import { findInstance } from '../instance.ts'
import { findService } from '../service.ts'
import type { Operation } from '../../world/operation.ts'

export const getInstance: Operation = ({ ServiceId, InstanceId }, { region }) => {
  const Instance = findInstance(findService(region, ServiceId), InstanceId)
  return { ResourceOwner: region.account, Instance }
}
