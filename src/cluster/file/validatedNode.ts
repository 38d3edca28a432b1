// Nodes of stack files that have been compared with their shapes, and how to find them by path.
import type { Place, YamlNode } from './yamlNode.ts'

/**
 * What files say in the one form that all ways to write it share: everything is of its kind or `wrong`, names are keys of
 * maps, and commands are lists. `path` is where it stands, as in `services/web/ports/0`.
 */
export type ValidatedNode =
  | ValidatedText
  | ValidatedMap
  | ValidatedList
  | { readonly kind: 'wrong'; readonly place: Place; readonly path: string }

export interface ValidatedText {
  readonly kind: 'text'
  readonly place: Place
  readonly path: string
  readonly text: string
  /** The text with its variables not filled in, for sentences. */
  readonly shown: string
}

/** Its place is that of its key, if it has one. */
interface ValidatedMap {
  readonly kind: 'map'
  readonly place: Place
  readonly path: string
  readonly entries: ReadonlyMap<string, ValidatedNode>
}

interface ValidatedList {
  readonly kind: 'list'
  readonly place: Place
  readonly path: string
  readonly items: readonly ValidatedNode[]
}

/** What stands at a path below, as in `elb/ports/container`; also what is wrong, so that it does not count as missing. */
export function at(node: ValidatedNode | undefined, path: string): ValidatedNode | undefined {
  let found = node
  for (const key of path.split('/')) found = found?.kind === 'map' ? found.entries.get(key) : undefined
  return found
}

/** The text at a path; undefined where there is none, or what is there is wrong. */
export function textAt(node: ValidatedNode | undefined, path: string): string | undefined {
  const found = at(node, path)
  return found?.kind === 'text' ? found.text : undefined
}

/** The text at a path as a sentence may show it: with its variables not filled in. */
export function shownAt(node: ValidatedNode | undefined, path: string): string | undefined {
  const found = at(node, path)
  return found?.kind === 'text' ? found.shown : undefined
}

/** The number at a path; undefined where there is none, or what is there is wrong. */
export function numberAt(node: ValidatedNode | undefined, path: string): number | undefined {
  const text = textAt(node, path)
  return text === undefined ? undefined : Number(text)
}

/** The texts of the list at a path; none where there is none, and without what is wrong. */
export function textsAt(node: ValidatedNode | undefined, path: string): ValidatedText[] {
  return itemsAt(node, path).filter((item) => item.kind === 'text')
}

/** The texts of a list; undefined where there is no list. */
export function wordsAt(node: ValidatedNode | undefined, path: string): string[] | undefined {
  return at(node, path) && textsAt(node, path).map(({ text }) => text)
}

/** Whether there is `true` at a path; `otherwise` where there is nothing. */
export function flagAt(node: ValidatedNode | undefined, path: string, otherwise: boolean): boolean {
  const text = textAt(node, path)
  return text === undefined ? otherwise : text === 'true'
}

/** The items of the list at a path, also those that are wrong. */
export function itemsAt(node: ValidatedNode | undefined, path: string): readonly ValidatedNode[] {
  const found = at(node, path)
  return found?.kind === 'list' ? found.items : []
}

/** The entries of the map at a path by name, also those that are wrong. */
export function entriesAt(node: ValidatedNode | undefined, path: string): [name: string, entry: ValidatedNode][] {
  const found = path === '' ? node : at(node, path)
  return found?.kind === 'map' ? [...found.entries] : []
}

export function wrongAt(node: YamlNode, path: string): ValidatedNode {
  return { kind: 'wrong', place: node.place, path }
}
