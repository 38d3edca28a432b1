// Files that a command writes where somebody says, which may be by mistake a file that it reads.
import { existsSync, realpathSync } from 'node:fs'
import { EcsTaskError } from '../../ground/errors.ts'

/** Throws `BadArguments` where a file that is to be written is one of those that are read; `option` says what it is for. */
export function checkNotRead(option: string, file: string | undefined, read: readonly string[]): void {
  if (file === undefined || !read.some((one) => isSameFile(one, file))) return
  throw new EcsTaskError('BadArguments', `${option} ${file} would replace a file that this command reads.`, {
    fix: 'Name another file.',
  })
}

/** The words that may name a file to be read: all but options and the values of these. */
export function namedFiles(argv: readonly string[], outputs: readonly string[]): string[] {
  return argv.filter((word, index) => !word.startsWith('-') && !outputs.includes(argv[index - 1] ?? ''))
}

function isSameFile(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other)
}
