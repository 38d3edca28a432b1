import type { Wire } from '../world/operation.ts'

/** A tag of a group, as it is kept and shown. */
export const groupTag = (group: string, { Key, Value = '', PropagateAtLaunch = false }: Wire): Wire => ({
  ResourceId: group,
  ResourceType: 'auto-scaling-group',
  Key,
  Value,
  PropagateAtLaunch,
})

/** The tags with those put on; a key that is there already gets the new value. */
export const withTag = (tags: readonly Wire[], tag: Wire): Wire[] => [
  ...tags.filter(({ Key }) => Key !== tag.Key),
  groupTag(tag.ResourceId, tag),
]
