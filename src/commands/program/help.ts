// The help: one line for each command of a program, and all there is to know of one command.
import type { Cli, Definition } from 'clipanion'
import { wrapped } from '../../output/folded.ts'
import type { Context } from './command.ts'

/** As many as a terminal has at least, and as clipanion gives its paragraphs. */
const columns = 80

/** The commands of these names, a line each. */
export function overview(program: Cli<Context>, names: readonly string[]): string {
  const { binaryLabel, binaryName, binaryVersion } = program
  const lines = program
    .definitions()
    .filter(({ path }) => names.includes(path.slice(binaryName.length + 1)))
    .map(({ usage, description = '' }) => ({
      words: usageIn(program, usage).slice(binaryName.length + 1),
      description: description.trim(),
    }))
  const width = Math.max(...lines.map(({ words }) => words.length))
  return [
    `${binaryLabel} ${binaryVersion}`,
    '',
    `  ${binaryName} <command>`,
    '',
    ...lines.map(({ words, description }) => `  ${words.padEnd(width)}  ${description}`),
    '',
    `${binaryName} <command> --help shows its options and examples.`,
    '',
  ].join('\n')
}

/** clipanion writes any number of words as `...`: they are files, which a class's own file takes none of. */
export function usageIn({ binaryName }: { readonly binaryName: string }, usage: string): string {
  return usage.replace(' ...', binaryName === 'ecs-task' ? ' <FILE>…' : '')
}

/** An example with a file after the tag, where the command takes files. */
export function exampleIn({ binaryName }: { readonly binaryName: string }, usage: string, line: string): string {
  if (!usage.includes(' ...') || binaryName !== 'ecs-task') return line
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
  return [
    description,
    `${header('Usage')}\n`,
    `${bold('$ ')}${usageIn(program, usage)}\n`,
    ...(options.length > 0 ? [`${header('Options')}\n`, optionLines(options, bold)] : []),
    ...(details === '' ? [] : [`${header('Details')}\n`, details]),
    ...(examples.length > 0 ? [`${header('Examples')}\n`] : []),
    ...examples.map(([what, line]) => `${what}  ${bold('$ ')}${exampleIn(program, usage, line)}\n`),
  ].join('\n')
}

/** clipanion spells the value of an option `#0`. */
function optionLines(options: Definition['options'], bold: (text: string) => string): string {
  const rows = options.map(({ definition, description = '' }) => ({
    spelled: definition.replace(/ #\d$/, ' <value>'),
    description: description.trim(),
  }))
  const width = Math.max(...rows.map(({ spelled }) => spelled.length))
  const indent = width + 6
  return rows
    .map(({ spelled, description }) => {
      const [first, ...rest] = wrapped(description, columns - indent)
      return [`  ${bold(spelled.padEnd(width))}    ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)]
    })
    .map((lines) => `${lines.join('\n')}\n`)
    .join('')
}
