import { nameOf } from '../../arn.ts'
import { filtered } from '../../cloudMapFilter.ts'
import { cloudMapPage } from '../../cloudMapPage.ts'
import { shownCloudMapService } from '../../cloudMapService.ts'
import type { Operation, Wire } from '../../operation.ts'

/** The services, oldest first. https://docs.aws.amazon.com/cloud-map/latest/api/API_ListServices.html */
export const listServices: Operation = (input, { region }) => {
  const all = Object.values(region.cloudMapServices).map(shownCloudMapService)
  const found = filtered(all, input.Filters?.map(withoutArns), {
    NAMESPACE_ID: ({ NamespaceId }) => NamespaceId,
    RESOURCE_OWNER: () => 'SELF',
  })
  const summaries = found.map(({ CreatorRequestId: _, NamespaceId: __, ...summary }) => summary)
  return cloudMapPage('Services', summaries, input)
}

/** A namespace may be given by its ARN, too. */
const withoutArns = ({ Values, ...filter }: Wire): Wire => ({ ...filter, Values: Values.map(nameOf) })
