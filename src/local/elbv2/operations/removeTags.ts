import { checkTagged } from '../tags.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveTags.html */
export const removeTags: Operation = ({ ResourceArns, TagKeys }, { region }) => {
  for (const arn of ResourceArns) checkTagged(region, arn)
  for (const arn of ResourceArns) {
    region.tags[arn] = (region.tags[arn] ?? []).filter(({ Key }) => !TagKeys.includes(Key))
  }
  return {}
}
