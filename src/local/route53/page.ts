// The size of a page of what Route 53 lists.
import { AwsFault } from '../world/fault.ts'

/** How many items an answer of Route 53 has, `most` unless less are asked for; whoever asks for more gets `most`. */
export function pageSize({ MaxItems }: { readonly MaxItems?: number | undefined }, most: number): number {
  if (MaxItems === undefined) return most
  if (!Number.isInteger(MaxItems) || MaxItems < 1) {
    throw new AwsFault('InvalidInput', `The value '${MaxItems}' of maxitems is not a whole number above 0.`)
  }
  return Math.min(MaxItems, most)
}
