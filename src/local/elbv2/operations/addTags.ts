// Puts tags on load balancers, target groups, listeners and rules.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html
import { checkTagged, checkTags, putTags } from '../tags.ts'
import type { Operation } from '../../world/operation.ts'

export const addTags: Operation = ({ ResourceArns, Tags }, { region }) => {
  for (const arn of ResourceArns) checkTagged(region, arn)
  checkTags(Tags)
  for (const arn of ResourceArns) putTags(region, arn, Tags)
  return {}
}
