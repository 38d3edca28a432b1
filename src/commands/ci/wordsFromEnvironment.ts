// Takes the words of a command from an environment variable: what a CI passes on may be anybody's text, and no shell reads it.
import { splitCommand } from '../../definition/splitCommand.ts'

/**
 * `ecs-task @INPUT_COMMAND --report run.html` with the words of that variable in the place of its name, split as a shell does, but
 * with no variables, patterns or substitutions. An unclosed quote leaves one word, which no command is called.
 */
export function wordsFromEnvironment(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const [first = '', ...more] = argv
  const name = /^@([A-Z][A-Z0-9_]*)$/.exec(first)?.[1]
  if (name === undefined) return argv
  const text = env[name] ?? ''
  return [...(splitCommand(text) ?? [text]), ...more]
}
