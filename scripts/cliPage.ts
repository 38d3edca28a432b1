// Writes docs/cli.md from the commands themselves: `npm run cli-page`, after a change of an option or a help text. A test compares.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Cli, Command, type CommandClass, type Definition } from 'clipanion'
import type { Context } from '../src/commands/program/command.ts'
import { exampleIn, usageIn } from '../src/commands/program/help.ts'

const folder = new URL('../src/commands/', import.meta.url)
const page = new URL('../docs/cli.md', import.meta.url)
/** The order of a first reading: what deploys first, what is for the machine last. */
const order = [
  'deploy',
  'diff',
  'verify',
  'rollback',
  'status',
  'tasks',
  'logs',
  'exec',
  'wait',
  'continue',
  'debug',
  'service update',
  'run',
  'cluster deploy',
]

/** Every command, wherever below src/commands it stands. */
export async function readCommands(): Promise<CommandClass<Context>[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => new URL(file, folder))
  const verbs = files.filter(({ href }) => href.endsWith('.ts')).filter(declaresPaths)
  const modules = await Promise.all(verbs.map(({ href }): Promise<Record<string, unknown>> => import(href)))
  return modules.flatMap((one) => Object.values(one).filter(isCommand))
}

function declaresPaths(file: URL): boolean {
  return readFileSync(file, 'utf8').includes('static override paths')
}

/** The text of docs/cli.md. */
export async function cliPage(): Promise<string> {
  const commands = (await readCommands()).map(described)
  const rank = ({ name }: Described): number => (order.indexOf(name) + order.length + 1) % (order.length + 1)
  const sorted = commands.toSorted((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1))
  return [
    '# Commands',
    '',
    'This page is made from the commands themselves; `--help` after a command shows the same.',
    '',
    '| command | what it does |',
    '| --- | --- |',
    ...sorted.map(
      ({ program, name, description }) =>
        `| [\`${program} ${name}\`](#${name.replaceAll(' ', '-')}) | ${description.replace(/^./, (first) => first.toLowerCase())} |`,
    ),
    ...sorted.flatMap(section),
    '',
  ].join('\n')
}

interface Described extends Pick<Definition, 'options' | 'details' | 'examples'> {
  readonly program: string
  /** `service update`. */
  readonly name: string
  readonly usage: string
  readonly description: string
}

function isCommand(value: unknown): value is CommandClass<Context> {
  return typeof value === 'function' && value.prototype instanceof Command && 'paths' in value
}

function described(command: CommandClass<Context>): Described {
  const program = 'ecs-task'
  const [definition] = Cli.from<Context>([command], { binaryName: program }).definitions()
  const name = command.paths?.[0]?.join(' ')
  if (!definition || !name) throw new Error(`${command.name} has no help.`)
  const { options, description = '', details, examples = [] } = definition
  const usage = usageIn({ binaryName: program }, definition)
  return {
    program,
    name,
    usage,
    options,
    description: description.trim(),
    ...(details && { details }),
    examples: examples.map(([what, line]) => [what, exampleIn({ binaryName: program }, definition.usage, line)]),
  }
}

function section({ name, usage, options, description, details, examples = [] }: Described): string[] {
  return [
    '',
    `## ${name}`,
    '',
    `${description}.`,
    '',
    '```',
    usage,
    '```',
    ...(details ? ['', withoutTags(unwrapped(details))] : []),
    '',
    '| option | what it does |',
    '| --- | --- |',
    ...options.map((option) => `| ${spelled(option)} | ${escaped(option.description ?? '').trim()} |`),
    ...(examples.length > 0
      ? ['', '```sh', ...examples.map(([what, line]) => `${line.trim()}   # ${what.trim()}`), '```']
      : []),
  ]
}

/** clipanion spells the value of an option `#0`. */
function spelled({ definition }: Definition['options'][number]): string {
  const [names = '', value] = definition.split(' ')
  return names
    .split(',')
    .map((name) => `\`${value ? `${name} <value>` : name}\``)
    .join(', ')
}

/** clipanion folds its paragraphs at 80 columns. */
function unwrapped(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, ' ').trim())
    .join('\n\n')
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}

/** Within a code span Markdown leaves everything as it is. */
function withoutTags(text: string): string {
  return text.replaceAll(/`[^`]*`|</g, (found) => (found === '<' ? '&lt;' : found))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await cliPage())
