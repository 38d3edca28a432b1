// Sets and unsets environment variables, secrets, and options like them.
import { type EditOption, type VariableEdit, wordOf } from './edits.ts'

/** An entry of `environment` or `secrets`; members that are not known here are kept. */
interface Variable {
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly valueFrom?: string | undefined
}

/** Something for the variables that have their value in them, and for those whose value ECS fetches. */
export interface Both<Of> {
  readonly plain: Of
  readonly secret: Of
}

type List = readonly Variable[] | undefined

/** What a variable is called in a sentence, and the option that sets one. */
interface VariableKind {
  readonly called: string
  readonly option: EditOption
}

/**
 * Sets and unsets variables: one that is there is changed where it stands, a new one comes last, and one that is in the
 * other list leaves it, since no name may be in both. `notes` says what moved, and what was not there to unset.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function editVariables(
  before: Both<List>,
  edits: Both<readonly VariableEdit[]>,
  kinds: Both<VariableKind>,
): Both<List> & { notes: string[] } {
  const after = { plain: before.plain, secret: before.secret }
  const notes: string[] = []
  const asked = (['plain', 'secret'] as const).flatMap((kind) => edits[kind].map((edit) => ({ kind, edit })))
  const [unset, set] = [asked.filter(({ edit }) => edit.value === ''), asked.filter(({ edit }) => edit.value !== '')]

  // These go first, so that a name which is unset as one and set as the other is no surprise to be told of.
  for (const { kind, edit } of unset) {
    if (!has(before[kind], edit.name)) {
      const really = has(before[otherThan(kind)], edit.name) ? ` but ${kinds[otherThan(kind)].called}` : ''
      const word = wordOf(kinds[kind].option, edit)
      notes.push(`${word}=: ${edit.name} is not ${kinds[kind].called}${really}; nothing to unset`)
    }
    after[kind] = without(after[kind], edit.name)
  }
  for (const { kind, edit } of set) {
    const other = otherThan(kind)
    if (has(after[other], edit.name)) {
      const word = wordOf(kinds[kind].option, edit)
      notes.push(`${word}: ${edit.name} becomes ${kinds[kind].called}; it was ${kinds[other].called}`)
    }
    after[other] = without(after[other], edit.name)
    after[kind] = withVariable(after[kind], edit.name, { [kind === 'plain' ? 'value' : 'valueFrom']: edit.value })
  }
  return { ...after, notes }
}

function otherThan(kind: keyof Both<unknown>): keyof Both<unknown> {
  return kind === 'plain' ? 'secret' : 'plain'
}

function has(list: List, name: string): boolean {
  return list?.some((variable) => variable.name === name) ?? false
}

/** A name may be there more than once, and it is not documented which counts: each is given the value. */
function withVariable(list: List = [], name: string, value: Variable): List {
  if (!has(list, name)) return [...list, { name, ...value }]
  return list.map((variable) => (variable.name === name ? { ...variable, ...value } : variable))
}

/** The list itself where there is nothing to remove, so that what is not edited stays as it is. */
function without(list: List, name: string): List {
  return has(list, name) ? list?.filter((variable) => variable.name !== name) : list
}
