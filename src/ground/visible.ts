// Text from elsewhere, made safe to print on a terminal.
import { stripVTControlCharacters } from 'node:util'

/** Control characters, invisible format characters (those that turn the writing direction among them), half surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu

/** Joins emoji into one and letters of Indic and Arabic scripts; without them names in those would be spoilt. */
const joiners = new Set(['\u200c', '\u200d'])

/**
 * Text of others (names, AWS's messages, log lines) as one line that is safe on a terminal: terminal sequences are gone,
 * line breaks and tabs are spaces, and whatever else is invisible is spelled out, `\u{202e}`.
 */
export function visible(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(unseen, (character) => (joiners.has(character) ? character : spelled(character)))
}

/**
 * The same for JSON, on one line or on several, whose data stays what it is: JSON has an escape of its own for every
 * character, and a line break between its tokens is never part of the data.
 */
export function visibleJson(json: string): string {
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) =>
    character.split('').map(escaped).join(''),
  )
}

function spelled(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
