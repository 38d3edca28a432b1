import { type EditOption, type Edits, type LogEdit, type VariableEdit, wordOf } from './edits.ts'

/** A name that is given two values, or a value and a secret at once; a sentence each. */
export function contradictions(edits: Edits): string[] {
  return [
    ...givenTwice('--env', edits.environment),
    ...givenTwice('--secret', edits.secrets),
    ...givenTwice('--log-option', edits.logOptions),
    ...givenTwice('--log-secret', edits.logSecrets),
    ...givenAsBoth(['--env', edits.environment], ['--secret', edits.secrets]),
    ...givenAsBoth(['--log-option', edits.logOptions], ['--log-secret', edits.logSecrets]),
  ]
}

type AnyEdit = VariableEdit | LogEdit

function givenTwice(option: EditOption, edits: readonly AnyEdit[]): string[] {
  const values = new Map<string, Set<string>>()
  for (const edit of edits) {
    const word = wordOf(option, edit)
    values.set(word, (values.get(word) ?? new Set()).add(edit.value))
  }
  // The values themselves may be secret.
  return [...values].flatMap(([word, given]) =>
    given.size > 1 ? [`${word}: is given ${given.size} values; give it one`] : [],
  )
}

/** What is unset as one may be set as the other: so it moves. */
function givenAsBoth(
  [option, edits]: [EditOption, readonly AnyEdit[]],
  [otherOption, others]: [EditOption, readonly AnyEdit[]],
): string[] {
  const wordsOf = (list: readonly AnyEdit[]): Set<string> =>
    new Set(list.filter(({ value }) => value !== '').map((edit) => wordOf(otherOption, edit)))
  const words = wordsOf(edits)
  return [...wordsOf(others)]
    .filter((word) => words.has(word))
    .map((word) => `${word}: is given with ${option} too; give it with one of the two`)
}
