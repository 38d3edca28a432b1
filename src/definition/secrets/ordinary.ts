// Tells words, numbers and places from what somebody or something has made up to be kept secret.

/**
 * Which letters follow each letter in English words and in those of our trade, `$` being a word's end and the first row its
 * beginning: of 58,000 words 98 in 100 are made of them, of 8 letters by chance 7 in 100.
 */
const followers = new Map(
  (
    '^abcdefghijklmnopqrstuvwxyz a$bcdefghijklmnpqrstuvwxyz b$abcdehijlmnorstuy c$acehikloqrstuy d$abcdefghijlmnoprstuvwy ' +
    'e$abcdefghijklmnopqrstuvwxyz f$aefilorstuy g$adeghilmnorstuy h$abefilmnorstuwy i$abcdefghklmnopqrstuvxz jaeiou ' +
    'k$abefghilmnoprstuwy l$abcdefghiklmnoprstuvwy m$abefilmnopsuy n$abcdefghijklmnopqrstuvwyz o$abcdefghijklmnopqrstuvwxyz ' +
    'p$abdehilmoprstuwy qu r$abcdefghijklmnoprstuvwy s$abcdefghiklmnopqrstuwy t$abcdefghilmnoprstuwyz u$abcdefgiklmnoprstvxz ' +
    'vaeiouy w$abdehiklnors x$acehioptuy y$abcdefghilmnoprstw z$aeiloyz'
  )
    .split(' ')
    .map((row) => [row[0]!, row.slice(1)]),
)

/** One word as it may stand in any sentence: `production`, `Hunter`, `STAGING`. */
export function isWord(text: string): boolean {
  if (text.length > 14 || !/^(?:[A-Za-z]?[a-z]+|[A-Z]+)$/.test(text)) return false
  let last = '^'
  for (const letter of `${text.toLowerCase()}$`) {
    if (!followers.get(last)?.includes(letter)) return false
    last = letter
  }
  return true
}

/** What says yes, no or nothing: hidden, it would only puzzle. */
export function isSwitch(text: string): boolean {
  return /^(?:|true|false|yes|no|on|off|null|none|nil|undefined)$/i.test(text)
}

/** Where a value will be, not one: `$PASSWORD`, `${{ secrets.KEY }}`, `<token>`, `{{ key }}`, `****`. */
export function isPlaceholder(text: string): boolean {
  return /^(?:\$(?:\w+|\{[^}]*\}*|\(.*\))|<[^<>]*>|\{\{.*\}\}|%\w+%|[*•.…]+|x{3,})$/.test(text)
}

/**
 * Whether a text is what one reads in any configuration: a word or a few, a number, a size, a date, a version, an id, a path,
 * a host, an ARN, an address without a password.
 */
export function isPlain(text: string): boolean {
  if (text.length > longestPlain) return false
  if (isSwitch(text) || isPlaceholder(text) || plainForms.test(text)) return true
  // Words, with numbers between or behind them: my-cluster-2, HS256, aws:kms, refresh_token.
  const parts = text.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[\s._:/,;@-]+/)
  return parts.every((part) => /^\d{0,4}$/.test(part) || isWord(part.replace(/\d{1,3}$/, '')))
}

const longestPlain = 1000

const plainForms = new RegExp(
  `^(?:${[
    String.raw`[+-]?\d[\d.,_]*\s?[a-zA-Z%]{0,3}`,
    String.raw`\d{4}-\d\d-\d\d(?:[T ][\d:.,+Z-]*)?`,
    String.raw`v?\d+(?:\.\d+)+(?:[-+][a-z]+\.?\d*)?`,
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    String.raw`arn:[\w-]+:[\w-]+:\S*`,
    String.raw`[a-z][a-z0-9+.-]*://[^\s@]*`,
    String.raw`(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:/[^\s@]*)?`,
    String.raw`(?:~|\.{1,2})?/[\w./-]*`,
    String.raw`[A-Za-z]:\\[\w.\\ -]*`,
    String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`,
  ].join('|')})$`,
)

/** Whether nothing but chance would have made this text: long enough, no blanks, and nothing that is plain. */
export function looksRandom(text: string): boolean {
  return text.length >= 8 && !/\s/.test(text) && new Set(text).size >= 6 && !isPlain(text)
}
