// Puts tags on a hosted zone and removes others.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html
import type { ChangeTagsForResourceRequest } from '@aws-sdk/client-route-53'
import { AwsFault } from '../../world/fault.ts'
import { taggedHostedZone } from '../hostedZone.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

/** A resource of Route 53 has ten tags at most. */
const mostTags = 10

export const changeTagsForResource: Operation<ChangeTagsForResourceRequest, Nothing> = (input, { global }): Nothing => {
  const { ResourceType, ResourceId, AddTags = [], RemoveTagKeys = [] } = input
  const id = taggedHostedZone(global, ResourceType, ResourceId)
  if (AddTags.length + RemoveTagKeys.length === 0) {
    throw new AwsFault('InvalidInput', 'There are no tags to add and no keys to remove.')
  }
  const added = AddTags.map(({ Key = '', Value = '' }) => ({ Key, Value }))
  if (added.some(({ Key }) => Key === '')) throw new AwsFault('InvalidInput', 'A tag has a key.')
  const gone = [...RemoveTagKeys, ...added.map(({ Key }) => Key)]
  const tags = [...(global.tags[id] ?? []).filter(({ Key = '' }) => !gone.includes(Key)), ...added]
  if (tags.length > mostTags) throw new AwsFault('InvalidInput', `A resource has at most ${mostTags} tags.`)
  global.tags[id] = tags
  return {}
}
