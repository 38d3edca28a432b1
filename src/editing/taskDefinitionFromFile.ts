import type { RegisterTaskDefinitionCommandInput, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../errors.ts'
import { check } from '../reading/check.ts'
import { rules } from '../reading/rules.ts'
import { inputs, shapes } from '../reading/shapes.ts'
import { isPlain, shown } from '../reading/shown.ts'
import { parseJsonFile } from './parseJsonFile.ts'
import { registerable, withoutReadOnly } from './registerable.ts'

/**
 * Reads a task definition from a file's text: RegisterTaskDefinition's input, what `aws ecs describe-task-definition`
 * prints (read-only members are left out, as by `registerable`), or nothing but the list of containers, for which `family`
 * says the family. `file` is its name and begins every path in what is reported. A warning is about a member that AWS may
 * know and this version does not.
 *
 * Throws `BadArguments` for what is not JSON, with line and column, and where there is no family, or there are two;
 * `BadDefinition` with every problem of what it says.
 */
export function taskDefinitionFromFile(
  text: string,
  { file, family }: { readonly file: string; readonly family?: string | undefined },
): { input: RegisterTaskDefinitionCommandInput; warnings: string[] } {
  const { members, tags, path } = found(parseJsonFile(text, file), file)
  const own = members['family']
  if (family !== undefined && typeof own === 'string' && own !== family) {
    throw new EcsTaskError('BadArguments', `${file} is of the family ${own}, not ${family}.`, {
      fix: 'Leave out --family, or name the family that the file names.',
    })
  }
  if (own === undefined && family === undefined && Array.isArray(members['containerDefinitions'])) {
    throw new EcsTaskError('BadArguments', `${file} does not say which family it is of.`, {
      fix: 'Name it with --family.',
    })
  }
  const sent = { ...(own === undefined && family !== undefined && { family }), ...members }
  const { problems, warnings } = check({ ...sent, tags }, inputs.taskDefinition, path, shapes)
  // The rules are those of a class, in which the task definition is a member.
  const broken = rules.flatMap((rule) => rule({ taskDefinition: sent }))
  problems.push(...broken.map((problem) => problem.replaceAll(/(?<=^| )taskDefinition(?=\/)/g, () => path)))
  if (problems.length > 0) {
    throw new EcsTaskError('BadDefinition', `${file} cannot be registered as it is.`, { problems })
  }
  return { input: registerable(sent as TaskDefinition, (tags ?? []) as Tag[]), warnings }
}

/** What can be registered, in each of the three forms of a file, and where in the file it stands. */
function found(value: unknown, file: string): { members: Record<string, unknown>; tags: unknown; path: string } {
  if (Array.isArray(value)) return { members: { containerDefinitions: value }, tags: undefined, path: file }
  if (!isPlain(value)) {
    const fix = 'It takes what RegisterTaskDefinition takes, or a list of containers.'
    throw new EcsTaskError('BadDefinition', `${file} is no task definition but ${shown(value)}.`, { fix })
  }
  const { taskDefinition } = value
  const isAnswer = isPlain(taskDefinition)
  const { tags, ...members } = withoutReadOnly(isAnswer ? taskDefinition : value)
  return {
    members,
    tags: isAnswer ? (value['tags'] ?? tags) : tags,
    path: isAnswer ? `${file}/taskDefinition` : file,
  }
}
