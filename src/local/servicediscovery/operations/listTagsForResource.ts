// Returns the tags of a namespace or a service.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_ListTagsForResource.html
import { checkTagged } from '../tags.ts'
import type { Operation } from '../../world/operation.ts'

export const listTagsForResource: Operation = ({ ResourceARN }, { region }) => {
  checkTagged(region, ResourceARN)
  return { Tags: region.tags[ResourceARN] ?? [] }
}
