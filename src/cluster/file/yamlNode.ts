// The nodes of a YAML file, each with its place, and what was found wrong at one.
/** A place in one of the files; lines and columns count from 1. */
export interface Place {
  /** The index of the file among those that are read. */
  readonly file: number
  readonly line: number
  readonly column: number
}

/** What was found at a place: a sentence without the place, which `readStack` puts in front. */
export interface Finding {
  readonly place: Place
  readonly sentence: string
}

/** What a file says, each value with its place: YAML without its syntax, aliases followed and variables filled in. */
export type YamlNode = TextNode | NothingNode | MapNode | ListNode | WrongNode

/** Anything that is neither a map nor a list: numbers and the like keep the text that they were written with. */
interface TextNode {
  readonly kind: 'text'
  readonly place: Place
  readonly text: string
  /** The text with its variables not filled in, which is all that a sentence may show: values may be secret. */
  readonly shown: string
}

/** A key without a value. */
interface NothingNode {
  readonly kind: 'nothing'
  readonly place: Place
}

export interface MapNode {
  readonly kind: 'map'
  readonly place: Place
  readonly entries: ReadonlyMap<string, { readonly place: Place; readonly value: YamlNode }>
}

interface ListNode {
  readonly kind: 'list'
  readonly place: Place
  readonly items: readonly YamlNode[]
}

/** What was reported already, so that nobody takes it for missing or reports it again. */
interface WrongNode {
  readonly kind: 'wrong'
  readonly place: Place
}

/** What a value is called in a sentence. */
export function called(node: YamlNode): string {
  if (node.kind === 'text') return quoted(node.shown)
  return { nothing: 'nothing', map: 'a map', list: 'a list', wrong: 'that' }[node.kind]
}

/** A text in quotes, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
}
