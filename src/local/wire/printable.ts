/** Control and format characters, and halves of surrogate pairs: what a terminal obeys, or shows as something else. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu

/** Text of a request as it may stand in a log or on a terminal: what cannot be seen is spelled out, and the end of a long one left out. */
export function printable(text: string, most = 200): string {
  const short = text.length > most ? `${text.slice(0, most)}…` : text
  return short.replace(unseen, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
}
