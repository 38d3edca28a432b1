// Finds the passwords that commands are given as arguments.
import { looksSecret } from './looksSecret.ts'
import { isPlain, isPlaceholder, isSwitch, looksRandom } from './ordinary.ts'
import { type Cut, placesOf } from './cuts.ts'

/** Between the words of a command: a blank, or what parts them in a list: in ours a line separator. */
const between = String.raw`(?:[ \t\u2028]+|["'],[ \t]*["'])`

/** An option of a long name and the word that follows it; `=` is an assignment. */
const long = new RegExp(String.raw`(?<=^|[\s"'\x60(=])--?([A-Za-z][\w.-]{1,60})${between}`, 'g')

/** One word, or several in quotes. */
const word = /(["'])((?:(?!\1)[^\\]|\\.)*)\1|[^\s"'`]+/y
const wordInList = /[^\u2028]+/y

/** `-pX` and `-p X` of any program, where X looks made by chance. */
const short = new RegExp(String.raw`(?<=^|[\s"'\x60])-p(?:${between})?([^\s"'\x60-][^\s"'\x60]{5,})`, 'g')

/** Programs whose short options are known: which one has a password, and how it is written there. */
const programs: readonly (readonly [program: string, password: RegExp])[] = [
  [String.raw`mysql\w*|mariadb[\w-]*`, /\s-p([^\s"'`]+)/],
  ['sshpass', /\s-p\s*([^\s"'`]+)/],
  ['login', /\s-p\s*([^\s"'`]+)/],
  [String.raw`mongo\w*`, /\s-p\s*([^\s"'`]+)/],
  ['redis-cli', /\s-a\s*([^\s"'`]+)/],
  ['curl|http|https|xh', /\s(?:-u|--user|-a|--auth|-U|--proxy-user)[\s=]*["']?[^\s:"'`]{0,128}:([^\s"'`]+)/],
  [String.raw`ldap\w+`, /\s-w\s*([^\s"'`]+)/],
  ['smbclient', /\s-U\s*[^\s%"'`]{1,128}%([^\s"'`]+)/],
  ['sqlcmd|bcp|unzip|zip', /\s-P\s*([^\s"'`]+)/],
  ['sqlplus', /\s[^\s/"'`]{1,128}\/([^\s@"'`]+)@/],
]
const anchor = new RegExp(
  String.raw`(?<=^|[\s"'\x60(/])(?:${programs.map(([name]) => `(${name})`).join('|')})(?=\s)`,
  'g',
)

/** A command ends here, and its options with it. */
const commandEnd = /[\n;|]|&&/

/** The passwords among the arguments of commands in a text. `isList` says that its words are parted by U+2028. */
export function secretOptions(text: string, isList = false): Cut[] {
  if (!/(?:^|[\s"'`(=])-|sqlplus/.test(text)) return []
  return [...longOptions(text, isList), ...shortOptions(text), ...knownPrograms(text)]
}

function longOptions(text: string, isList: boolean): Cut[] {
  const cuts: Cut[] = []
  for (const match of placesOf(long, text)) {
    const name = match[1]!
    if (!looksSecret(name) || /^(no|without)-/.test(name)) continue
    const at = match.index + match[0].length
    const form = isList ? wordInList : word
    form.lastIndex = at
    const [whole = '', quote = '', inQuotes] = form.exec(text) ?? []
    const secret = inQuotes ?? whole
    const start = at + quote.length
    // `--key id` and `--auth basic` say which one.
    const isName = /^(?:keys?|auth|seed|salt|cookies?)$/i.test(name) && isPlain(secret)
    if (
      secret === '' ||
      secret.startsWith('-') ||
      isSwitch(secret) ||
      isPlaceholder(secret) ||
      isName ||
      isReference(name, secret)
    )
      continue
    cuts.push({ start, end: start + secret.length, secret })
  }
  return cuts
}

function shortOptions(text: string): Cut[] {
  return placesOf(short, text)
    .map((match) => ({ match, secret: match[1]! }))
    .filter(({ secret }) => looksRandom(secret) && !/[:/]|^[A-Za-z]+\d+$/.test(secret))
    .map(({ match, secret }) => cutAt(match.index + match[0].length - secret.length, secret))
}

function knownPrograms(text: string): Cut[] {
  const found = placesOf(anchor, text)
  return found.flatMap((match, index) => {
    const program = match.slice(1).findIndex((group) => group !== undefined)
    const from = match.index + match[0].length
    const command = text
      .slice(from, Math.min(found[index + 1]?.index ?? text.length, from + 2000))
      .split(commandEnd, 1)[0]!
    const password = programs[program]?.[1].exec(command)
    const secret = password?.[1]
    if (!password || secret === undefined || isPlaceholder(secret)) return []
    const end = from + password.index + password[0].lastIndexOf(secret)
    return cutAt(end, secret)
  })
}

function cutAt(start: number, secret: string): Cut {
  return { start, end: start + secret.length, secret }
}

/** A reference to a secret, as our own `--secret APP=NAME=ARN` and that of `docker build` take one. */
function isReference(name: string, secret: string): boolean {
  return /(^|=)arn:/.test(secret) || (/^(?:log-)?secret$/.test(name) && /^[\w.-]+=?[\w.-]*[=:]/.test(secret))
}
