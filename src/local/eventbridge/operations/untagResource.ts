// Removes tags from a rule or an event bus.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html
import { checkTagged } from '../tags.ts'
import type { Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'

export const untagResource: Operation = ({ ResourceARN, TagKeys }, { region }) => {
  checkTagged(region, ResourceARN)
  takeTags(region, ResourceARN, TagKeys)
  return {}
}
