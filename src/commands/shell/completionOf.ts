// What can stand where the cursor is, from the commands as they are registered.
import type { Context } from '../program/command.ts'
import { type ValueKind, optionKinds, wordKinds } from '../options/valueKinds.ts'
import type { AskedNames } from './awsNames.ts'
import { type KnownCommand, type TypedLine, knownCommand, splitAtSign, typedLine } from './typedLine.ts'
import { isFile } from '../options/filesLast.ts'
import { unquoted } from './unquoted.ts'

interface Candidate {
  readonly word: string
  readonly description?: string
}

export interface Completion {
  /** Whether the shell is to complete the name of a file, which it knows best how to do. */
  readonly isFile: boolean
  readonly candidates: readonly Candidate[]
}

type NamesInAws = (asked: AskedNames) => Promise<readonly string[]>

const nothing: Completion = { isFile: false, candidates: [] }
const file: Completion = { isFile: true, candidates: [] }

/** What every program answers. */
const help: Candidate = { word: '--help', description: 'Show options and examples' }
const version: Candidate = { word: '--version', description: 'Print the version, and that of Node' }

/** `typed` are the words as the shell has them, quotes and all; the last is the one that is completed. */
export async function completionOf(
  typed: readonly string[],
  { definitions, program }: Pick<Context, 'definitions' | 'program'>,
  names: NamesInAws,
): Promise<Completion> {
  const current = unquoted(typed.at(-1) ?? '')
  const before = withoutRedirections(typed.slice(0, -1).map(unquoted))
  if (before === undefined || isRedirection(current)) return file
  const commands = definitions().map((one) => knownCommand(one, program))
  const line = typedLine(before, commands)
  const { command, open } = line
  if (!command) return nextOfCommand(line.words, commands, current)
  if (open) return valueOf(optionKinds[open.name], { lead: '', text: current }, line, names)
  if (line.isPastOptions) return nothing
  const { name, value } = splitAtSign(current)
  if (current.startsWith('-') && value !== undefined) {
    const option = command.options.find((one) => one.names.includes(name))
    if (!option?.takesValue) return nothing
    return valueOf(optionKinds[option.name], { lead: `${name}=`, text: value }, line, names)
  }
  if (current.startsWith('-')) return beginning(optionsOf(command), current, namesOf(command))
  const word = command.words[line.words.length] ?? command.rest
  return valueOf(word === undefined ? undefined : kindOf(word), { lead: '', text: current }, line, names)
}

function kindOf(word: string): ValueKind | undefined {
  return word.includes('|') ? word.split('|') : wordKinds[word]
}

/** The candidates that begin so, or else the `others`. */
function beginning(candidates: readonly Candidate[], current: string, others: readonly Candidate[] = []): Completion {
  const some = [candidates, others].map((list) => list.filter(({ word }) => word.startsWith(current)))
  return { isFile: false, candidates: some.find((list) => list.length > 0) ?? [] }
}

/** The next words of commands, before which files may stand; what several have in common is described by their last words. */
function nextOfCommand(words: readonly string[], commands: readonly KnownCommand[], current: string): Completion {
  const typed = words.filter((word) => !isFile(word))
  const some = commands.filter(({ path }) => typed.every((word, index) => word === path[index]))
  const next = [...new Set(some.flatMap(({ path }) => path[typed.length] ?? []))].map((word) => {
    const those = some.filter(({ path }) => path[typed.length] === word)
    const [only] = those.length === 1 ? those : []
    return { word, description: only?.description ?? those.map(({ path }) => path[typed.length + 1]).join(', ') }
  })
  const found = beginning(typed.length === 0 ? [...next, help, version] : next, current)
  return found.candidates.length === 0 && typed.length === 0 && !current.startsWith('-') ? file : found
}

/** The options by the first of their long names; of a switch that is on, also what turns it off. */
function optionsOf({ options }: KnownCommand): Candidate[] {
  const found = options.flatMap(({ name, takesValue, description }) => {
    const off = takesValue ? undefined : new RegExp(`${name.replace('--', '--no-')}\\b`).exec(description)?.[0]
    return [name, ...(off === undefined ? [] : [off])].map((word) => ({ word, description }))
  })
  return [...found, help]
}

function namesOf({ options }: KnownCommand): Candidate[] {
  return options.flatMap(({ names, description }) => names.map((word) => ({ word, description })))
}

async function valueOf(
  kind: ValueKind | undefined,
  { lead, text }: { readonly lead: string; readonly text: string },
  line: TypedLine,
  names: NamesInAws,
): Promise<Completion> {
  if (kind === undefined) return nothing
  if (kind === 'file') return file
  const words = typeof kind === 'string' ? await names(askedNames(kind, line)) : kind
  const candidates = words.filter((word) => word.startsWith(text)).map((word) => ({ word: lead + word }))
  return { isFile: false, candidates }
}

/** Names in the AWS that the rest of the line is about. */
function askedNames(kind: 'cluster' | 'service', { command, options, words }: TypedLine): AskedNames {
  const at = command?.words.indexOf('CLUSTER') ?? -1
  const cluster = options.get('--cluster') ?? words[at] ?? 'default'
  return {
    ...(kind === 'service' && { servicesOf: cluster }),
    region: options.get('--region'),
    profile: options.get('--profile'),
    isLocal: options.has('--local'),
  }
}

/** A shell's `>` and what is like it; fish and zsh keep them to themselves. */
const redirection = /^(?:\d*|&)(?:<>?|>[>&|]?)/

const isRedirection = (word: string): boolean => redirection.test(word)

/** Undefined where the file of a redirection comes next. */
function withoutRedirections(words: readonly string[]): string[] | undefined {
  const kept: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    const [operator] = redirection.exec(word) ?? []
    if (operator === undefined) kept.push(word)
    else if (operator === word && ++index === words.length) return undefined
  }
  return kept
}
