// A page of what Elastic Load Balancing describes.
import type { Wire } from '../world/operation.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { checkPageSize } from '../wire/violation.ts'

const mostItems = 400

/** One page of what Elastic Load Balancing describes, 400 at a time unless PageSize says less, as its answer has it. */
export function pageOf(member: string, items: readonly Wire[], { Marker, PageSize }: Wire): Wire {
  checkPageSize('pageSize', PageSize, mostItems)
  const asked = { maxResults: PageSize, nextToken: Marker }
  const { items: found, nextToken } = refuseAs('ValidationError', () =>
    page(items, asked, { default: mostItems, max: mostItems }),
  )
  return { [member]: found, NextMarker: nextToken }
}
