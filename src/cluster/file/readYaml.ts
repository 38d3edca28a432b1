// Reads YAML into nodes that know their places, with aliases followed and variables filled in.
import type { Document, Node, Scalar, YAMLMap } from 'yaml'
import { fillVariables } from './fillVariables.ts'
import { loadYaml } from './loadYaml.ts'
import { isHarmless, syntaxProblems } from './syntaxProblems.ts'
import type { Finding, MapNode, Place, YamlNode } from './yamlNode.ts'

/** How many values aliases may repeat, beside ten times those that are written: an alias of aliases would fill the memory. */
const mostRepeated = 100_000

/**
 * What a file says, with every place in it, and the variables filled in from `env`. Undefined where the syntax is broken.
 * An empty file says nothing: an empty map.
 */
export function readYaml(
  text: string,
  file: number,
  env: Readonly<Record<string, string | undefined>>,
): { node: YamlNode | undefined; problems: Finding[] } {
  const yaml = loadYaml()
  const lines = new yaml.LineCounter()
  // A byte order mark, which some editors put first, is no part of the first line.
  const source = text.replace(/^\uFEFF/, '')
  const document = yaml.parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const problems: Finding[] = []

  const end = source.trimEnd().length
  function placeAt(offset: number): Place {
    // What is missing at the end is missing after the last character, not after the blanks that follow it.
    const { line, col } = lines.linePos(Math.min(offset, end))
    return { file, line, column: col }
  }
  const report = (offset: number, sentence: string): void => void problems.push({ place: placeAt(offset), sentence })

  for (const { offset, sentence } of syntaxProblems(document, source)) report(offset, sentence)
  if (document.errors.some(({ code }) => !isHarmless(code))) return { node: undefined, problems }

  const anchors = anchorsOf(document)
  const values = { written: 0, repeated: 0, isRepeating: false }
  const above = new Set<unknown>()

  /** `given` may be an alias, whose place is the one of what it stands for. */
  function nodeOf(given: unknown, near: number): YamlNode {
    const found = followed(given, anchors, report)
    const offset = (found as Node | null)?.range?.[0] ?? near
    const place = placeAt(offset)
    if (above.has(found)) report(offset, 'this contains itself: an alias cannot stand inside of what it stands for')
    const isAlias = given !== found
    const isTooMuch = isMore(isAlias)
    if (isTooMuch === 'now') report(offset, 'this is more than any stack holds: its aliases repeat each other')
    if (found === undefined || above.has(found) || isTooMuch) return { kind: 'wrong', place }
    if (yaml.isScalar(found) && found.value !== null) return textOf(found, offset, place)
    if (!yaml.isMap(found) && !yaml.isSeq(found)) return { kind: 'nothing', place }
    above.add(found)
    const wasRepeating = values.isRepeating
    values.isRepeating ||= isAlias
    const node: YamlNode = yaml.isMap(found)
      ? { kind: 'map', place, entries: mapOf(found, { anchors, report, placeAt, nodeOf }) }
      : { kind: 'list', place, items: found.items.map((item) => nodeOf(item, offset)) }
    above.delete(found)
    values.isRepeating = wasRepeating
    return node
  }

  /** Counts a value; says whether aliases have repeated too much by now, and whether that is new. */
  function isMore(isAlias: boolean): 'now' | 'still' | undefined {
    const [counted, most] = [isAlias || values.isRepeating, mostRepeated + 10 * values.written]
    if (values.repeated >= most) return 'still'
    if (!counted) values.written++
    return counted && ++values.repeated >= most ? 'now' : undefined
  }

  function textOf(scalar: Scalar, offset: number, place: Place): YamlNode {
    const shown = scalar.source ?? String(scalar.value)
    const before = problems.length
    const filled = fillVariables(shown, env, (sentence, dollar) => report(dollarAt(scalar, offset, dollar), sentence))
    return problems.length > before ? { kind: 'wrong', place } : { kind: 'text', place, text: filled, shown }
  }

  /** Where a `$` of a text stands: the reader knows where the text begins, not where its characters are. */
  function dollarAt(scalar: Scalar, offset: number, dollar: number): number {
    const parts = source.slice(offset, scalar.range?.[1]).split('$')
    return dollar < parts.length - 1 ? offset + parts.slice(0, dollar + 1).join('$').length : offset
  }

  const root = nodeOf(document.contents, 0)
  return { node: root.kind === 'nothing' ? { kind: 'map', place: root.place, entries: new Map() } : root, problems }
}

/** What each alias stands for: the last of its name above it. */
type Anchors = ReadonlyMap<unknown, Node>

/** Found in one walk; to ask each alias takes a walk for each. */
function anchorsOf(document: Document): Anchors {
  const byName = new Map<string, Node>()
  const anchors = new Map<unknown, Node>()
  loadYaml().visit(document, {
    Node(_key, node) {
      if (loadYaml().isAlias(node)) {
        const found = byName.get(node.source)
        if (found) anchors.set(node, found)
      } else if (node.anchor) byName.set(node.anchor, node)
    },
  })
  return anchors
}

/** What an alias stands for; anything else as it is. Undefined where it stands for nothing, which is reported. */
function followed(node: unknown, anchors: Anchors, report: (offset: number, sentence: string) => void): unknown {
  if (!loadYaml().isAlias(node)) return node
  const found = anchors.get(node)
  if (found === undefined) {
    report(node.range?.[0] ?? 0, `*${node.source} stands for nothing; no &${node.source} is above it`)
  }
  return found
}

/** What a map needs from the reading of its file. */
interface Reading {
  readonly anchors: Anchors
  readonly report: (offset: number, sentence: string) => void
  readonly placeAt: (offset: number) => Place
  readonly nodeOf: (node: unknown, near: number) => YamlNode
}

/** The entries of a map, its own before what `<<` merges into it. https://yaml.org/type/merge.html */
function mapOf(map: YAMLMap, reading: Reading): MapNode['entries'] {
  const yaml = loadYaml()
  const { report, placeAt, nodeOf } = reading
  const entries = new Map<string, { place: Place; value: YamlNode }>()
  const merged: YamlNode[] = []
  for (const { key, value } of map.items) {
    const node = yaml.isAlias(key) ? reading.anchors.get(key) : key
    const offset = (key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0
    if (!yaml.isScalar(node) || node.value === null) {
      report(offset, 'must be a key, which is a text')
      continue
    }
    const name = keyOf(node)
    const found = nodeOf(value, node.range?.[1] ?? offset)
    if (name === '<<' && node.type === 'PLAIN') merged.push(...(found.kind === 'list' ? found.items : [found]))
    // The reader has reported it; the first one counts.
    else if (!entries.has(name)) entries.set(name, { place: placeAt(offset), value: found })
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
