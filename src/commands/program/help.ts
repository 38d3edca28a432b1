// The help: one line for each command of a program, and all there is to know of one command.
import type { Cli, Definition } from 'clipanion'
import { wrapped } from '../../output/folded.ts'
import type { Context } from './command.ts'

/** As many as a terminal has at least, and as clipanion gives its paragraphs. */
const columns = 80

/** A longer name gets a line of its own: it would push every description to the right. */
const widestName = 26

/** What is named in no group. */
const others = 'Other options'

/** The options by what they are for, in the order in which they are shown; what is named nowhere goes with the others. */
const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  {
    title: 'Common options',
    names: [
      '--cluster',
      '--service',
      '--image',
      '--file',
      '--task-definition',
      '--command',
      '--asg',
      '--batch',
      '--to',
      '--only',
      '--exclude',
      '--dry-run',
      '--plan-out',
      '--yes',
      '--local',
      '--region',
      '--profile',
    ],
  },
  {
    title: 'Waiting and failure',
    names: [
      '--wait',
      '--timeout',
      '--until',
      '--if-in-progress',
      '--on-failure',
      '--keep-going',
      '--max-in-flight',
      '--early-fail',
      '--no-early-fail',
    ],
  },
  { title: others, names: [] },
  { title: 'Output', names: ['--json', '--quiet', '--verbose', '--no-color'] },
]

/** The commands of these names, a line each. */
export function overview(program: Cli<Context>, names: readonly string[]): string {
  const { binaryLabel, binaryName, binaryVersion } = program
  const rows = program
    .definitions()
    .filter(({ path }) => names.includes(path.slice(binaryName.length + 1)))
    .map((one) => ({ name: usageIn(program, one).slice(binaryName.length + 1), description: one.description ?? '' }))
  return [
    `${binaryLabel} ${binaryVersion}`,
    '',
    `  ${binaryName} <command>`,
    '',
    ...table(rows),
    '',
    `${binaryName} <command> --help shows its options and examples.`,
    '',
  ].join('\n')
}

/**
 * clipanion writes any number of words as `...`: they are files, which a class's own file takes none of, and nobody has to give
 * where a cluster can be named instead.
 */
export function usageIn(
  { binaryName }: { readonly binaryName: string },
  { usage, options }: Pick<Definition, 'usage' | 'options'>,
): string {
  const takesCluster = options.some(({ definition }) => definition.includes('--cluster'))
  const files = takesCluster ? ' [FILE…]' : ' <FILE>…'
  return usage.replace(' ...', binaryName === 'ecs-task' ? files : '')
}

/** An example with a file after the tag, where the command takes files and the example does not do without. */
export function exampleIn({ binaryName }: { readonly binaryName: string }, usage: string, line: string): string {
  if (!usage.includes(' ...') || binaryName !== 'ecs-task' || line.includes(' --cluster ')) return line
  return line.replace(/^\S+ \w+(?: [^-|\s]\S*)?/, '$& _ecs/web.ts')
}

/** What a command does, its options, details and examples. */
export function commandHelp(program: Cli<Context>, name: string): string {
  const { header, bold } = program.format()
  const [found] = program
    .definitions({ colored: program.enableColors ?? false })
    .filter(({ path }) => path === `${program.binaryName} ${name}`)
  if (!found) throw new Error(`There is no command ${name}.`)
  const { usage, options, description = '', details = '', examples = [] } = found
  const rows = options.map(optionRow)
  const layout = layoutOf(rows)
  return [
    description,
    `${header('Usage')}\n`,
    `${bold('$ ')}${usageIn(program, found)}\n`,
    ...grouped(rows).flatMap(({ title, rows: some }) => [
      `${header(title)}\n`,
      `${table(some, layout, bold).join('\n')}\n`,
    ]),
    ...(details === '' ? [] : [`${header('Details')}\n`, details]),
    ...(examples.length > 0 ? [`${header('Examples')}\n`] : []),
    ...examples.map(([what, line]) => `${what}  ${bold('$ ')}${exampleIn(program, usage, line)}\n`),
  ].join('\n')
}

interface Row {
  readonly name: string
  readonly description: string
}

interface OptionRow extends Row {
  /** Its long names, the first of which says which group it is in. */
  readonly long: readonly string[]
}

/** `-c, --cluster <value>`; a long name without a short one begins below the other long names. */
function optionRow({ definition, description = '' }: Definition['options'][number]): OptionRow {
  const [names = '', value] = definition.split(' ')
  const all = names.split(',')
  const long = all.filter((one) => one.startsWith('--'))
  const spelled = [...all.filter((one) => !one.startsWith('--')), ...long].join(', ')
  const indent = all.length > long.length ? '' : '    '
  return { long, name: `${indent}${spelled}${value === undefined ? '' : ' <value>'}`, description }
}

/** The rows of each group that has some: first in the order of the group, then as they are declared. */
function grouped(rows: readonly OptionRow[]): { readonly title: string; readonly rows: readonly Row[] }[] {
  const groupOf = ({ long }: OptionRow): string =>
    groups.find(({ names }) => names.includes(long[0] ?? ''))?.title ?? others
  const hasCommon = rows.some((row) => groupOf(row) === groups[0]?.title)
  return groups
    .map(({ title, names }) => ({
      title: title === others && !hasCommon ? 'Options' : title,
      rows: rows
        .filter((row) => groupOf(row) === title)
        .toSorted((one, other) => names.indexOf(one.long[0] ?? '') - names.indexOf(other.long[0] ?? '')),
    }))
    .filter((group) => group.rows.length > 0)
}

/** How wide the column of names is. */
function layoutOf(rows: readonly Row[]): number {
  return Math.max(...rows.map(({ name }) => name.length).filter((length) => length <= widestName), 0)
}

/** Names and what they mean, side by side; below each other where a name is too long for that. */
function table(rows: readonly Row[], width = layoutOf(rows), bold = (text: string): string => text): string[] {
  const indent = ' '.repeat(width + 4)
  return rows.flatMap(({ name, description }) => {
    const lines = wrapped(description.trim(), columns - indent.length)
    const [first = '', ...rest] = lines
    const below = (some: readonly string[]): string[] => some.map((line) => indent + line)
    return name.length > width
      ? [`  ${bold(name)}`, ...below(lines)]
      : [`  ${bold(name.padEnd(width))}  ${first}`, ...below(rest)]
  })
}
