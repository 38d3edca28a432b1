import type { Document, Node, Scalar, YAMLMap } from 'yaml'
import { loadYaml } from './loadYaml.ts'
import type { Place, Written, WrittenMap } from './written.ts'

/** What a map needs from the reading of its file. */
interface Reading {
  readonly document: Document
  readonly report: (offset: number, sentence: string) => void
  readonly placeAt: (offset: number) => Place
  readonly writtenOf: (node: unknown, near: number) => Written
}

/** The entries of a map, its own before what `<<` merges into it. https://yaml.org/type/merge.html */
export function mapOf(map: YAMLMap, reading: Reading): WrittenMap['entries'] {
  const yaml = loadYaml()
  const { report, placeAt, writtenOf } = reading
  const entries = new Map<string, { place: Place; value: Written }>()
  const merged: Written[] = []
  for (const { key, value } of map.items) {
    const node = yaml.isAlias(key) ? key.resolve(reading.document) : key
    const offset = (key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0
    if (!yaml.isScalar(node) || node.value === null) {
      report(offset, 'must be a key, which is a text')
      continue
    }
    const name = keyOf(node)
    const written = writtenOf(value, node.range?.[1] ?? offset)
    if (name === '<<' && node.type === 'PLAIN') merged.push(...(written.kind === 'list' ? written.items : [written]))
    // The reader has reported it; the first one counts.
    else if (!entries.has(name)) entries.set(name, { place: placeAt(offset), value: written })
  }
  for (const one of merged) {
    if (one.kind === 'map') {
      for (const [name, entry] of one.entries) if (!entries.has(name)) entries.set(name, entry)
    } else if (one.kind !== 'wrong')
      report(map.range?.[0] ?? 0, '<< must be followed by an alias of a map, as in <<: *base')
  }
  return entries
}

/** A key as it is written: `80` is no number. */
function keyOf({ source, value }: Scalar): string {
  return source ?? (value as string | number | boolean).toString()
}
