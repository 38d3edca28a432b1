// Removes tags from load balancers, target groups, listeners and rules.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveTags.html
import type { RemoveTagsInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { checkTagged } from '../tags.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { takeTags } from '../../world/tags.ts'

export const removeTags: Operation<RemoveTagsInput, Nothing> = ({ ResourceArns, TagKeys }, { region }): Nothing => {
  for (const arn of ResourceArns) checkTagged(region, arn)
  for (const arn of ResourceArns) takeTags(region, arn, TagKeys)
  return {}
}
