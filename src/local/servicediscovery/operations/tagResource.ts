// Puts tags on a namespace or a service. https://docs.aws.amazon.com/cloud-map/latest/api/API_TagResource.html
import { checkTagged } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const tagResource: Operation = ({ ResourceARN, Tags }, { region }) => {
  checkTagged(region, ResourceARN)
  const kept = (region.tags[ResourceARN] ?? []).filter(({ Key }) => !Tags.some((tag: Wire) => tag.Key === Key))
  region.tags[ResourceARN] = [...kept, ...Tags]
  return {}
}
