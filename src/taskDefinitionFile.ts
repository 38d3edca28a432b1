import { readFileSync } from 'node:fs'
import { taskDefinitionFromFile } from './editing/taskDefinitionFromFile.ts'
import { EcsTaskError } from './errors.ts'

/** The task definition in a JSON file; throws `BadArguments` where it cannot be read or is none. */
export function taskDefinitionFile(
  file: string,
  family: string | undefined,
): ReturnType<typeof taskDefinitionFromFile> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new EcsTaskError('BadArguments', `${file} cannot be read.`, { why: (error as Error).message, cause: error })
  }
  return taskDefinitionFromFile(text, { file, family })
}
