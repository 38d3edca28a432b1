// Finds values that are known to be secret in any text, however they are written there.
import { type Cut, placesOf } from './cuts.ts'
import { decodings } from './decodings.ts'
import { isPlaceholder, isPlain, isSwitch, isWord } from './ordinary.ts'

/** Shorter secrets are hidden at their own places only: elsewhere they would be found in half of all words. */
const shortest = 6

/**
 * Whether a secret is looked for in other texts, too: not where it is short, one ordinary word (a password `production` must not
 * make every `production` unreadable), the name of a region, or of one or two different characters.
 */
export function isTelling(secret: string): boolean {
  return (
    secret.length >= shortest &&
    new Set(secret.trim()).size > 2 &&
    !isWord(secret) &&
    !isSwitch(secret) &&
    !isPlaceholder(secret) &&
    !/^[a-z]{2}(?:-[a-z]+){1,2}-\d$/.test(secret)
  )
}

/** Where the thing of an ARN is, its region and its account, and what kind of thing it is. */
const placeInArn =
  /arn:[\w-]{1,20}:[\w-]{0,40}:[\w-]{0,40}:\d{12}:(?:(?:cluster|(?:service|task)(?:-[a-z]+)?|rule|schedule)\/)?/g

/** Values that are known to be secret, more of them as they become known. */
export interface KnownSecrets {
  add(secret: string): void
  /** How many are known by now. */
  count(): number
  /** Where they stand in a text. */
  cutsIn(text: string): Cut[]
}

/** Nothing inside of one of `names` is cut, nor the region, the account and the kind of thing of an ARN. */
export function knownSecrets(names: readonly string[]): KnownSecrets {
  const known = new Set<string>()
  let search: Search | undefined
  return {
    add(secret) {
      const before = known.size
      for (const part of partsOf(secret)) if (isTelling(part)) known.add(part)
      if (known.size > before) search = undefined
    },
    count: () => known.size,
    cutsIn(text) {
      if (known.size === 0 || text.length < shortest) return []
      search ??= searchFor([...known], names)
      return search(text)
    },
  }
}

type Search = (text: string) => Cut[]

function searchFor(secrets: readonly string[], names: readonly string[]): Search {
  const any = anyOf([...new Set(secrets.flatMap((secret) => [secret, ...inBase64(secret)]))])
  const kept = names.filter((name) => secrets.some((secret) => name.includes(secret)))
  const protectedNames = kept.length > 0 ? [anyOf(kept)] : []
  return (text) => {
    const cuts = placesOf(any, text).map(({ index, 0: found }) => ({ start: index, end: index + found.length }))
    const open = cuts.length === 0 ? [] : [placeInArn, ...protectedNames].flatMap((form) => placesOf(form, text))
    // What is in a name is found there in each of the text's decodings, too.
    const isOpen = ({ start, end }: Cut): boolean =>
      open.some(({ index, 0: found }) => index <= start && end <= index + found.length)
    const decoded = decodings(text).flatMap((decoding) =>
      placesOf(any, decoding.text).map(({ index, 0: found }) => {
        const [start, end] = decoding.place(index, index + found.length)
        return { start, end }
      }),
    )
    return [...cuts, ...decoded].filter((cut) => !isOpen(cut))
  }
}

/** A form that is any of these texts, the longest first, so that one that begins like another leaves no rest. */
function anyOf(texts: readonly string[]): RegExp {
  const literally = texts
    .toSorted((one, other) => other.length - one.length)
    .map((text) => {
      const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
      // A number is not looked for in longer numbers, as times and accounts are.
      return /^\d+$/.test(text) ? `(?<!\\d)${literal}(?!\\d)` : literal
    })
  return new RegExp(literally.join('|'), 'g')
}

/** A secret, without the blanks around it, and each line of one that has several, also where the line breaks are written out. */
function partsOf(secret: string): string[] {
  const lines = secret.split(/(?:\r?\n|\\r|\\n)+/).map((line) => line.trim())
  return [secret, secret.trim(), ...(lines.length > 1 ? lines.filter((line) => !isPlain(line)) : [])]
}

/**
 * A secret in base64 and base64url: as a whole, and as it looks inside of what is longer, as `user:password` is in a header. There
 * it begins at any of three places, and its first and last letters depend on what is beside it.
 */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)),
  )
  const both = [bytes.toString('base64'), ...inside]
  return [...both, ...both.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))]
}
