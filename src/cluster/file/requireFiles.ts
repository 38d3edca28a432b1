// Refuses stack files from code that are none: whoever writes no TypeScript is told by nobody else.
import { EcsTaskError } from '../../ground/errors.ts'
import type { StackFile } from './readStack.ts'

/** Throws `BadArguments` for what is not a list of files with a name and a text each. */
export function requireFiles(files: readonly StackFile[]): void {
  const given: unknown = files
  if (Array.isArray(given) && given.length > 0 && given.every(isFile)) return
  throw new EcsTaskError('BadArguments', 'files is not a list of { name, text }.', {
    fix: "Read each file: files: [{ name: 'stack.yml', text: readFileSync('stack.yml', 'utf8') }].",
  })
}

function isFile(one: unknown): boolean {
  const { name, text } = (one ?? {}) as { readonly name?: unknown; readonly text?: unknown }
  return typeof name === 'string' && typeof text === 'string'
}

/** Throws `BadArguments` where there is nothing to take the values of variables from. */
export function requireEnv(env: Readonly<Record<string, string | undefined>>): void {
  if (typeof env === 'object' && env !== null) return
  throw new EcsTaskError('BadArguments', 'env is not an object with the values of variables.', {
    fix: 'Pass env: process.env, or env: {} for files without variables.',
  })
}
