// Lists the services, oldest first. https://docs.aws.amazon.com/cloud-map/latest/api/API_ListServices.html
import { nameOf } from '../../world/arn.ts'
import { filtered, pageOf } from '../list.ts'
import { shownService } from '../service.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const listServices: Operation = (input, { region }) => {
  const all = Object.values(region.cloudMapServices).map(shownService)
  const found = filtered(all, input.Filters?.map(withoutArns), {
    NAMESPACE_ID: ({ NamespaceId }) => NamespaceId,
    RESOURCE_OWNER: () => 'SELF',
  })
  const summaries = found.map(({ CreatorRequestId: _, NamespaceId: __, ...summary }) => summary)
  return pageOf('Services', summaries, input)
}

/** A namespace may be given by its ARN, too. */
const withoutArns = ({ Values, ...filter }: Wire): Wire => ({ ...filter, Values: Values.map(nameOf) })
