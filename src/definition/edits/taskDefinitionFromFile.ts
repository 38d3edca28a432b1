// Reads a task definition from a file of JSON.
import type { RegisterTaskDefinitionCommandInput, Tag } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../../ground/errors.ts'
import { check } from '../check.ts'
import { rules } from '../rules.ts'
import { inputs, shapes } from '../shapes.ts'
import { isPlain, shown } from '../../ground/shown.ts'
import { answered, registerable } from '../registerable.ts'
import { parseJsonFile } from './parseJsonFile.ts'

/**
 * Reads a task definition from a file's text: RegisterTaskDefinition's input, what `aws ecs describe-task-definition`
 * prints (read-only members are left out, as by `registerable`), or nothing but the list of containers, for which `family`
 * says the family. A member that is null is absent. `file` is its name and begins every path in what is reported. A warning is about a member that AWS may
 * know and this version does not.
 *
 * Throws `BadArguments` for what is not JSON, with line and column, and where there is no family, or there are two;
 * `BadDefinition` with every problem of what it says.
 */
export function taskDefinitionFromFile(
  text: string,
  { file, family }: { readonly file: string; readonly family: string | undefined },
): { input: RegisterTaskDefinitionCommandInput; warnings: string[] } {
  const value = withoutNulls(parseJsonFile(text, file))
  const isList = Array.isArray(value)
  const { members, tags, path }: Found = isList
    ? { members: { containerDefinitions: value }, path: file }
    : found(value, file)
  checkFamily(members['family'], family, isList, file)
  const sent = { ...(members['family'] === undefined && family !== undefined && { family }), ...members }
  const { problems, warnings } = check({ ...sent, tags }, inputs.taskDefinition, path, shapes)
  // The rules are those of a class, in which the task definition is a member.
  const broken = rules.flatMap((rule) => rule({ taskDefinition: sent }))
  problems.push(...broken.map((problem) => problem.replaceAll(/(?<=^| )taskDefinition(?=\/)/g, () => path)))
  const asWritten = (line: string): string =>
    isList ? line.replaceAll(`${path}/containerDefinitions`, () => path) : line
  if (problems.length > 0) {
    throw new EcsTaskError('BadDefinition', `${file} cannot be registered as it is.`, {
      problems: problems.map(asWritten),
    })
  }
  const input = registerable(sent, (tags ?? []) as Tag[])
  return { input, warnings: warnings.map(asWritten) }
}

function checkFamily(own: unknown, family: string | undefined, isList: boolean, file: string): void {
  if (isList && family === undefined) {
    throw new EcsTaskError('BadArguments', `${file} names no family.`, {
      why: 'It is a list of containers.',
      fix: 'Name the family with --family.',
    })
  }
  if (family !== undefined && typeof own === 'string' && own !== family) {
    throw new EcsTaskError('BadArguments', `${file} is of the family ${own}, not ${family}.`, {
      fix: 'Leave out --family, or name the family that the file names.',
    })
  }
}

interface Found {
  readonly members: Record<string, unknown>
  readonly tags?: unknown
  /** Where in the file the members stand. */
  readonly path: string
}

/** What is in a file that is no list: the input itself, or AWS's answer, in which the tags stand beside it. */
function found(value: unknown, file: string): Found {
  if (!isPlain(value)) {
    const fix = 'It takes what RegisterTaskDefinition takes, or a list of containers.'
    throw new EcsTaskError('BadDefinition', `${file} is not a task definition but ${shown(value)}.`, { fix })
  }
  const { members, tags, isAnswer } = answered(value)
  return { members, tags, path: isAnswer ? `${file}/taskDefinition` : file }
}

/** A member that is null is one that is not there: consoles and SDKs write all that they know of. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isPlain(value)) return value
  const there = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(there.map(([name, member]) => [name, withoutNulls(member)]))
}
