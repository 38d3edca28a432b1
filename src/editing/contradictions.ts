import type { Edits, EditOption, LogEdit, VariableEdit } from './edits.ts'
import { wordOf } from './edits.ts'

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
  // The values stay untold: they may be secret.
  return [...values].filter(([, given]) => given.size > 1).map(([word]) => `${word}: is given ${values.get(word)!.size} values; give it one`)
}

function givenAsBoth(
  [option, edits]: [EditOption, readonly AnyEdit[]],
  [otherOption, others]: [EditOption, readonly AnyEdit[]],
): string[] {
  const set = new Set(edits.filter(({ value }) => value !== '').map((edit) => wordOf(otherOption, edit)))
  return [...new Set(others.filter(({ value }) => value !== '').map((edit) => wordOf(otherOption, edit)))]
    .filter((word) => set.has(word))
    .map((word) => `${word}: is also given with ${option}; give it with one of the two`)
}
