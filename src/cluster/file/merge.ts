// Merges what a later file says into an earlier one.
import type { ValidatedNode } from './validatedNode.ts'
import type { Shape } from './shape.ts'

/**
 * What a file says together with what a later one does, or defaults together with what a service says of its own: maps merge
 * key by key, and of everything else, lists too, the later counts. Every value keeps its place.
 */
export function merge(earlier: ValidatedNode, later: ValidatedNode, shape: Shape): ValidatedNode {
  if (earlier.kind !== 'map' || later.kind !== 'map') return later
  const entries = new Map(earlier.entries)
  for (const [name, entry] of later.entries) {
    const before = entries.get(name)
    const below = shapeOf(name, shape)
    entries.set(name, before && below ? merge(before, entry, below) : entry)
  }
  return { ...later, entries }
}

/** The shape of what a map holds under a name; undefined where the later takes the place of all of it. */
function shapeOf(name: string, shape: Shape): Shape | undefined {
  if (shape.is === 'named') return shape.of
  if (shape.is !== 'keys') return undefined
  const key = shape.keys[name]
  return key?.overwrites ? undefined : key?.shape
}
