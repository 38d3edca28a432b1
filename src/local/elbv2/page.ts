// A page of what Elastic Load Balancing describes.
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'

const mostItems = 400

/** One page of what Elastic Load Balancing describes, 400 at a time unless PageSize says less, as its answer has it. */
export function pageOf(member: string, items: readonly Wire[], { Marker, PageSize }: Wire): Wire {
  if (PageSize > mostItems || PageSize < 1) {
    const bound = PageSize < 1 ? 'greater than or equal to 1' : `less than or equal to ${mostItems}`
    throw new AwsFault(
      'ValidationError',
      `1 validation error detected: Value '${PageSize}' at 'pageSize' failed to satisfy constraint: ` +
        `Member must have value ${bound}`,
    )
  }
  const asked = { maxResults: PageSize, nextToken: Marker }
  const { items: found, nextToken } = refuseAs('ValidationError', () =>
    page(items, asked, { default: mostItems, max: mostItems }),
  )
  return { [member]: found, NextMarker: nextToken }
}
