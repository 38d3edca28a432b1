// What every command has: the process that it runs in, and its options for AWS and for its answer.
import type { Writable } from 'node:stream'
import { type BaseContext, Command, type Definition as CommandDefinition, Option } from 'clipanion'
import type { Declared, Definition } from '../../definition/definition.ts'
import type { DeployHooks } from '../../deploy/hooks/deployHooks.ts'
import type { Settings } from '../../engine/settings.ts'
import type { interruptions } from '../../ground/exitCode.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { emptyRefused, together } from '../options/composedOption.ts'
import type { SavedPlan } from './savedPlan.ts'
import type { HearUncaught } from './uncaught.ts'

export const noColor = '--no-color'

/** A stream that may be a terminal. */
type Output = Writable & Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>>

/** Everything a command needs of the process that it runs in. */
export interface Context extends BaseContext {
  readonly stdout: Output
  readonly stderr: Output
  /** What is declared in the file that is run, by the name of each class; none for the program itself. */
  readonly declared: readonly {
    readonly name: string
    readonly source: Declared & DeployHooks
    readonly problem?: string
    /** The file that it was found in, where that is known. */
    readonly path?: string
  }[]
  /** The names of classes that `--only` or `--exclude` left out of it. */
  readonly leftOut?: readonly string[]
  /** What a person types to run the program: `tsx _ecs/web_dev.ts`. */
  readonly program: string
  /** The file that runs itself, from here; undefined for the program itself. */
  readonly file?: string
  /** All that was typed after the program. */
  readonly argv: readonly string[]
  /** Runs other words by the same program. */
  readonly again: (argv: readonly string[], more: Pick<Context, 'approved'>) => Promise<number>
  /** What the program registers: each command that the help shows, with its options. */
  readonly definitions: () => readonly CommandDefinition[]
  /** The plan that somebody has seen, where nothing else is to be done. */
  readonly approved?: SavedPlan | undefined
  /** Opens the listeners that tell the topics and webhooks of these definitions; `env` names the CI job. */
  readonly notify: (definitions: readonly Definition[], env: Context['env']) => NonNullable<Settings['connect']>
  /** What a person should know about the machine, a sentence each. */
  readonly notes: readonly string[]
  /** Calls on every SIGHUP, SIGINT and SIGTERM from now on; answers with what calls it off. */
  readonly onSignal: (call: (signal: keyof typeof interruptions) => void) => () => void
  /** Calls with every error that nothing has caught from now on; answers with what calls it off. */
  readonly onUncaught: (call: HearUncaught) => () => void
  /** Ends the process at once. */
  readonly exit: (code: number) => never
}

/** What a program is given of its process: the rest it knows itself. */
export type ProcessContext = Omit<Context, 'argv' | 'again' | 'definitions' | 'approved'>

/** What a person types to run the file of the classes; undefined for the program itself, which has no `status`. */
export function classProgram({ declared, program }: Context): string | undefined {
  return declared.length > 0 ? program : undefined
}

/** The classes with the files that they stand in. */
export function classesIn({ declared, file }: Context): { name: string; path: string | undefined }[] {
  return declared.map(({ name, path = file }) => ({ name, path }))
}

/** How much a command says. */
export interface Saying {
  readonly quiet: boolean
  readonly verbose: boolean
}

/** What every command has. A command's errors are printed by the program around it and nowhere else. */
export abstract class SayingCommand extends Command<Context> {
  saying: Saying = sayingOptions()

  /** The process's exit code. */
  abstract override execute(): Promise<number>
}

/** A command whose run can be reported. */
export type RunningCommand = BaseCommand & {
  /** The file of the report; undefined without one. */
  readonly report: string | undefined
}

/** What every command has that asks AWS: where AWS is, and how it answers. */
export abstract class BaseCommand extends SayingCommand {
  region = Option.String('--region', { description: 'The AWS region [from the environment or profile]' })
  profile = Option.String('--profile', { description: 'The profile in the AWS configuration files [AWS_PROFILE]' })
  local = Option.Boolean('--local', false, { description: 'Use a local AWS; its state is in .ecs-task/local.json' })
  json = Option.Boolean('--json', false, { description: 'Print JSON on stdout' })
}

/**
 * `--no-color` is obeyed before any command is chosen: errors have colors, too. They stand first in a command, so that an empty
 * value is refused before any is read, except that of options `takingEmpty`.
 */
export function sayingOptions({ takingEmpty = [] }: { readonly takingEmpty?: readonly string[] } = {}): Saying {
  const options = {
    empty: emptyRefused(takingEmpty),
    quiet: Option.Boolean('-q,--quiet', false, { description: 'Print only warnings, errors and results' }),
    verbose: Option.Boolean('-v,--verbose', false, { description: 'Print each call to AWS, line by line' }),
    noColor: Option.Boolean(noColor, false, { description: 'Print without colors' }),
  }
  return together(options, ({ empty: _, ...values }) => {
    if (!values.quiet || !values.verbose) return values
    throw new EcsTaskError('BadArguments', '--quiet and --verbose exclude each other.', { fix: 'Pass one of them.' })
  })
}
