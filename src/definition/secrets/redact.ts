// Removes secrets from everything that is shown.
import { isDeepStrictEqual } from 'node:util'
import { type SameAws, commandFinder, reaching } from '../../ground/command.ts'
import { isPlain } from '../../ground/shown.ts'
import { isSecretIn } from './assignments.ts'
import { type Cut, hidden, without } from './cuts.ts'
import { type KnownSecrets, knownSecrets } from './knownSecrets.ts'
import { isSecret } from './looksSecret.ts'
import { namesInUse } from './namesInUse.ts'
import { secretOptions } from './options.ts'
import { isSwitch } from './ordinary.ts'
import { longestRemembered, secretsInText } from './secretsInText.ts'
import { webhookSecrets } from './webhookSecrets.ts'

/** What stands where a command would hold a secret. */
const notShown = '(not shown, as it would hold a secret)'

/** Whether something was hidden in a text that a redactor has gone through. */
export const isCut = (text: string): boolean => text.includes(hidden) || text.includes(notShown)

/** Members of events that hold our own words; a password that is one of them must not make the event unreadable. */
const ownWords = new Set(['type', 'client', 'method', 'command', 'outcome', 'code', 'lastStatus', 'rolloutState'])

/** Below these members stands what somebody has configured: what is secret there is secret everywhere. */
const declaring = new Set([
  'taskDefinition',
  'containerDefinitions',
  'overrides',
  'eventTargets',
  'Targets',
  'schedules',
  'Target',
  'runTasks',
])

/** Maps of names to values: options of log drivers, labels of containers. */
const maps = new Set(['options', 'dockerLabels', 'driverOpts', 'labels'])

/** Lists of the words of a command. */
const commands = new Set(['command', 'entryPoint'])

/** All names that say something of what they are given to; of most members they say nothing. */
const telling = new Set([...ownWords, ...declaring, ...maps, ...commands, 'value', 'Value'])

/** How many texts' copies are kept. */
const mostTexts = 5_000

/** Where a walk is. */
interface Place {
  /** What is found here is looked for everywhere. */
  readonly isDeclared: boolean
  /** Inside of a string of JSON each member's name says what it is; AWS's own inputs have a `token` that is none. */
  readonly isInJson: boolean
  /** What texts look like here. Events say the same names, ids and sentences again and again. */
  readonly seen: Map<string, string>
}

/**
 * Answers with what makes a copy of anything in which no secret is left, `•••` in its place:
 * 1. the value of every environment variable, and of every option of a log driver and label, whose name looks secret (`isSecret`),
 *    whoever declared it and also inside strings of JSON, as an event target's `Input`;
 * 2. in every text what its form gives away (`secretsInText`), whatever the name;
 * 3. any part of any text that is such a value of one of the definitions, or of what was seen of AWS so far (`isTelling`): in error
 *    texts, log lines, titles; but not inside of a name that is in use, one of `names`, or the region, the account and the kind of
 *    thing of an ARN. The URL of a webhook is one whatever it is. `secrets` are texts in which more of them stand, as the words that a person has typed.
 * A command to type with dots in it would do something else: one in which a secret stands is left out as a whole, and its own
 * words are never taken for one. `program` is what a person types for the program, and `sameAws` what all commands end with. Names stay. Dates and a plan's References are
 * taken over as they are. Nothing is changed in place.
 */
export function redactor(
  definitions: readonly object[],
  of: {
    readonly names?: readonly string[]
    readonly program?: string | undefined
    readonly secrets?: readonly string[]
    readonly sameAws?: SameAws | undefined
  } = {},
): <T>(value: T) => T {
  const { names = [], program, secrets = [], sameAws } = of
  const known = knownSecrets([...names, ...namesInUse(definitions)])
  for (const secret of [...secrets, ...webhookSecrets(definitions)]) known.add(secret)
  // Nobody sees this copy: what is known so far need not be looked for in it.
  walker({ ...known, cutsIn: () => [] })(definitions, true)
  const walk = walker(known, commandFinder(program), sameAws)
  return <T>(value: T): T => {
    const before = known.count()
    const copy = walk(value, false) as T
    // What was learned on the way may stand in what came before it.
    return known.count() === before ? copy : (walk(value, false) as T)
  }
}

