// Compares values that users have named.
import type { ValidatedNode } from './validatedNode.ts'
import type { Check, CheckContext } from './checkContext.ts'
import type { NamedShape } from './shape.ts'
import { type Place, quoted, type YamlNode, type MapNode } from './yamlNode.ts'

/** Compares values by name, written as a map or as a list of maps with one key, with the shape that each has. */
export function checkNamed(node: YamlNode, shape: NamedShape, context: CheckContext, check: Check): ValidatedNode {
  const { path, place, report } = context
  if (node.kind !== 'list' && node.kind !== 'map') {
    // What stands there may be a line of secrets.
    report(node.place, `${path}: must be a list of maps with one key, or a map, not a text`)
    return { kind: 'wrong', place, path }
  }
  const entries = new Map<string, ValidatedNode>()
  const seen = new Map<string, Place>()
  for (const [name, entry] of entriesOf(node, context)) {
    const below = `${path}/${nameIn(name)}`
    const earlier = seen.get(name)
    if (earlier) {
      report(entry.place, `${below}: is already there, in line ${earlier.line}`)
      continue
    }
    seen.set(name, entry.place)
    if (!shape.name.pattern.test(name)) {
      report(entry.place, `${below}: a name must be ${shape.name.must}`)
      entries.set(name, { kind: 'wrong', place: entry.place, path: below })
      continue
    }
    entries.set(name, check(entry.value, shape.of, { path: below, place: entry.place, report }))
  }
  return { kind: 'map', place, path, entries }
}

type Entries = [name: string, entry: { place: Place; value: YamlNode }][]

function entriesOf(node: Exclude<YamlNode, { kind: 'text' | 'nothing' | 'wrong' }>, context: CheckContext): Entries {
  const { path, report } = context
  if (node.kind === 'map') return [...node.entries]
  return node.items.flatMap((item, index): Entries => {
    const here = `${path}/${index}`
    if (item.kind === 'wrong') return []
    if (item.kind === 'map' && item.entries.size === 1) return [...item.entries]
    report(item.place, `${here}: ${item.kind === 'map' ? notOneKey(item) : notAMap(item)}`)
    // The name is there all the same, for whoever depends on it.
    const [first] = item.kind === 'map' ? item.entries : []
    return first ? [[first[0], { place: item.place, value: { kind: 'wrong', place: item.place } }]] : []
  })
}

/** The value is left out: it may be secret. */
function notAMap(item: YamlNode): string {
  const name = item.kind === 'text' ? /^([^=\s]+)=/.exec(item.shown)?.[1] : undefined
  if (name !== undefined) return `must be NAME: value, so write ${name}: in place of ${name}=`
  return 'must be a map with one key, as in "NAME: value"'
}

/** The usual cause is that what belongs to a name is not indented below it. */
function notOneKey({ entries }: MapNode): string {
  const names = [...entries.keys()]
  if (names.length === 0) return 'must be a map with one key, which is the name; it is empty'
  const [first = ''] = names
  const isBare = entries.get(first)?.value.kind === 'nothing'
  if (isBare)
    return `${nameIn(first)} and ${nameIn(names[1]!)} are side by side; indent what belongs to ${nameIn(first)} further than its name`
  return `must be a map with one key; begin each of ${names.map(nameIn).join(', ')} with "- "`
}

/** A name for a sentence. Where somebody has written a value into it, that is left out. */
function nameIn(name: string): string {
  const start = name.split('=')[0]!
  return start === name && /^\S+$/.test(name) ? name : quoted(start === name ? name : `${start}=…`)
}
