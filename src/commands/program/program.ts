// The program around the commands: finds the one that is meant, and answers with the exit code.
import { existsSync } from 'node:fs'
import { Builtins, Cli, Command, type CommandClass } from 'clipanion'
import { type Context, type ProcessContext, noColor } from './command.ts'
import { annotate } from '../ci/annotate.ts'
import { isFile } from '../options/filesLast.ts'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Problem } from '../../engine/events.ts'
import { exitCodeOf, signalOf } from '../../ground/exitCode.ts'
import { withoutSecrets } from './withoutSecrets.ts'
import { splitCommand } from '../../definition/splitCommand.ts'
import { problemOf } from '../../engine/problem.ts'
import { nearest } from '../../ground/nearest.ts'
import { wantsColor } from '../../output/color.ts'
import { printedLines } from '../../output/line.ts'
import { problemLines } from '../../output/problemLines.ts'
import { readAsTyped } from '../options/asTyped.ts'
import { beforeDashes, helpWords } from '../options/dashes.ts'
import { optionMeant, spellings } from '../options/meant.ts'
import { commandHelp, overview, usageIn } from './help.ts'

/** What every program answers: `--help` and `--version`. */
export const builtins = [Builtins.HelpCommand, Builtins.VersionCommand]

/** The program's name, its version, and its commands. */
export interface ProgramOptions {
  readonly binaryName: string
  readonly binaryLabel: string
  readonly binaryVersion: string
}

/** clipanion's program with our ways: errors on the standard error, exit codes of our own. */
class Program extends Cli<Context> {
  /** The words of what was typed that name a command. */
  command = ''
  /** The words of each command. */
  names: readonly string[] = []
  /** All that was typed, and the environment: their secrets are not repeated in errors. */
  argv: readonly string[] = []
  environment: Context['env'] = {}
  failure:
    | {
        readonly exitCode: number
        readonly text: string
        readonly problem: Problem
        readonly context: Partial<Context>
      }
    | undefined

  override error(error: unknown, { command }: Parameters<Cli<Context>['error']>[1] = {}): string {
    const problem = withoutSecrets(isUsage(error) ? misuse(error, this) : problemOf(error), this.environment, this.argv)
    const outcome = problem.code === 'Interrupted' ? 'interrupted' : 'refused'
    this.failure = {
      exitCode: exitCodeOf(outcome, problem, signalOf(error)),
      text: errorText(problem, this.enableColors ?? false),
      problem,
      // The command's own context knows the files of the classes.
      context: command?.context ?? {},
    }
    // What is answered here goes to the standard output, where only results belong.
    return ''
  }

  override usage(of: Parameters<Cli<Context>['usage']>[0] = null): string {
    if (of === null) return overview(this, this.names)
    const { paths: [words = []] = [] } = of instanceof Command ? (of.constructor as CommandClass<Context>) : of
    return commandHelp(this, words.join(' '))
  }
}

/**
 * Runs a program with the given commands and answers with the exit code: the command's own, 2 for what cannot be
 * understood, 70 for a bug. Without a command nothing was done, which is no success: it answers as `--help`, and 2.
 * `help deploy` is `deploy --help`.
 */
export async function runProgram(
  commands: readonly CommandClass<Context>[],
  argv: readonly string[],
  process: ProcessContext,
  options: ProgramOptions,
): Promise<number> {
  if (argv[0] === 'help' || (argv.length > 1 && helpWords.includes(argv[0] ?? ''))) {
    return runProgram(commands, [...argv.slice(1), '--help'], process, options)
  }
  const context: Context = {
    ...process,
    argv,
    again: (words, more) => runProgram(commands, words, { ...process, ...more }, options),
    definitions: () => Cli.from([...commands], options).definitions(),
    ...(beforeDashes(argv).includes(noColor) && { env: { ...process.env, NO_COLOR: '1' } }),
  }
  const program = new Program({
    ...options,
    enableColors: wantsColor(context.env, context.stdout),
    enableCapture: false,
  })
  program.argv = argv
  program.environment = context.env
  program.names = namesIn(commands)
  const named = program.names.find((name) => isNamed(name, argv))
  // clipanion builds a machine out of all options of all its commands: one command has the smallest.
  const possible = commands.filter((command) => named === undefined || namesIn([command]).includes(named))
  for (const command of possible) program.register(command)
  if (argv.length === 0) {
    context.stderr.write(program.usage())
    return 2
  }
  if (beforeDashes(argv).some((word) => helpWords.includes(word))) {
    const below = commandsBelow(program, argv[0])
    const shown = below.length > 0 ? below : isFile(argv[0] ?? '') ? program.names : []
    if (named !== undefined || shown.length > 0) {
      context.stdout.write(named === undefined ? overview(program, shown) : commandHelp(program, named))
      return 0
    }
  }
  const unknown = unknownCommand(program, argv)
  if (unknown) {
    const problem = withoutSecrets(problemOf(unknown), context.env, argv)
    context.stderr.write(errorText(problem, wantsColor(context.env, context.stderr)))
    await annotate(problem, context)
    return 2
  }
  program.command = named ?? ''
  const [only] = possible.length === 1 ? possible : []
  const exitCode = await program.run((only && readAsTyped(only, argv, context)) ?? [...argv], context)
  if (!program.failure) return exitCode
  const { text, problem } = program.failure
  context.stderr.write(text)
  await annotate(problem, { ...context, ...program.failure.context })
  return program.failure.exitCode
}

