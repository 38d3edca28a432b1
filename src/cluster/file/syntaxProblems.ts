// What YAML's reader finds wrong with a file, in words for people.
import type { Document, Scalar, YAMLError } from 'yaml'
import { loadYaml } from './loadYaml.ts'

/** What is wrong with the syntax of a file, and the offset where it is. */
interface SyntaxProblem {
  readonly offset: number
  readonly sentence: string
}

/**
 * What the reader says about a file, in words for whoever wrote it. After the first fault in the syntax nothing else can be
 * believed, so it stands alone; of keys that are there twice there may be many.
 */
export function syntaxProblems(document: Document.Parsed, source: string): SyntaxProblem[] {
  const faults = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0])
  const first = faults.find(({ code }) => !isHarmless(code))
  return (first ? [first] : faults).map((fault) => ({
    offset: offsetOf(fault, document),
    sentence: sentenceFor(fault, source),
  }))
}

/** Whether a fault leaves the rest of the file readable. */
export function isHarmless(code: YAMLError['code']): boolean {
  return code === 'DUPLICATE_KEY' || code === 'TAG_RESOLVE_FAILED'
}

/** The reader's own words speak of YAML's grammar, and quote the file. */
const sentences: Partial<Record<YAMLError['code'], string>> = {
  BAD_DQ_ESCAPE: 'the backslash begins no escape that YAML has; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation is off; all keys of a map begin in the same column',
  BAD_SCALAR_START: 'no text begins with this character; put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it must be in quotes; if this is a key, its indentation is off',
  BLOCK_IN_FLOW: 'a text with ": " in it must be in quotes',
  MISSING_CHAR: 'a key must be followed by ": " and its value',
  MULTILINE_IMPLICIT_KEY: 'this is neither a key nor a value of one; a key is followed by ": "',
  MULTIPLE_DOCS: 'a second document begins here; make it a file of its own, or take out the ---',
  TAB_AS_INDENT: 'there is a tab; YAML is indented with spaces',
  UNEXPECTED_TOKEN:
    'this does not belong here: a list and keys are side by side, or a text holds the quotes that it is in',
}

function sentenceFor({ code, message, pos }: YAMLError, source: string): string {
  const word = /^[^\s:,[\]{}]+/.exec(source.slice(pos[0]))?.[0] ?? 'this'
  if (code === 'DUPLICATE_KEY') return `${word} is in this map already; leave one of them out`
  if (code === 'TAG_RESOLVE_FAILED')
    return `${word} is a tag, which means nothing here; leave it out, or put the text in quotes`
  if (/missing closing/i.test(message)) return 'the quote that opens here is never closed'
  if (!/indented and end with/.test(message)) return sentences[code] ?? 'this is not YAML'
  return `a ${message.at(-1)} is missing before this, or this is not indented as far as what it belongs to`
}

/** A missing quote is noticed at the end of the file; what helps is where the text begins. */
function offsetOf(fault: YAMLError, document: Document.Parsed): number {
  if (!/missing closing/i.test(fault.message)) return fault.pos[0]
  let offset = fault.pos[0]
  loadYaml().visit(document, {
    Scalar(_key, node: Scalar) {
      if (node.type?.startsWith('QUOTE') && node.range && node.range[1] >= fault.pos[0]) offset = node.range[0]
    },
  })
  return offset
}
