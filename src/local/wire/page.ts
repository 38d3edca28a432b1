// Pages of a list.
import { AwsFault } from '../world/fault.ts'

/**
 * One page of a list, and the opaque token of the next one when there is more. A token that was not given out here is
 * refused, and so is a page size outside of 1 to `max`.
 */
export function page<Item>(
  items: readonly Item[],
  asked: { maxResults?: number | undefined; nextToken?: string | undefined },
  size: { default: number; max: number },
): { items: Item[]; nextToken?: string } {
  const { maxResults = size.default, nextToken } = asked
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > size.max) {
    throw new AwsFault('InvalidParameterException', `maxResults must be a whole number between 1 and ${size.max}.`)
  }
  const from = nextToken === undefined ? 0 : positionIn(nextToken)
  const to = from + maxResults
  return { items: items.slice(from, to), ...(to < items.length && { nextToken: tokenAt(to) }) }
}

const tokenAt = (position: number): string => Buffer.from(`from ${position}`).toString('base64url')

function positionIn(token: string): number {
  const position = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (position === undefined) throw new AwsFault('InvalidParameterException', 'Invalid token')
  return Number(position)
}
