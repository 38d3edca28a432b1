import { filesIn, text } from './pages.ts'

/** An option as the source declares it. */
export interface DeclaredOption {
  /** As one types it: `--no-wait` where the default is to wait. */
  readonly name: string
  /** The value that it has when it is not given; undefined for what is on or off, and where there is none. */
  readonly value: string | undefined
}

/** A command as the source declares it, with the options of the classes that it extends. */
export interface DeclaredCommand {
  readonly name: string
  readonly options: readonly DeclaredOption[]
}

interface DeclaredClass {
  readonly name: string
  readonly extended: string
  readonly paths: string | undefined
  readonly options: readonly DeclaredOption[]
}

/** Read as text, since clipanion cannot be loaded here. */
const classes = ['command.ts', 'performCommand.ts', 'writeCommand.ts', ...filesIn('src/commands').map(inCommands)].map(
  (file) => declaredClass(text(`src/${file}`)),
)

export const commands: readonly DeclaredCommand[] = classes.flatMap((one) =>
  one.paths === undefined ? [] : { name: one.paths, options: allOptions(one) },
)

function inCommands(file: string): string {
  return `commands/${file}`
}

function declaredClass(source: string): DeclaredClass {
  const [, name = '', extended = ''] = /class (\w+) extends (\w+)/.exec(source) ?? []
  const options = [...source.matchAll(/Option\.(String|Boolean)\(\s*'(--[\w-]+)'(?:,\s*(true|false|'[^']*'))?/g)]
  return {
    name,
    extended,
    paths: /paths = \[\['(\w+)'\]\]/.exec(source)?.[1],
    options: options.map(([, , option = '', value]) => ({
      name: value === 'true' ? option.replace('--', '--no-') : option,
      value: value?.startsWith("'") ? value.slice(1, -1) : undefined,
    })),
  }
}

function allOptions({ extended, options }: DeclaredClass): DeclaredOption[] {
  const above = classes.find(({ name }) => name === extended)
  return [...(above ? allOptions(above) : []), ...options]
}
