// What stands before `--` on a command line is ours, what stands behind it somebody else's.

/** What asks for help, wherever it stands before the dashes. */
export const helpWords: readonly string[] = ['--help', '-h']

/** The words of the program itself. */
export function beforeDashes(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('--')
  return at < 0 ? argv : argv.slice(0, at)
}

/** The command behind the first `--`; empty where there is none. */
export function commandAfterDashes(argv: readonly string[]): readonly string[] {
  return argv.slice(beforeDashes(argv).length + 1)
}
