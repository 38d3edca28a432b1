import { filesIn, text } from './pages.ts'

/** An option as the source declares it. */
export interface DeclaredOption {
  /** Its long name as one types it: `--no-wait` where the default is to wait. */
  readonly name: string
  /** The value that it has when it is not given; undefined for what is on or off, and where there is none. */
  readonly value: string | undefined
}

/** A command as the source declares it, with the options of the classes that it extends. */
export interface DeclaredCommand {
  /** `deploy`, `service update`. */
  readonly name: string
  /** Whether it is a command of a user's class, and not of the program `ecs-task`. */
  readonly isOfClass: boolean
  readonly options: readonly DeclaredOption[]
}

interface DeclaredClass {
  readonly name: string
  readonly extended: string
  /** The command's name; undefined for a class that others extend. */
  readonly command: string | undefined
  readonly options: readonly DeclaredOption[]
}

/** Read as text, since clipanion cannot be loaded here. */
const classes = filesIn('src')
  .filter((file) => !file.startsWith('local/'))
  .map((file) => text(`src/${file}`))
  .filter((source) => source.includes("from 'clipanion'"))
  .flatMap((source) => source.split(/^(?=export (?:abstract )?class )/m).slice(1))
  .map(declaredClass)

const ofClass = text('src/EcsTask.ts')

export const commands: readonly DeclaredCommand[] = classes.flatMap((one) =>
  one.command === undefined
    ? []
    : { name: one.command, isOfClass: ofClass.includes(`${one.name},`), options: allOptions(one) },
)

function declaredClass(source: string): DeclaredClass {
  const [, name = '', extended = ''] = /class (\w+) extends (\w+)/.exec(source) ?? []
  const [, path] = /paths = \[\[([^\]]*)\]\]/.exec(source) ?? []
  // An option that is hidden is not in the help either.
  const options = [
    ...source.matchAll(/Option\.\w+\(\s*'([^']*--[^']+)'(?!, \{ hidden: true)(?:,\s*(true|false|'[^']*'))?/g),
  ]
  return {
    name,
    extended,
    command: path?.replaceAll(/'|,/g, ''),
    options: options.map(([, names = '', value]) => {
      const long = names.split(',').find((one) => one.startsWith('--')) ?? ''
      return {
        name: value === 'true' ? long.replace('--', '--no-') : long,
        value: value?.startsWith("'") ? value.slice(1, -1) : undefined,
      }
    }),
  }
}

/** A member that overrides one of a class above takes its place. */
function allOptions({ extended, options }: DeclaredClass): DeclaredOption[] {
  const above = classes.find(({ name }) => name === extended)
  const inherited = above ? allOptions(above) : []
  return [...inherited.filter(({ name }) => !options.some((one) => one.name === name)), ...options]
}
