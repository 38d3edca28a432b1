// A page of what Auto Scaling describes.
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { checkPageSize } from '../wire/violation.ts'

/** One page of what Auto Scaling describes, 50 at a time unless MaxRecords says otherwise. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxRecords, NextToken }: { readonly MaxRecords?: number | undefined; readonly NextToken?: string | undefined },
  size = { default: 50, max: 100 },
): { items: Item[]; nextToken?: string } {
  checkPageSize('maxRecords', MaxRecords, size.max)
  const asked = { maxResults: MaxRecords, nextToken: NextToken }
  return refuseAs('InvalidNextToken', () => page(items, asked, size))
}
