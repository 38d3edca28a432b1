import type { Place, Written } from './written.ts'

/**
 * What files say in the one form that all ways to write it share: everything is of its kind or `wrong`, names are keys of
 * maps, and commands are lists. `path` is where it stands, as in `services/web/ports/0`.
 */
export type Checked =
  | CheckedText
  | CheckedMap
  | CheckedList
  | { readonly kind: 'wrong'; readonly place: Place; readonly path: string }

export interface CheckedText {
  readonly kind: 'text'
  readonly place: Place
  readonly path: string
  readonly text: string
  /** The text with its variables not filled in, for sentences. */
  readonly shown: string
}

/** Its place is that of its key, if it has one. */
export interface CheckedMap {
  readonly kind: 'map'
  readonly place: Place
  readonly path: string
  readonly entries: ReadonlyMap<string, Checked>
}

export interface CheckedList {
  readonly kind: 'list'
  readonly place: Place
  readonly path: string
  readonly items: readonly Checked[]
}

/** What stands at a path below, as in `elb/ports/container`; also what is wrong, so that it does not count as missing. */
export function at(checked: Checked | undefined, path: string): Checked | undefined {
  let found = checked
  for (const key of path.split('/')) found = found?.kind === 'map' ? found.entries.get(key) : undefined
  return found
}

/** The text at a path; undefined where there is none, or what is there is wrong. */
export function textAt(checked: Checked | undefined, path: string): string | undefined {
  const found = at(checked, path)
  return found?.kind === 'text' ? found.text : undefined
}

/** The text at a path as a sentence may show it: with its variables not filled in. */
export function shownAt(checked: Checked | undefined, path: string): string | undefined {
  const found = at(checked, path)
  return found?.kind === 'text' ? found.shown : undefined
}

/** The number at a path; undefined where there is none, or what is there is wrong. */
export function numberAt(checked: Checked | undefined, path: string): number | undefined {
  const text = textAt(checked, path)
  return text === undefined ? undefined : Number(text)
}

/** The texts of the list at a path; none where there is none, and without what is wrong. */
export function textsAt(checked: Checked | undefined, path: string): CheckedText[] {
  return itemsAt(checked, path).filter((item) => item.kind === 'text')
}

/** The items of the list at a path, also those that are wrong. */
export function itemsAt(checked: Checked | undefined, path: string): readonly Checked[] {
  const found = at(checked, path)
  return found?.kind === 'list' ? found.items : []
}

/** The entries of the map at a path by name, also those that are wrong. */
export function entriesAt(checked: Checked | undefined, path: string): [name: string, entry: Checked][] {
  const found = path === '' ? checked : at(checked, path)
  return found?.kind === 'map' ? [...found.entries] : []
}

export function wrongAt(written: Written, path: string): Checked {
  return { kind: 'wrong', place: written.place, path }
}
