import { checkTagged } from '../tags.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_UntagResource.html */
export const untagResource: Operation = ({ ResourceARN, TagKeys }, { region }) => {
  checkTagged(region, ResourceARN)
  region.tags[ResourceARN] = (region.tags[ResourceARN] ?? []).filter(({ Key }) => !TagKeys.includes(Key))
  return {}
}
