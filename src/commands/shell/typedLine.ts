// Reads a command line that is not finished: its command, its options and its other words.
import type { Definition } from 'clipanion'
import { filesLast } from '../options/filesLast.ts'

/** An option as it is registered. */
export interface KnownOption {
  /** Every name of it, as `-c` and `--cluster`. */
  readonly names: readonly string[]
  /** The name that says what it is: the first long one. */
  readonly name: string
  readonly takesValue: boolean
  readonly description: string
}

export interface KnownCommand {
  /** `service`, `update`. */
  readonly path: readonly string[]
  readonly description: string
  readonly options: readonly KnownOption[]
  /** The names of its words in the usage, in their order. */
  readonly words: readonly string[]
  /** The name of any number of further words; undefined where there are none. */
  readonly rest: string | undefined
}

/** The words before the one that is being typed. */
export interface TypedLine {
  readonly command: KnownCommand | undefined
  /** The values of options, by their names; of a switch it is empty. */
  readonly options: ReadonlyMap<string, string>
  readonly words: readonly string[]
  /** The option whose value comes next. */
  readonly open: KnownOption | undefined
  /** Whether `--` has ended the options. */
  readonly isPastOptions: boolean
}

/** What clipanion has registered. */
export function knownCommand({ path, usage, description = '', options }: Definition, program: string): KnownCommand {
  return {
    path: path.slice(program.length + 1).split(' '),
    description: description.trim(),
    options: options.map(knownOption),
    words: [...usage.slice(path.length).matchAll(/[<[]([^>\]]+)[>\]]/g)].map(([, name = '']) => name),
    rest: / \.\.\.(?: |$)/.test(usage) ? 'FILE' : undefined,
  }
}

function knownOption({ definition, description = '' }: Definition['options'][number]): KnownOption {
  const [spelled = '', value] = definition.split(' ')
  const names = spelled.split(',')
  const name = names.find((one) => one.startsWith('--')) ?? spelled
  return { names, name, takesValue: value !== undefined, description: description.trim() }
}

export function typedLine(typed: readonly string[], commands: readonly KnownCommand[]): TypedLine {
  const before = filesLast(typed)
  const command = commands
    .filter(({ path }) => path.every((word, index) => word === before[index]))
    .toSorted((one, other) => other.path.length - one.path.length)[0]
  const options = new Map<string, string>()
  const words: string[] = []
  let open: KnownOption | undefined
  let isPastOptions = false
  for (const word of before.slice(command?.path.length ?? 0)) {
    if (open) {
      options.set(open.name, word)
      open = undefined
    } else if (isPastOptions || !/^-./.test(word)) words.push(word)
    else if (word === '--') isPastOptions = true
    else {
      const { name, value } = splitAtSign(word)
      const option = command?.options.find(({ names }) => names.includes(name))
      if (option?.takesValue && value === undefined) open = option
      else if (option) options.set(option.name, value ?? '')
    }
  }
  return { command, options, words, open, isPastOptions }
}

/** `--cluster` and `prod` of `--cluster=prod`. */
export function splitAtSign(word: string): { readonly name: string; readonly value: string | undefined } {
  const at = word.indexOf('=')
  return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) }
}
