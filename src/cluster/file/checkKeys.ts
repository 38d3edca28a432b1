import { nearest } from '../../ground/nearest.ts'
import type { Checked } from './checked.ts'
import { foreignKeys } from './keys/foreignKeys.ts'
import type { Check, Looking } from './looking.ts'
import type { Keys, KeysShape } from './shape.ts'
import { called, type Written } from './written.ts'

/** Compares a map with the keys that it may have. */
export function checkKeys(written: Written, shape: KeysShape, looking: Looking, check: Check): Checked {
  const { path, place, report } = looking
  if (written.kind !== 'map') {
    report(written.place, path ? `${path}: must be a map, not ${called(written)}; ${list(shape)}` : noFile(written))
    return { kind: 'wrong', place, path }
  }
  const entries = new Map<string, Checked>()
  const meant = new Map<string, Checked>()
  for (const [name, entry] of written.entries) {
    const below = path ? `${path}/${name}` : name
    const key = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined
    // A key that begins with x- is the user's own, for what anchors name.
    if (!key && name.startsWith('x-')) continue
    if (key) entries.set(name, check(entry.value, key.shape, { path: below, place: entry.place, report }))
    else {
      const proposal = meantBy(name, shape.keys)
      report(entry.place, `${below}: is not a key of ${shape.called}; ${proposal?.sentence ?? list(shape)}`)
      if (proposal) meant.set(proposal.key, { kind: 'wrong', place: entry.place, path: below })
    }
  }
  // What is misspelt is not missing.
  for (const [name, wrong] of meant) if (!entries.has(name)) entries.set(name, wrong)
  return { kind: 'map', place, path, entries }
}

/** The key that a name stands for that is none: a misspelling, another tool's, or a key of one of the maps below. */
function meantBy(name: string, keys: Keys): { key: string; sentence: string } | undefined {
  const known = Object.hasOwn(foreignKeys, name) ? foreignKeys[name] : undefined
  const key = known !== undefined && Object.hasOwn(keys, known) ? known : nearest(name, Object.keys(keys))
  if (key !== undefined) return { key, sentence: `did you mean ${key}?` }
  for (const [above, { shape }] of Object.entries(keys)) {
    const isBelow = shape.is === 'keys' && Object.hasOwn(shape.keys, name)
    if (isBelow) return { key: above, sentence: `it belongs below ${above}` }
  }
  return undefined
}

/** Few keys are told; of many, where they are. */
function list({ called: whose, keys }: KeysShape): string {
  const names = Object.keys(keys)
  return names.length <= 12
    ? `${whose} may have ${names.join(', ')}`
    : '`ecs-task init stack` writes a file with every key'
}

function noFile(written: Written): string {
  return `the file must be a map, not ${called(written)}; services are listed below the key services`
}
