// A page of what EC2 describes.
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { page } from '../wire/page.ts'
import { refuseAs } from '../wire/refuseAs.ts'

/**
 * One page of what EC2 describes, as its answer has it; all of it, up to `max`, unless MaxResults says less. Throws
 * InvalidParameterValue for a MaxResults that the operation does not take and for a token that was not given out.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination
 */
export function pageOf(
  member: string,
  items: readonly Wire[],
  { MaxResults, NextToken }: Wire,
  { min, max } = { min: 5, max: 1000 },
): Wire {
  if (MaxResults < min || MaxResults > max) {
    const bound = MaxResults < min ? `greater than ${min}` : `less than ${max}`
    const message = `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${bound}.`
    throw new AwsFault('InvalidParameterValue', message)
  }
  const asked = { maxResults: MaxResults, nextToken: NextToken }
  const { items: found, nextToken } = refuseAs('InvalidParameterValue', () => page(items, asked, { default: max, max }))
  return { [member]: found, NextToken: nextToken }
}

/** Refuses MaxResults beside ids: what is named comes in one page. */
export function checkPagesOrNames(
  names: readonly unknown[] | undefined,
  parameter: string,
  { MaxResults }: Wire,
): void {
  if (!names?.length || MaxResults === undefined) return
  const message = `The parameter ${parameter} cannot be used with the parameter maxResults`
  throw new AwsFault('InvalidParameterCombination', message)
}
