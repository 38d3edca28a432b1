// Reads the task definition that --task-definition-file names.
import { taskDefinitionFromFile } from '../../definition/edits/taskDefinitionFromFile.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { readNamed } from '../../ground/readText.ts'

/** The task definition in a JSON file, if one is named; throws `BadArguments` where it cannot be read or is none. */
export function taskDefinitionFile(
  file: string | undefined,
  family: string | undefined,
): ReturnType<typeof taskDefinitionFromFile> | undefined {
  if (file === undefined) {
    if (family === undefined) return undefined
    throw new EcsTaskError('BadArguments', '--family goes with --task-definition-file.')
  }
  return taskDefinitionFromFile(readNamed(file), { file, family })
}
