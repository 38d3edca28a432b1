// Reads the files of a stack from disk.
import { EcsTaskError } from '../../ground/errors.ts'
import { readText } from '../../ground/readText.ts'
import type { StackFile } from './readStack.ts'

/** The files of a stack on disk. Throws `BadArguments` for those that cannot be read, all at once. */
export function stackFiles(names: readonly string[]): StackFile[] {
  if (names.length === 0) {
    throw new EcsTaskError('BadArguments', 'No stack file given.', {
      fix: 'Pass -f stack.yml; several are merged in order. ecs-task init stack writes a first one.',
    })
  }
  const problems: string[] = []
  const files = names.flatMap((name) => {
    try {
      return [{ name, text: readText(name) }]
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`)
      return []
    }
  })
  if (problems.length === 0) return files
  throw new EcsTaskError('BadArguments', 'Some stack files cannot be read.', { problems })
}
