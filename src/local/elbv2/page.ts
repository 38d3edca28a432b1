// A page of what Elastic Load Balancing describes.
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { checkPageSize } from '../wire/violation.ts'

const mostItems = 400

/** One page of what Elastic Load Balancing describes, 400 at a time unless PageSize says less. */
export function pageOf<Item>(
  items: readonly Item[],
  { Marker, PageSize }: { readonly Marker?: string | undefined; readonly PageSize?: number | undefined },
): { items: Item[]; nextToken?: string } {
  checkPageSize('pageSize', PageSize, mostItems)
  const asked = { maxResults: PageSize, nextToken: Marker }
  return refuseAs('ValidationError', () => page(items, asked, { default: mostItems, max: mostItems }))
}
