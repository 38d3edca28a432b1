// The form in which Route 53 keeps domain names.
/**
 * A domain name as Route 53 keeps it: in lower case, with a dot at its end, and every character but a to z, 0 to 9, hyphen
 * and underscore as an escape code of three octal digits. It may be given with or without the dot and the codes.
 * Answers the problem instead, in Route 53's words, when it is none.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function normalDomainName(given: string): { name: string } | { problem: string } {
  const problem = (code: string, text: string): { problem: string } => ({
    problem: `FATAL problem: ${code} (${text}) encountered with '${given}'`,
  })
  const labels: string[][] = [[]]
  for (const [character, code] of given.replace(/\.$/, '').matchAll(/\\([0-3][0-7]{2})|[\s\S]/g)) {
    if (character === '.') labels.push([])
    else if (code === undefined && !/[!-~]/.test(character)) {
      return problem('UnsupportedCharacter', 'Value contains unsupported characters')
    } else labels.at(-1)!.push(escaped(code === undefined ? character.charCodeAt(0) : Number.parseInt(code, 8)))
  }
  if (labels.some(({ length }) => length === 0)) return problem('DomainLabelEmpty', 'Domain label is empty')
  if (labels.some(({ length }) => length > 63)) return problem('DomainLabelTooLong', 'Domain label is too long')
  // Each label takes a byte more for its length, and so does the root.
  const length = labels.reduce((sum, label) => sum + label.length + 1, 1)
  if (length > 255) return problem('DomainNameTooLong', 'Domain name is too long')
  return { name: `${labels.map((label) => label.join('')).join('.')}.` }
}

function escaped(code: number): string {
  const character = String.fromCharCode(code).toLowerCase()
  return /[a-z0-9_-]/.test(character) ? character : `\\${code.toString(8).padStart(3, '0')}`
}

/** `www.example.com.` → `com.example.www.`: Route 53 sorts names by this. */
export const reversedName = (name: string): string => `${name.split('.').slice(0, -1).toReversed().join('.')}.`

/** Whether a name is that of a zone or below it; both as Route 53 keeps them. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`)