/** What clipanion could not understand, in our words: the option that was probably meant, and how the command is written. */
function misuse(error: Error, program: Program): Problem {
  const { binaryName, command } = program
  const definition = program.definitions().find(({ path }) => path === `${binaryName} ${command}`)
  // Without an option that it needs, clipanion takes the command for another one.
  const lacking = definition?.options.find((one) => one.required && !isGiven(one, program))
  const what = lacking ? `${spellings(lacking).at(-1)} is missing.` : whatIsWrong(error)
  const meant = optionMeant(what, definition?.options ?? [])
  const how = definition
    ? `Write it as: ${usageIn(program, definition)}; --help shows the options.`
    : `${binaryName} --help shows the commands.`
  return { code: 'BadArguments', what, fix: meant ?? how }
}

function isGiven(option: { readonly definition: string }, { argv }: Program): boolean {
  const names = spellings(option)
  return argv.some((word) => names.some((name) => word === name || word.startsWith(`${name}=`)))
}

/** Where a command takes files, clipanion has a second reading in which each of them is one word too many. */
function whatIsWrong(error: Error): string {
  const { candidates = [] } = error as { readonly candidates?: readonly { readonly reason: string | null }[] }
  const reasons = candidates.flatMap(({ reason }) => reason ?? [])
  const [inMessage = ''] = error.message.trim().split('\n')
  return reasons.find((reason) => !reason.startsWith('Extraneous positional argument')) ?? inMessage
}

/** The words of each command. */
function namesIn(commands: readonly CommandClass<Context>[]): string[] {
  return commands
    .flatMap(({ paths = [] }) => paths.map((words) => words.join(' ')))
    .filter((name) => name !== '' && !name.startsWith('-'))
}

function isNamed(name: string, argv: readonly string[]): boolean {
  return name.split(' ').every((word, index) => word === argv[index])
}

/** The commands whose first word is this one and that have another: `cluster deploy` of `cluster`. */
function commandsBelow(program: Program, word: string | undefined): string[] {
  return program.names.filter((name) => name.startsWith(`${word} `))
}

/** The error for words that name no command. */
function unknownCommand(program: Program, argv: readonly string[]): EcsTaskError | undefined {
  const [word = '', next = ''] = argv
  const { names } = program
  if (word === '' || word.startsWith('-') || names.some((name) => isNamed(name, argv))) return undefined
  const below = commandsBelow(program, word)
  if (below.length > 0 && (next === '' || next.startsWith('-'))) {
    return new EcsTaskError('BadArguments', `${word} alone is not a command of ${program.binaryName}.`, {
      fix: `Its commands: ${below.join(', ')}.`,
    })
  }
  if (isFile(word) && existsSync(word)) {
    return new EcsTaskError('BadArguments', 'No command given.', {
      fix: `Put one before the file: ${program.binaryName} status ${argv.map(quoted).join(' ')}`,
    })
  }
  if (splitCommand(word) === undefined) {
    return new EcsTaskError('BadArguments', `${word} opens a quote and does not close it.`)
  }
  const typed = below.length > 0 ? `${word} ${next}` : word
  const known = below.length > 0 ? below : names.map((name) => name.split(' ')[0] ?? '')
  const near = nearest(typed, known)
  return new EcsTaskError('BadArguments', `${typed} is not a command of ${program.binaryName}.`, {
    fix: near ? `Did you mean ${near}?` : `Its commands: ${[...new Set(below.length > 0 ? below : names)].join(', ')}.`,
  })
}

function isUsage(error: unknown): error is Error {
  return error instanceof Error && 'clipanion' in error
}

/** A problem as it is printed where no run tells of it. */
export function errorText(problem: Problem, color: boolean): string {
  return printedLines(problemLines(problem), { color })
}
