// A command line is read by a command that has only those of its options that were typed.
import { type BaseContext, Cli, type Command, type CommandClass } from 'clipanion'
import { optionsOf } from './composedOption.ts'

/**
 * The command as its words say; undefined where they can't be understood, which is told with all of its options at hand. With all of
 * them clipanion takes eight milliseconds of a start to read a deploy, as it compares each option with each.
 */
export function readAsTyped<Context extends BaseContext>(
  command: CommandClass<Context>,
  argv: readonly string[],
  context: Context,
): Command<Context> | undefined {
  const cli = new Cli<Context>()
  cli.register(asTyped(command, argv))
  try {
    return cli.process([...argv], context)
  } catch {
    return undefined
  }
}

function asTyped<Context extends BaseContext>(
  command: CommandClass<Context>,
  argv: readonly string[],
): CommandClass<Context> {
  // Several flags of one letter may be one word.
  const isAll = argv.some((word) => /^-[^-]./.test(word))
  const typed = new Set(argv.map((word) => word.split('=', 1)[0]))
  const isTyped = (name: string): boolean => isAll || typed.has(name) || typed.has(name.replace(/^--/, '--no-'))
  return new Proxy(command, {
    construct(Command) {
      const made = new Command()
      for (const [, option] of optionsOf(made)) {
        const { definition } = option
        option.definition = (builder, key) => {
          const { addOption } = builder
          builder.addOption = (added) => {
            if (added.required || added.names.some(isTyped)) addOption.call(builder, added)
          }
          definition(builder, key)
          builder.addOption = addOption
        }
      }
      return made
    },
  })
}
