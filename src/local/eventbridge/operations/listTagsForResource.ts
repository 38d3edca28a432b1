// Returns the tags of a rule or an event bus.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html
import { checkTagged } from '../tags.ts'
import type { Operation } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'

export const listTagsForResource: Operation = ({ ResourceARN }, { region }) => {
  checkTagged(region, ResourceARN)
  return { Tags: tagsOf(region, ResourceARN) }
}
