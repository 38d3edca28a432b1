// Takes secrets out of errors that no run tells of: of what was typed, of this process's environment, and what looks like one.
import { looksSecret } from '../../definition/secrets/looksSecret.ts'
import { isPlain } from '../../definition/secrets/ordinary.ts'
import { redactor } from '../../definition/secrets/redact.ts'
import { secretsInText } from '../../definition/secrets/secretsInText.ts'
import type { Problem } from '../../engine/events.ts'
import { sameAws } from '../../ground/command.ts'

/** The secrets of an environment: values of names that look secret, but for plain words and numbers. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && looksSecret(name) && !isPlain(value) ? value : [],
  )
}

/** A problem as it may be printed. `argv` are the words that were typed, where they are known: its commands go to the same AWS. */
export function withoutSecrets(
  problem: Problem,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[] = [],
): Problem {
  const secrets = [...secretsOf(env), ...typedSecrets(argv)]
  return redactor([], { secrets, sameAws: sameAws(typedAws(argv)) })(problem)
}

/** Which AWS a command line asks for. */
function typedAws(argv: readonly string[]): Parameters<typeof sameAws>[0] {
  const valueOf = (name: string): string | undefined => {
    const index = argv.findLastIndex((word) => word === name || word.startsWith(`${name}=`))
    return argv[index] === name ? argv[index + 1] : argv[index]?.slice(name.length + 1)
  }
  return { region: valueOf('--region'), profile: valueOf('--profile'), local: argv.includes('--local') }
}

/**
 * Secrets on a command line: what follows a secret name, in the same word or as the next one: `--env app=DB_PASSWORD=x`, or a blank
 * in place of the `=`. The next option is none, even behind a value that looks like such a name.
 */
export function typedSecrets(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    const before = (argv[index - 1] ?? '').split('=').at(-1)!
    const found = secretsInText(word, true).flatMap(({ secret }) => secret ?? [])
    return looksSecret(before) && !before.startsWith('-') && !longOption.test(word) ? [word, ...found] : found
  })
}

const longOption = /^--[a-z]+(?:-[a-z]+)*(?:=|$)/
