// Removes the secrets of definitions from everything that is shown.
import { isDeepStrictEqual } from 'node:util'
import { commandFinder } from '../../ground/command.ts'
import { looksSecret } from './looksSecret.ts'
import { hidden, redactText } from './redactText.ts'
import { nameOf } from '../../ground/names.ts'
import { isPlain } from '../../ground/shown.ts'
import type { Definition } from '../definition.ts'

/** What stands where a command would hold a secret. */
const notShown = '(not shown, as it would hold a secret)'

/** Shorter secrets are not looked for in other texts: they would be found in half of all words. */
const shortest = 6

/** Members of events that hold our own words; a password that is one of them must not make the event unreadable. */
const ownWords = new Set(['type', 'client', 'method', 'command', 'outcome', 'code', 'lastStatus', 'rolloutState'])

/**
 * Answers with what makes a copy of anything in which no secret of these definitions is left, `•••` in its place:
 * 1. the value of every environment variable, and of every option of a log driver, whose name looks secret (`looksSecret`),
 *    whoever declared it and also inside strings of JSON, as an event target's `Input`;
 * 2. every text that holds a private key, and the password in every URL, whatever the name;
 * 3. any part of any text that is such a value of one of the definitions and at least 6 characters long: in error texts, log
 *    lines, titles; but not inside of a cluster's, a service's, a family's or a rule's name, one of `names`, or the region,
 *    the account and the kind of thing of an ARN.
 * A command to type with dots in it would do something else: one in which a secret stands is left out as a whole, and its own
 * words are never taken for one. `program` is what a person types for the program. Names stay. Dates and a plan's References are taken over as they are. Nothing is changed in place.
 */
export function redactor(
  definitions: readonly object[],
  { names = [], program }: { readonly names?: readonly string[]; readonly program?: string | undefined } = {},
): <T>(value: T) => T {
  const secrets = new Set<string>()
  walker((secret) => secrets.add(secret))(definitions)
  const known = [...secrets].filter((secret) => secret.length >= shortest)
  return walker(() => {}, finder(known, [...names, ...namesIn(definitions)]), commandFinder(program))
}

/**
 * Copies a value without what tells by its name or its form that it is secret; then `others` looks at every text. Of a
 * command only its values are looked at, and where one of them holds a secret it is left out as a whole.
 */
function walker(
  found: (secret: string) => void,
  others: (text: string) => string = same,
  commandIn: ReturnType<typeof commandFinder> = () => undefined,
): (value: any) => any {
  function walk(value: unknown): unknown {
    if (typeof value === 'string') return walkText(value)
    if (Array.isArray(value)) return value.map(walk)
    if (value instanceof Error) return { name: value.name, message: walkText(value.message) }
    if (!isPlain(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walkMember(value, key, member)]))
  }

  function walkMember(owner: Record<string, unknown>, key: string, member: unknown): unknown {
    if (key === 'options' && isPlain(member)) {
      return Object.fromEntries(Object.entries(member).map(([name, value]) => [name, walkNamed(name, value)]))
    }
    if (key === 'value' || key === 'Value') return walkNamed(owner['name'] ?? owner['Name'], member)
    return typeof member === 'string' && ownWords.has(key) && /^[a-z.]+$/i.test(member) ? member : walk(member)
  }

  function walkNamed(name: unknown, value: unknown): unknown {
    // Also of a secret as a whole: the password in a URL that is hidden may turn up alone elsewhere.
    const rest = walk(value)
    if (typeof value !== 'string' || typeof name !== 'string' || !looksSecret(name)) return rest
    found(value)
    return hidden
  }

  function walkText(text: string): string {
    const typed = commandIn(text)
    if (typed) {
      const before = walkText(typed.before)
      return before + (typed.values.every(isOpen) ? typed.command : notShown)
    }
    const json = parsed(text)
    if (json === undefined) return others(redactText(text, found))
    const after = JSON.stringify(walk(json))
    // A text in which nothing is secret keeps its line breaks and spaces.
    return after === JSON.stringify(json) ? others(text) : after
  }

  function isOpen(text: string): boolean {
    const json = parsed(text)
    return json === undefined ? walkText(text) === text : isDeepStrictEqual(walk(json), json)
  }

  return walk
}

/** Replaces known secrets in a text, also as they look inside a string of JSON and inside a URL. Names that hold one stay. */
function finder(secrets: readonly string[], names: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return same
  const spellings = new Set(
    secrets.flatMap((secret) => [secret, inJson(secret), inJson(inJson(secret)), inUrl(secret)]),
  )
  const kept = new Set(names.filter((name) => [...spellings].some((spelling) => name.includes(spelling))))
  // The longest first, so that a secret that begins like another leaves no rest.
  const longestFirst = [...spellings, ...kept].toSorted((one, other) => other.length - one.length)
  const literally = (some: readonly string[]): string[] =>
    some.map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  // What is an ARN itself is looked for as a whole.
  const arns = longestFirst.filter((spelling) => beginsAsArn.test(spelling))
  const others = longestFirst.filter((spelling) => !arns.includes(spelling))
  const any = new RegExp([...literally(arns), placeInArn, ...literally(others)].join('|'), 'g')
  return (text) => text.replace(any, (found) => (kept.has(found) || isPlaceInArn.test(found) ? found : hidden))
}

/** Where the thing of an ARN is, its region and its account, and what kind of thing it is. */
const placeInArn = String.raw`arn:[\w-]+:[\w-]*:[\w-]*:\d{12}:(?:(?:cluster|(?:service|task)(?:-[a-z]+)?|rule)/)?`
const [beginsAsArn, isPlaceInArn] = [new RegExp(`^${placeInArn}`), new RegExp(`^${placeInArn}$`)]

/** The names of what definitions are about, as they stand in commands. */
function namesIn(definitions: readonly Partial<Definition>[]): string[] {
  const named = definitions.flatMap(({ taskDefinition, updateServices = [], runTasks = [], eventTargets = [] }) => [
    taskDefinition?.family,
    ...updateServices.flatMap(({ cluster, service }) => [cluster, service]),
    ...runTasks.map(({ cluster }) => cluster),
    ...eventTargets.flatMap(({ Rule, EventBusName, Targets }) => [
      Rule,
      EventBusName,
      ...Targets.map(({ Arn }) => Arn),
    ]),
  ])
  return [...new Set(named.flatMap((name) => (name ? nameOf(name) : [])))]
}

/** The object or list that a text is as JSON. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function same(text: string): string {
  return text
}

function inJson(secret: string): string {
  return JSON.stringify(secret).slice(1, -1)
}

/** As in a URL; half a surrogate cannot be in one. */
function inUrl(secret: string): string {
  return encodeURIComponent(secret.replace(/\p{Cs}/gu, ''))
}
