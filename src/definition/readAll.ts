import type { Declared, Definition } from './definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { read } from './read.ts'

/** Reads every class; what is wrong with any of them is thrown as one `BadDefinition`. */
export function readAll(
  declared: readonly { readonly name: string; readonly source: Declared }[],
): { definition: Definition; warnings: string[] }[] {
  const problems: string[] = []
  const reads = declared.flatMap(({ source, name }) => {
    try {
      return [read(source, name)]
    } catch (error) {
      if (!(error instanceof EcsTaskError)) throw error
      problems.push(...error.problems)
      return []
    }
  })
  if (problems.length === 0) return reads
  throw new EcsTaskError('BadDefinition', 'The definition cannot be deployed as it is.', { problems })
}
