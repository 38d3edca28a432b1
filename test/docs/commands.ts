// The commands and their options, as the program itself reads them.
import { isDeepStrictEqual } from 'node:util'
import { Cli, type CommandClass, type Definition } from 'clipanion'
import type { Context } from '../../src/commands/program/command.ts'
import { capturing, everyCommand, isOfClass } from '../commands/inProcess.ts'

/** An option as the help shows it. */
interface DeclaredOption {
  /** Its long name as one types it: `--no-wait` where the default is to wait. */
  readonly name: string
  /** What the help says of it. */
  readonly description: string
  /** Whether there is a value that it has when it is not given. */
  readonly hasDefault: boolean
  /** Whether giving this value is the same as leaving the option out. */
  readonly isDefault: (value: string | undefined) => boolean
}

/** A command with the options that its help shows. */
interface DeclaredCommand {
  /** `deploy`, `service update`. */
  readonly name: string
  /** Whether it is a command of a user's class, and not of the program `ecs-task`. */
  readonly isOfClass: boolean
  readonly options: readonly DeclaredOption[]
  /** Whether it takes an option of this name, be it a short one, another one or a hidden one. */
  readonly takes: (option: string) => boolean
}

/** At least two of these are values that an option takes, whatever it is for. */
const samples = ['5m', '6m', '1', '2', 'stable', 'draining', 'leave', 'stop']

export const commands: readonly DeclaredCommand[] = everyCommand.map(declaredCommand)

function declaredCommand(command: CommandClass<Context>): DeclaredCommand {
  const cli = Cli.from<Context>([command], { binaryName: 'ecs-task' })
  const [definition] = cli.definitions()
  if (!definition) throw new Error(`${command.name} has no help.`)
  const context = capturing({ program: 'ecs-task', declared: [], env: {} })
  const [path = []] = command.paths ?? []
  const positionals = definition.usage.match(/<\w+>/g) ?? []
  const needed = definition.options.filter(({ required }) => required).flatMap((one) => [longOf(one), 'NAME'])
  const read = (...words: string[]): Record<string, unknown> =>
    valuesOf(cli.process([...path, ...positionals, ...needed, ...words], context))
  const without = read()

  function declaredOption(option: Definition['options'][number]): DeclaredOption {
    const long = longOf(option)
    const description = option.description?.trim() ?? ''
    const isSame = (...words: string[]): boolean => isDeepStrictEqual(read(...words), without)
    if (!option.definition.includes(' ')) {
      return {
        name: isSame(long) ? long.replace('--', '--no-') : long,
        description,
        hasDefault: false,
        isDefault: () => false,
      }
    }
    const replaced = samples.flatMap((sample) => replacedBy(() => read(long, sample), without))
    return {
      name: long,
      description,
      hasDefault: !option.required && replaced.some((value) => value !== undefined),
      isDefault: (value) => value !== undefined && isSame(long, value),
    }
  }

  return {
    name: path.join(' '),
    isOfClass: isOfClass(command),
    options: definition.options.map(declaredOption),
    takes: (option) => !problemOf(() => read(option)).startsWith('Unsupported option name'),
  }
}

/** `--service` of `-n,--service,--service-name #0`. */
function longOf({ definition }: Definition['options'][number]): string {
  const [names = ''] = definition.split(' ')
  return names.split(',').find((name) => name.startsWith('--')) ?? ''
}

/** What the options of a command come to, those of a group each alone: `rollout.timeout`. */
function valuesOf(holder: object): Record<string, unknown> {
  const entries = Object.entries(holder).filter(([key]) => !['context', 'cli', 'path', 'help'].includes(key))
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[key, value]]
      return Object.entries(valuesOf(value)).map(([inner, one]) => [`${key}.${inner}`, one])
    }),
  )
}

/** What stood in place of what is read; nothing where it is refused. */
function replacedBy(read: () => Record<string, unknown>, without: Record<string, unknown>): unknown[] {
  try {
    const given = read()
    return Object.keys(given).flatMap((key) => (isDeepStrictEqual(given[key], without[key]) ? [] : [without[key]]))
  } catch {
    return []
  }
}

function problemOf(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
