// A page of what EC2 describes.
import { AwsFault } from '../world/fault.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'

/** What every list of EC2 is asked with. */
interface Asked {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

/**
 * One page of what EC2 describes; all of it, up to `max`, unless MaxResults says less. Throws
 * InvalidParameterValue for a MaxResults that the operation does not take and for a token that was not given out.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination
 */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: Asked,
  { min, max } = { min: 5, max: 1000 },
): { items: Item[]; nextToken?: string } {
  if (MaxResults !== undefined && (MaxResults < min || MaxResults > max)) {
    const bound = MaxResults < min ? `greater than ${min}` : `less than ${max}`
    const message = `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${bound}.`
    throw new AwsFault('InvalidParameterValue', message)
  }
  const asked = { maxResults: MaxResults, nextToken: NextToken }
  return refuseAs('InvalidParameterValue', () => page(items, asked, { default: max, max }))
}

/** Refuses MaxResults beside ids: what is named comes in one page. */
export function checkPagesOrNames(
  names: readonly unknown[] | undefined,
  parameter: string,
  { MaxResults }: Asked,
): void {
  if (!names?.length || MaxResults === undefined) return
  const message = `The parameter ${parameter} cannot be used with the parameter maxResults`
  throw new AwsFault('InvalidParameterCombination', message)
}
