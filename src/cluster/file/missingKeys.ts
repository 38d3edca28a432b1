import type { Checked } from './checked.ts'
import type { Shape } from './shape.ts'
import type { Finding } from './written.ts'

/** What a map is nothing without and does not have, when all files have been merged. */
export function missingKeys(checked: Checked, shape: Shape): Finding[] {
  if (checked.kind === 'list' && shape.is === 'list')
    return checked.items.flatMap((item) => missingKeys(item, shape.of))
  if (checked.kind !== 'map') return []
  if (shape.is === 'named') return [...checked.entries.values()].flatMap((entry) => missingKeys(entry, shape.of))
  if (shape.is !== 'keys') return []
  return Object.entries(shape.keys).flatMap(([name, key]) => {
    const entry = checked.entries.get(name)
    if (entry) return missingKeys(entry, key.shape)
    if (!key.isNeeded) return []
    const sentence = `${checked.path}/${name}: is missing; ${shape.called} needs it`
    return [{ place: checked.place, sentence }]
  })
}
