// Puts tags on load balancers, target groups, listeners and rules.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html
import type { AddTagsInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { checkTagged, checkTags, putTags } from '../tags.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const addTags: Operation<AddTagsInput, Nothing> = ({ ResourceArns, Tags }, { region }): Nothing => {
  for (const arn of ResourceArns) checkTagged(region, arn)
  checkTags(Tags)
  for (const arn of ResourceArns) putTags(region, arn, Tags)
  return {}
}
