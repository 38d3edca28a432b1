/** HTML in which nothing of others is markup: whatever is put into a template is escaped, unless a template made it. */
import { visible } from '../../ground/visible.ts'

/** A piece of HTML that a template has made. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | undefined | false | readonly Part[]

const made = new WeakSet<object>()

/** A template: texts in it are escaped, in attributes too, whose values stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return trusted(
    strings.map((text, index) => withoutIndents(text) + (index < parts.length ? shown(parts[index]) : '')).join(''),
  )
}

/** Blanks at the beginning of lines are there for whoever reads the source. */
const withoutIndents = (text: string): string => text.replaceAll(/\n\s*/g, '\n')

/** Text of ours that is markup: the style and the script of the page. */
export function trusted(text: string): Html {
  const piece = Object.freeze({ html: text })
  made.add(piece)
  return piece
}

function shown(part: Part): string {
  if (part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(shown).join('')
  // An object that looks like a piece may come from a log.
  if (typeof part === 'object') return made.has(part) ? (part as Html).html : escaped(JSON.stringify(part))
  return escaped(String(part))
}

function escaped(text: string): string {
  const lines = text.split('\n').map(visible).join('\n')
  return lines.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
