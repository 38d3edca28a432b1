import type { KeyValuePair, Secret } from '@aws-sdk/client-ecs'
import { type EditOption, type VariableEdit, wordOf } from './edits.ts'

/** Variables that are given as they are, and those that ECS fetches: two lists, and a name is in one of them. */
export interface Variables {
  readonly plain: readonly KeyValuePair[] | undefined
  readonly secret: readonly Secret[] | undefined
}

/** What is asked for both lists. */
export interface VariableEdits {
  readonly plain: readonly VariableEdit[]
  readonly secret: readonly VariableEdit[]
}

/** How both are called in a sentence, and which options ask for them. */
export interface VariableKinds {
  readonly plain: { readonly called: string; readonly option: EditOption }
  readonly secret: { readonly called: string; readonly option: EditOption }
}

/**
 * Sets and unsets variables: one that is there is changed where it stands, a new one comes last, and one that is in the
 * other list leaves it, since AWS refuses a name that is in both. `notes` says what moved, and what was not there to unset.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function editVariables(
  before: Variables,
  edits: VariableEdits,
  kinds: VariableKinds,
): { variables: Variables; notes: string[] } {
  const notes: string[] = []
  let { plain, secret } = before
  const noteAbsent = (kind: keyof Variables, other: keyof Variables, edit: VariableEdit): void => {
    if (has(before[kind], edit.name)) return
    const really = has(before[other], edit.name) ? ` but ${kinds[other].called}` : ''
    notes.push(`${wordOf(kinds[kind].option, edit)}=: ${edit.name} is not ${kinds[kind].called}${really}; nothing to unset`)
  }
  const noteMoved = (kind: keyof Variables, other: keyof Variables, edit: VariableEdit): void => {
    // It may have been unset by a word of its own, and then it is no surprise.
    if (!has(kind === 'plain' ? secret : plain, edit.name)) return
    const [now, then] = [kinds[kind].called, kinds[other].called]
    notes.push(`${wordOf(kinds[kind].option, edit)}: ${edit.name} becomes ${now}; it was ${then}`)
  }
  // What is unset goes first, so that a name can be unset as one and set as the other by two words.
  for (const edit of edits.plain.filter(isUnset)) {
    noteAbsent('plain', 'secret', edit)
    plain = without(plain, edit.name)
  }
  for (const edit of edits.secret.filter(isUnset)) {
    noteAbsent('secret', 'plain', edit)
    secret = without(secret, edit.name)
  }
  for (const edit of edits.plain.filter(isSet)) {
    noteMoved('plain', 'secret', edit)
    secret = without(secret, edit.name)
    plain = withEntry<KeyValuePair>(plain, { name: edit.name, value: edit.value })
  }
  for (const edit of edits.secret.filter(isSet)) {
    noteMoved('secret', 'plain', edit)
    plain = without(plain, edit.name)
    secret = withEntry<Secret>(secret, { name: edit.name, valueFrom: edit.value })
  }
  return { variables: { plain, secret }, notes }
}

export function isSet({ value }: VariableEdit): boolean {
  return value !== ''
}

export function isUnset(edit: VariableEdit): boolean {
  return !isSet(edit)
}

interface Named {
  readonly name?: string | undefined
}

function has(list: readonly Named[] = [], name: string): boolean {
  return list.some((entry) => entry.name === name)
}

/** A name may be there more than once, and then the last one counts: each gets the value, and none is lost. */
function withEntry<Entry extends Named>(list: readonly Entry[] = [], entry: Entry): readonly Entry[] {
  if (!has(list, entry.name ?? '')) return [...list, entry]
  return list.map((one) => (one.name === entry.name ? { ...one, ...entry } : one))
}

function without<Entry extends Named>(list: readonly Entry[] | undefined, name: string): readonly Entry[] | undefined {
  return has(list, name) ? list?.filter((entry) => entry.name !== name) : list
}
