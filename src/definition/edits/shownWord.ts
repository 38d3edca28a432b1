import { looksSecret } from '../secrets/looksSecret.ts'
import { hidden, redactText } from '../secrets/redactText.ts'

/**
 * A word of the command line that is not what it should be, as it can be shown: in quotes where they help, and without what
 * follows a name that looks secret, since the word may be a variable whose container was left out.
 */
export function shownWord(word: string): string {
  const parts = word.split('=')
  const secret = parts.slice(0, -1).findIndex(looksSecret)
  const open = secret < 0 ? redactText(word, () => {}) : `${parts.slice(0, secret + 1).join('=')}=${hidden}`
  return /^\S+$/.test(open) ? open : JSON.stringify(open)
}
