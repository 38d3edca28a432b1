// The lists of Cloud Map: which items a filter lets through, and a page of them.
import { cloudMapFault } from './fault.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'

/** What can be filtered by, and what the things in the list have there. */
type Members<Item> = Readonly<Record<string, (item: Item) => string | number | undefined>>

/** A filter as each list of Cloud Map takes it. */
interface Filter {
  readonly Name: string
  readonly Values: readonly string[]
  readonly Condition?: string | undefined
}

/**
 * The items that match every filter of a list of Cloud Map. EQ is the condition where there is none; IN takes any of the
 * values, BETWEEN two times in epoch milliseconds, BEGINS_WITH the beginning of a text.
 */
export function filtered<Item>(
  items: readonly Item[],
  filters: readonly Filter[] = [],
  members: Members<Item>,
): Item[] {
  for (const { Name, Values, Condition = 'EQ' } of filters) {
    if (!Object.hasOwn(members, Name)) throw cloudMapFault('InvalidInput', `There is no filter ${Name}.`)
    const isOne = Condition === 'EQ' || Condition === 'BEGINS_WITH'
    if (!Object.hasOwn(conditions, Condition) || Values.length === 0 || (isOne && Values.length > 1)) {
      throw cloudMapFault(
        'InvalidInput',
        `The filter ${Name} cannot have the condition ${Condition} with these values.`,
      )
    }
  }
  return items.filter((item) =>
    filters.every(({ Name, Values, Condition = 'EQ' }) => conditions[Condition]!(members[Name]!(item), Values)),
  )
}

const conditions: Readonly<Record<string, (is: string | number | undefined, values: readonly string[]) => boolean>> = {
  EQ: (is, [value]) => String(is) === value,
  IN: (is, values) => values.includes(String(is)),
  BEGINS_WITH: (is, [value = '']) => String(is).startsWith(value),
  BETWEEN: (is, [from, to]) => Number(from) <= Number(is) && Number(is) <= Number(to),
}

/** One page of what Cloud Map lists, 100 at a time unless MaxResults says less. */
export function pageOf<Item>(
  all: readonly Item[],
  { MaxResults, NextToken }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { items: Item[]; nextToken?: string } {
  const asked = { maxResults: MaxResults, nextToken: NextToken }
  return refuseAs('InvalidInput', () => page(all, asked, { default: 100, max: 100 }))
}
