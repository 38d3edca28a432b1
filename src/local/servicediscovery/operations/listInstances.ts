// Lists the instances of a service, oldest first.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html
import { pageOf } from '../list.ts'
import { findService } from '../service.ts'
import type { Operation } from '../../world/operation.ts'

export const listInstances: Operation = (input, { region }) => {
  const { instances } = findService(region, input.ServiceId)
  const summaries = instances.map(({ CreatorRequestId: _, ...summary }) => summary)
  return { ResourceOwner: region.account, ...pageOf('Instances', summaries, input) }
}
