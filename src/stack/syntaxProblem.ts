import type { Document, Scalar, YAMLError } from 'yaml'
import { loadYaml } from '../lazy.ts'

/** What is wrong with the syntax of a file, and the offset where it is. */
export interface SyntaxProblem {
  readonly offset: number
  readonly sentence: string
}

/**
 * What the reader says about a file, in words for whoever wrote it. After the first fault in the syntax nothing else can be
 * believed, so it stands alone; of keys that are there twice there may be many.
 */
export function syntaxProblems(document: Document.Parsed): SyntaxProblem[] {
  const faults = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0])
  const first = faults.find(({ code }) => !isHarmless(code))
  return (first ? [first] : faults).map((fault) => ({
    offset: offsetOf(fault, document),
    sentence: sentenceFor(fault),
  }))
}

/** Whether a fault leaves the rest of the file readable. */
export function isHarmless(code: YAMLError['code']): boolean {
  return code === 'DUPLICATE_KEY' || code === 'TAG_RESOLVE_FAILED'
}

/** The reader's own words speak of YAML's grammar, and quote the file. */
const sentences: Partial<Record<YAMLError['code'], string>> = {
  BAD_DQ_ESCAPE: 'is no escape that YAML has; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'is not indented as what it belongs to; keys of one map begin in one column',
  BAD_SCALAR_START: 'is a character that no text begins with; put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'is indented as no other line is, or holds ": "; put a text with ": " in quotes',
  BLOCK_IN_FLOW: 'stands inside brackets and holds ": "; put it in quotes',
  DUPLICATE_KEY: 'the key is there already in the same map; leave one',
  MISSING_CHAR: 'must be followed by ": " and a value',
  MULTILINE_IMPLICIT_KEY: 'is neither a key nor a value; a key is followed by ": "',
  MULTIPLE_DOCS: 'begins a second document; a stack is one, so leave out the ---, or make it a file of its own',
  TAB_AS_INDENT: 'is a tab; YAML is indented with spaces',
  TAG_RESOLVE_FAILED: 'is a tag, which means nothing here; put the text in quotes, or leave it out',
  UNEXPECTED_TOKEN: 'does not belong here; put a text that holds quotes, or a list beside a map, right',
}

function sentenceFor({ code, message }: YAMLError): string {
  if (/missing closing/i.test(message)) return 'begins a text whose closing quote is missing'
  if (/sufficiently indented and end with/.test(message))
    return `a ${message.at(-1)} is missing before this, or this is not indented as far as what it belongs to`
  return sentences[code] ?? 'is not YAML'
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
