// A page of what Auto Scaling describes.
import type { Wire } from '../world/operation.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { checkPageSize } from '../wire/violation.ts'

/** One page of what Auto Scaling describes, 50 at a time unless MaxRecords says otherwise, as its answer has it. */
export function pageOf(
  member: string,
  items: readonly Wire[],
  { MaxRecords, NextToken }: Wire,
  size = { default: 50, max: 100 },
): Wire {
  checkPageSize('maxRecords', MaxRecords, size.max)
  const asked = { maxResults: MaxRecords, nextToken: NextToken }
  const { items: found, nextToken } = refuseAs('InvalidNextToken', () => page(items, asked, size))
  return { [member]: found, NextToken: nextToken }
}
