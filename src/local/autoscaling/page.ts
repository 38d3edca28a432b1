// A page of what Auto Scaling describes.
import type { Wire } from '../world/operation.ts'
import { page } from '../wire/page.ts'
import { AwsFault } from '../world/fault.ts'
import { refuseAs } from '../wire/refuseAs.ts'

/** One page of what Auto Scaling describes, 50 at a time unless MaxRecords says otherwise, as its answer has it. */
export function pageOf(
  member: string,
  items: readonly Wire[],
  { MaxRecords, NextToken }: Wire,
  size = { default: 50, max: 100 },
): Wire {
  if (MaxRecords < 1 || MaxRecords > size.max) {
    const bound = MaxRecords < 1 ? 'greater than or equal to 1' : `less than or equal to ${size.max}`
    throw new AwsFault(
      'ValidationError',
      `1 validation error detected: Value '${MaxRecords}' at 'maxRecords' failed to satisfy constraint: ` +
        `Member must have value ${bound}`,
    )
  }
  const asked = { maxResults: MaxRecords, nextToken: NextToken }
  const { items: found, nextToken } = refuseAs('InvalidNextToken', () => page(items, asked, size))
  return { [member]: found, NextToken: nextToken }
}
