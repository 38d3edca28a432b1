/** `_ecs/web.ts deploy v1` as `deploy v1 _ecs/web.ts`: files may stand first, as in the commands that ecs-task prints. */
export function filesLast(argv: readonly string[]): readonly string[] {
  const first = argv.findIndex((word) => !isFile(word))
  return first > 0 ? [...argv.slice(first), ...argv.slice(0, first)] : argv
}

const isFile = (word: string): boolean => /\.[cm]?[jt]s$|[/*]/.test(word) && !word.startsWith('-')
