import type { Document, Node, Scalar } from 'yaml'
import { loadYaml } from './loadYaml.ts'
import { fillVariables } from './fillVariables.ts'
import { mapOf } from './mapOf.ts'
import { isHarmless, syntaxProblems } from './syntaxProblem.ts'
import type { Finding, Place, Written } from './written.ts'

/** More values than any stack has: an alias of aliases of aliases would fill the memory. */
const mostValues = 100_000

/**
 * What a file says, with every place in it, and the variables filled in from `env`. Undefined where the syntax is broken.
 * An empty file says nothing: an empty map.
 */
export function writtenFile(
  text: string,
  file: number,
  env: Readonly<Record<string, string | undefined>>,
): { written: Written | undefined; problems: Finding[] } {
  const yaml = loadYaml()
  const lines = new yaml.LineCounter()
  // A byte order mark, which some editors put first, is no part of the first line.
  const source = text.replace(/^\uFEFF/, '')
  const document = yaml.parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const problems: Finding[] = []

  function placeAt(offset: number): Place {
    // What is missing at the end is missing after the last character, not after the blanks that follow it.
    const { line, col } = lines.linePos(Math.min(offset, source.trimEnd().length))
    return { file, line, column: col }
  }
  const report = (offset: number, sentence: string): void => void problems.push({ place: placeAt(offset), sentence })

  for (const { offset, sentence } of syntaxProblems(document, source)) report(offset, sentence)
  if (document.errors.some(({ code }) => !isHarmless(code))) return { written: undefined, problems }

  let values = 0
  const above = new Set<unknown>()

  /** `node` may be an alias, whose place is the one of what it stands for. */
  function writtenOf(node: unknown, near: number): Written {
    const found = followed(node, document, report)
    const offset = (found as Node | null)?.range?.[0] ?? near
    const place = placeAt(offset)
    if (above.has(found)) report(offset, 'this contains itself: an alias cannot stand inside of what it stands for')
    else if (++values === mostValues) report(offset, 'this is more than any stack holds: its aliases repeat each other')
    if (found === undefined || above.has(found) || values >= mostValues) return { kind: 'wrong', place }
    if (yaml.isScalar(found) && found.value !== null) return textOf(found, offset, place)
    if (!yaml.isMap(found) && !yaml.isSeq(found)) return { kind: 'nothing', place }
    above.add(found)
    const written: Written = yaml.isMap(found)
      ? { kind: 'map', place, entries: mapOf(found, { document, report, placeAt, writtenOf }) }
      : { kind: 'list', place, items: found.items.map((item) => writtenOf(item, offset)) }
    above.delete(found)
    return written
  }

  function textOf(scalar: Scalar, offset: number, place: Place): Written {
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

  const root = writtenOf(document.contents, 0)
  return { written: root.kind === 'nothing' ? { kind: 'map', place: root.place, entries: new Map() } : root, problems }
}

/** What an alias stands for; anything else as it is. Undefined where it stands for nothing, which is reported. */
function followed(node: unknown, document: Document, report: (offset: number, sentence: string) => void): unknown {
  if (!loadYaml().isAlias(node)) return node
  const found = node.resolve(document)
  if (found === undefined) {
    report(node.range?.[0] ?? 0, `*${node.source} stands for nothing; no &${node.source} is above it`)
  }
  return found
}
