// Reads the files of a stack from disk.
import { readFileSync } from 'node:fs'
import { EcsTaskError } from '../../ground/errors.ts'
import type { StackFile } from './readStack.ts'

/** The files of a stack on disk. Throws `BadArguments` for those that cannot be read, all at once. */
export function stackFiles(names: readonly string[]): StackFile[] {
  if (names.length === 0) {
    throw new EcsTaskError('BadArguments', 'It is not said what is to be in the cluster.', {
      fix: 'Name a file with -f stack.yml; more of them are merged in their order. ecs-task init stack writes a first one.',
    })
  }
  const problems: string[] = []
  const files = names.flatMap((name) => {
    try {
      return [{ name, text: readFileSync(name, 'utf8') }]
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`)
      return []
    }
  })
  if (problems.length === 0) return files
  throw new EcsTaskError('BadArguments', 'Not every file of the stack can be read.', { problems })
}
