import { stripVTControlCharacters } from 'node:util'
import { type BaseContext, Builtins, Cli, Command, Option } from 'clipanion'
import { wantsColor } from './screen/color.ts'
import type { Declared } from './definition.ts'
import { EcsTaskError } from './errors.ts'
import type { Problem } from './events.ts'
import { exitCodeOf, type interruptions } from './exitCode.ts'
import { printed } from './screen/line.ts'
import { wrapped } from './screen/wrapped.ts'
import { problemOf } from './problem.ts'
import { problemLines } from './screen/problemLines.ts'

/** What every program answers: `--help` and `--version`. */
export const builtins = [Builtins.HelpCommand, Builtins.VersionCommand]

/** Everything a command needs of the process that it runs in. */
export interface Context extends BaseContext {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** What is declared in the file that is run, by the name of each class; none for the program itself. */
  readonly declared: readonly { readonly name: string; readonly source: Declared }[]
  /** What a person types to run the program: `tsx _ecs/web_dev.ts`. */
  readonly program: string
  /** Calls on every SIGINT and SIGTERM from now on; answers with what calls it off. */
  readonly onSignal: (call: (signal: keyof typeof interruptions) => void) => () => void
  /** Ends the process at once. */
  readonly exit: (code: number) => never
}

/** What every command has: where AWS is, and how it answers. A command's errors are printed here and nowhere else. */
export abstract class BaseCommand extends Command<Context> {
  region = Option.String('--region', { description: 'The AWS region; else the environment or profile says' })
  profile = Option.String('--profile', { description: 'The profile in the AWS configuration files' })
  local = Option.Boolean('--local', false, { description: 'Use a local AWS; its world is in .ecs-task/local.json' })
  json = Option.Boolean('--json', false, { description: 'Answer in JSON on the standard output' })

  /** The process's exit code. */
  abstract override execute(): Promise<number>
}

/** The program's name, its version, and its commands. */
export interface ProgramOptions {
  readonly binaryName: string
  readonly binaryLabel: string
  readonly binaryVersion: string
}

/** clipanion's program with our ways: errors on the standard error, exit codes of our own. */
class Program extends Cli<Context> {
  failure: { readonly exitCode: number; readonly text: string } | undefined

  override error(error: unknown, { command }: { command?: Command<Context> | null } = {}): string {
    const problem = problemOf(error)
    if (isUsage(error))
      this.failure = {
        exitCode: 2,
        text: withValues(`${error.message.trim()}\n${command ? `\n${this.usage(command)}` : ''}`),
      }
    else
      this.failure = { exitCode: exitCodeOf('refused', problem), text: errorText(problem, this.enableColors ?? false) }
    // What is answered here goes to the standard output, where only results belong.
    return ''
  }

  override usage(...of: Parameters<Cli<Context>['usage']>): string {
    return withValues(super.usage(...of))
  }
}

/**
 * Runs a program with the given commands and answers with the exit code: the command's own, 2 for what cannot be
 * understood, 70 for a bug. Without a command nothing was done, which is no success: it answers as `--help`, and 2.
 */
export async function runProgram(
  commands: readonly (new () => Command<Context>)[],
  argv: readonly string[],
  context: Context,
  options: ProgramOptions,
): Promise<number> {
  const program = new Program({
    ...options,
    enableColors: wantsColor(context.env, context.stdout),
    enableCapture: false,
  })
  for (const command of commands) program.register(command)
  if (argv.length === 0) {
    context.stderr.write(program.usage())
    return 2
  }
  const exitCode = await program.run([...argv], context)
  if (!program.failure) return exitCode
  context.stderr.write(program.failure.text)
  return program.failure.exitCode
}

/** As many as a terminal has at least, and as clipanion gives the rest of its help. */
const columns = 80

/**
 * clipanion shows the value of an option as `#0`; in a list of options the others then need as much more room. And it
 * leaves it to the terminal to break what is said of an option.
 */
function withValues(usage: string): string {
  const [unnamed, named] = [' #0', ' <value>']
  return usage
    .replaceAll(/^(\s+\S*?--[\w-]+)(?![\w-]| #0)/gm, `$1${' '.repeat(named.length - unnamed.length)}`)
    .replaceAll(unnamed, named)
    .replaceAll(/^(\s+\S*?--.*\S\s{4,})(\S.*)$/gm, (_line, option: string, description: string) => {
      const indent = stripVTControlCharacters(option).length
      return option + wrapped(description, columns - indent).join(`\n${' '.repeat(indent)}`)
    })
}

function isUsage(error: unknown): error is Error {
  return error instanceof Error && 'clipanion' in error
}

function errorText(problem: Problem, color: boolean): string {
  return problemLines(problem)
    .map((line) => `${printed(line, { color })}\n`)
    .join('')
}

/** Throws unless there is something declared to work on. */
export function declaredIn({ declared }: Context): Context['declared'] {
  if (declared.length > 0) return declared
  throw new EcsTaskError('BadArguments', 'There is no class to deploy.', {
    fix: 'Pass at least one class to EcsTask.main.',
  })
}