/** Copies a value without its secrets; those that are declared become known. */
function walker(
  known: KnownSecrets,
  commandIn: ReturnType<typeof commandFinder> = () => undefined,
  sameAws: SameAws = { own: '', aws: '' },
): (value: unknown, isDeclared: boolean) => unknown {
  const placeOf = (isDeclared: boolean, isInJson: boolean): Place => ({ isDeclared, isInJson, seen: new Map() })
  const anywhere = placeOf(false, false)
  const declared = placeOf(true, false)
  const inJson = placeOf(false, true)
  const inDeclaredJson = placeOf(true, true)

  function walk(value: unknown, place: Place): unknown {
    if (typeof value === 'string') return walkText(value, place)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((element) => walk(element, place))
    if (isPlain(value)) return walkMembers(value, place)
    return value instanceof Error ? { name: value.name, message: walkText(value.message, place) } : value
  }

  function walkMembers(owner: Record<string, unknown>, place: Place): unknown {
    const copy: Record<string, unknown> = {}
    for (const key of Object.keys(owner)) {
      const member = owner[key]
      // Numbers and the like hold no secret where they are not in JSON, and of nearly all other members the name says nothing.
      const isOrdinary =
        !place.isInJson && ((typeof member !== 'string' && typeof member !== 'object') || !telling.has(key))
      setMember(copy, key, isOrdinary ? walk(member, place) : walkMember(owner, key, member, place))
    }
    return copy
  }

  function walkMember(owner: Record<string, unknown>, key: string, member: unknown, place: Place): unknown {
    if (!telling.has(key)) return walkJson(key, member, place)
    const inside = declaring.has(key) ? (place.isInJson ? inDeclaredJson : declared) : place
    if (maps.has(key) && isPlain(member)) return copyOf(member, (name, value) => walkNamed(name, value, inside))
    if (commands.has(key) && isWords(member)) return walkWords(member, inside)
    if (key === 'value' || key === 'Value') {
      return walkNamed(owner['name'] ?? owner['Name'] ?? owner['key'] ?? owner['Key'], member, inside)
    }
    if (place.isInJson) return walkJson(key, member, inside)
    return typeof member === 'string' && ownWords.has(key) && /^[a-z.]+$/i.test(member) ? member : walk(member, inside)
  }

  function walkNamed(name: unknown, value: unknown, place: Place): unknown {
    // Also of a secret as a whole: the password in a URL that is hidden may turn up alone elsewhere.
    const rest = walk(value, place)
    if (typeof name !== 'string') return rest
    if (typeof value !== 'string' || !isSecret(name, value)) return rest
    if (place.isDeclared) learn(value)
    return hidden
  }

  function walkJson(name: string, value: unknown, place: Place): unknown {
    const rest = walk(value, place)
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || !isSecretIn(name, text, true)) return rest
    if (place.isDeclared) learn(text)
    return hidden
  }

  function walkText(text: string, place: Place): string {
    if (text.length > longestRemembered) return withoutSecrets(text, place)
    const before = place.seen.get(text)
    if (before !== undefined) return before
    const after = withoutSecrets(text, place)
    if (place.seen.size >= mostTexts) place.seen.clear()
    place.seen.set(text, after)
    return after
  }

  /** What texts look like is another matter once there is one more thing to look for in them. */
  function learn(secret: string): void {
    const before = known.count()
    known.add(secret)
    if (known.count() === before) return
    for (const { seen } of [anywhere, declared, inJson, inDeclaredJson]) seen.clear()
  }

  function withoutSecrets(text: string, place: Place): string {
    const typed = commandIn(text)
    if (typed) {
      const before = walkText(typed.before, place)
      if (!typed.values.every((value) => isOpen(value, place))) return before + notShown
      return before + reaching(sameAws, typed)
    }
    const json = parsed(text)
    if (json === undefined) return cut(text, secretsInText(text, place.isDeclared && !place.isInJson), place)
    const after = walk(json, place.isDeclared ? inDeclaredJson : inJson)
    // A text in which nothing is secret keeps its line breaks and spaces.
    return isDeepStrictEqual(after, json) ? text : JSON.stringify(after)
  }

  function cut(text: string, cuts: readonly Cut[], { isDeclared }: Place): string {
    if (isDeclared) {
      for (const { secret } of cuts) if (secret !== undefined && !isSwitch(secret)) learn(secret)
    }
    return without(text, [...cuts, ...known.cutsIn(text)])
  }

  /** The words of a command are looked at together: an option's value is a word of its own. */
  function walkWords(words: readonly string[], place: Place): string[] {
    const line = words.join('\u2028')
    const cuts = secretOptions(line, true)
    let start = 0
    return words.map((word) => {
      const end = start + word.length
      const own = cuts
        .filter((one) => one.start >= start && one.end <= end)
        .map((one) => ({ ...one, start: one.start - start, end: one.end - start }))
      start = end + 1
      if (own.length === 0) return walkText(word, place)
      return cut(word, [...own, ...secretsInText(word)], place)
    })
  }

  function isOpen(text: string, place: Place): boolean {
    return isDeepStrictEqual(walkText(text, place), text)
  }

  return (value, isDeclared) => walk(value, isDeclared ? declared : anywhere)
}

/** A copy of an object with other members of the same names. */
function copyOf(
  value: Readonly<Record<string, unknown>>,
  memberOf: (key: string, member: unknown) => unknown,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) setMember(copy, key, memberOf(key, value[key]))
  return copy
}

function setMember(copy: Record<string, unknown>, key: string, member: unknown): void {
  // Set like any other, it would be the prototype.
  if (key === '__proto__') Object.defineProperty(copy, key, { ...plainMember, value: member })
  else copy[key] = member
}

const plainMember = { configurable: true, enumerable: true, writable: true }

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string')
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
