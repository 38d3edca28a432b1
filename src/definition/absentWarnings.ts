// What is said of classes that others are after and that are not part of the run.
import { nearest } from '../ground/nearest.ts'
import type { Definition } from './definition.ts'

/** Warnings, a sentence each; none about what somebody has left out. */
export function absentWarnings(definitions: readonly Definition[], leftOut: readonly string[] = []): string[] {
  const names = definitions.map(({ name }) => name)
  const known = [...names, ...leftOut]
  return definitions.flatMap(({ name, after }) =>
    after
      .filter((one) => !known.includes(one))
      .map((one) => {
        const meant = nearest(
          one,
          known.filter((other) => other !== name),
        )
        const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
        return `${name} is after ${one}, which is not part of this run: it does not wait.${hint}`
      }),
  )
}
