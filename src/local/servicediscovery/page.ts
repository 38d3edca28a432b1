import type { Wire } from '../world/operation.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'

/** One page of what Cloud Map lists, 100 at a time unless MaxResults says less, as its answer has it. */
export function cloudMapPage(member: string, all: readonly Wire[], { MaxResults, NextToken }: Wire): Wire {
  const asked = { maxResults: MaxResults, nextToken: NextToken }
  const { items, nextToken } = refuseAs('InvalidInput', () => page(all, asked, { default: 100, max: 100 }))
  return { [member]: items, NextToken: nextToken }
}
