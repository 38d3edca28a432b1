import { findInstance } from '../instance.ts'
import { findService } from '../service.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_GetInstance.html */
export const getInstance: Operation = ({ ServiceId, InstanceId }, { region }) => {
  const Instance = findInstance(findService(region, ServiceId), InstanceId)
  return { ResourceOwner: region.account, Instance }
}
