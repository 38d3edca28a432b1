// Parts of a text that are not to be shown, and the text without them.

/** What stands where a secret stood. */
export const hidden = '•••'

/** A part of a text; `secret` is what was found there, where that is known to be one elsewhere, too. */
export interface Cut {
  readonly start: number
  readonly end: number
  readonly secret?: string
}

/**
 * Every place where a form stands in a text. `matchAll` makes a new regular expression of the form for each text, which takes longer
 * than to search most of them.
 */
export function placesOf(form: RegExp, text: string): RegExpExecArray[] {
  const places: RegExpExecArray[] = []
  form.lastIndex = 0
  for (let place = form.exec(text); place; place = form.exec(text)) {
    places.push(place)
    if (place[0] === '') form.lastIndex += 1
  }
  return places
}

/** The text with `•••` in place of each part; what overlaps becomes one. */
export function without(text: string, cuts: readonly Cut[]): string {
  if (cuts.length === 0) return text
  let shown = ''
  let at = 0
  let isOpen = false
  for (const { start, end } of cuts.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    if (start >= at || !isOpen) {
      shown += text.slice(at, start) + hidden
      isOpen = true
    }
    at = Math.max(at, end)
  }
  return shown + text.slice(at)
}
