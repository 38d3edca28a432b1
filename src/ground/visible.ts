// Text from elsewhere, made safe to print on a terminal.
import { stripVTControlCharacters } from 'node:util'

/** Control characters, invisible format characters (those that turn the writing direction among them), half surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu

/** Joins emoji into one and letters of Indic and Arabic scripts; without them names in those would be spoilt. */
const joiners = new Set(['\u200c', '\u200d'])

/**
 * What CI runners take for a command wherever it stands in a line: `##[error]` (GitHub, Azure), `##vso[task.setvariable]`
 * (Azure), `##teamcity[…]`, and GitLab's `section_start:`.
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
const anywhere = /(?<=#)(?=#\w{0,20}\[)|(?<=section_)(?=(?:start|end):\d)/gi

/** What GitHub takes for one at the start of a line, also behind blanks: `::set-output name=a::b`. */
const atTheStart = /(?<=^\s*:)(?=:)/u

/**
 * Text of others (names, AWS's messages, log lines) as one line that is safe on a terminal and in the log of a CI runner:
 * terminal sequences are gone, line breaks and tabs are spaces, whatever else is invisible is spelled out, `\u{202e}`, and
 * what a runner would take for a command has a space in it, `# #[error]`.
 */
export function visible(text: string): string {
  return inert(visibleInLine(text))
}

/** Escape with `[`, or the one character that stands for both: they begin what moves the cursor or sets a color. */
const introducers = ['\u001b\\[', '\u009b']

/** Such a sequence. Node's own pattern lets one go on to a bell, as if it set a title: a color, a word and a bell are one to it. */
const sequence = new RegExp(`(?:${introducers.join('|')})[0-?]*[ -/]*[@-~]`, 'g')

/** The same of text that something of ours stands in front of. */
export function visibleInLine(text: string): string {
  return stripVTControlCharacters(text.replace(sequence, ''))
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(unseen, (character) => (joiners.has(character) ? character : spelled(character)))
    .replace(anywhere, ' ')
}

/** A line that is put together of such texts: no command for a CI runner comes of it either. */
export function inert(line: string): string {
  return line.replace(anywhere, ' ').replace(atTheStart, ' ')
}

/**
 * The same for JSON, on one line or on several, whose data stays what it is: JSON has an escape of its own for every
 * character, and a line break between its tokens is never part of the data.
 */
export function visibleJson(json: string): string {
  return json
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => character.split('').map(escaped).join(''))
    .replace(/(?<=#)#(?=\w{0,20}\[)|(?<=section)_(?=(?:start|end):\d)/gi, escaped)
}

function spelled(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
