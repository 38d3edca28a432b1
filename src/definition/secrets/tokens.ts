// Finds well-known forms of tokens in texts.
import { looksRandom } from './ordinary.ts'
import { tokenForms } from './tokenForms.ts'
import { type Cut, placesOf } from './cuts.ts'

/** Compiled when the first text is searched. A token begins where no letter, digit or `_` stands before it. */
let forms: RegExp | undefined

/** The words before what a header says, which also begin sentences: only what looks made by chance is meant. */
const bearer = /\b(?:bearer|basic)(?:[ \t]|%20|\+){1,4}([\w.~+/-]{8,}={0,2})/gi

/** The tokens of a text that can be told by their forms. */
export function tokensIn(text: string): Cut[] {
  // No form is shorter.
  if (text.length < 14) return []
  forms ??= new RegExp(`(?<![A-Za-z0-9_])(?:${tokenForms.map(([, form]) => form).join('|')})`, 'g')
  const cuts = placesOf(forms, text).map(({ index, 0: secret }) => cutAt(index, secret))
  for (const match of placesOf(bearer, text)) {
    const secret = match[1]!
    if (looksRandom(secret) || /^[A-Za-z0-9+/]{6,}={1,2}$/.test(secret)) {
      cuts.push(cutAt(match.index + match[0].length - secret.length, secret))
    }
  }
  return cuts
}

function cutAt(start: number, secret: string): Cut {
  return { start, end: start + secret.length, secret }
}
