// Returns the tags of a hosted zone.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResource.html
import { taggedHostedZone } from '../hostedZone.ts'
import type { Operation } from '../../world/operation.ts'

export const listTagsForResource: Operation = ({ ResourceType, ResourceId }, { global }) => {
  const id = taggedHostedZone(global, ResourceType, ResourceId)
  return { ResourceTagSet: { ResourceType, ResourceId, Tags: global.tags[id] ?? [] } }
}
