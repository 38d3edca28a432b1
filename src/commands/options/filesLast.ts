// Which words of a command line are files, where they stand first.
import { beforeDashes } from './dashes.ts'

/**
 * `_ecs/web.ts deploy v1` as `deploy v1 _ecs/web.ts`: files may stand first, as in the commands that ecs-task prints. What
 * stands behind `--` stays where it is.
 */
export function filesLast(argv: readonly string[]): readonly string[] {
  const own = beforeDashes(argv)
  const first = own.findIndex((word) => !isFile(word))
  return first > 0 ? [...own.slice(first), ...own.slice(0, first), ...argv.slice(own.length)] : argv
}

/** Whether a word is called like a file of TypeScript or JavaScript. */
export const isSourceName = (word: string): boolean => /\.[cm]?[jt]s$/.test(word)

export const isFile = (word: string): boolean => (isSourceName(word) || /[/*]/.test(word)) && !word.startsWith('-')
