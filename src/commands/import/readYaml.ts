// Reads YAML, and so JSON, that other tools' users have written.
import { loadYaml } from '../../cluster/file/loadYaml.ts'
import { EcsTaskError } from '../../ground/errors.ts'

/** Nothing that people write is so deep. */
const deepest = 100

/** The data of a file. Throws `BadArguments` where it is no YAML, refers to itself, or is too deep to be looked through. */
export function readYaml(text: string, file: string): unknown {
  const document = loadYaml().parseDocument(text, { merge: true })
  const [error] = document.errors
  if (error) throw unreadable(file, error.message.split('\n')[0])
  const value = dataOf(document, file)
  if (depthOf(value) > deepest) throw unreadable(file, 'It is nested too deep.')
  return value
}

function dataOf(document: { toJS: (options: { maxAliasCount: number }) => unknown }, file: string): unknown {
  try {
    const value = document.toJS({ maxAliasCount: 1000 })
    // It throws for what contains itself.
    JSON.stringify(value)
    return value
  } catch (error) {
    throw unreadable(file, (error as Error).message.split('\n')[0])
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function unreadable(file: string, why: string | undefined): EcsTaskError {
  return new EcsTaskError('BadArguments', `${file} can't be read as YAML.`, { why })
}
