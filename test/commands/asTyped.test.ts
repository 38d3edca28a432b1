// A command line read with the options alone that were typed comes to what it comes to with all of them, or to nothing.
import { Cli, type CommandClass } from 'clipanion'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAsTyped } from '../../src/commands/options/asTyped.ts'
import { spellings } from '../../src/commands/options/meant.ts'
import type { Context } from '../../src/commands/program/command.ts'
import { capturing, everyCommand } from './inProcess.ts'

const context = capturing({ program: 'ecs-task', declared: [], env: {} })
const pathOf = ({ paths: [words = []] = [] }: CommandClass<Context>): readonly string[] => words

describe.each(everyCommand.map((command) => ({ name: pathOf(command).join(' '), command })))('$name', ({ command }) => {
  test('is read as it is with all options', () => {
    fc.assert(
      fc.property(fc.array(wordOf(command), { maxLength: 6 }), (words) => {
        const argv = [...pathOf(command), ...words]
        expect(members(readAsTyped(command, argv, context))).toEqual(members(readInFull(command, argv)))
      }),
      { numRuns: 300 },
    )
  })
})

/** What clipanion itself makes of a command line, with all options of the command. */
function readInFull(command: CommandClass<Context>, argv: readonly string[]): object | undefined {
  const cli = new Cli<Context>()
  cli.register(command)
  try {
    return cli.process([...argv], context)
  } catch {
    return undefined
  }
}

/** What the words have come to; the rest of a command is the program's. */
function members(command: object | undefined): unknown {
  return command && JSON.parse(JSON.stringify({ ...command, context: undefined }))
}

/** A word of those that mean something to the command, and of those that do not. */
function wordOf(command: CommandClass<Context>): fc.Arbitrary<string> {
  const cli = new Cli<Context>({ binaryName: 'ecs-task' })
  cli.register(command)
  const names = cli.definitions().flatMap(({ options }) => options.flatMap(spellings))
  const name = fc.constantFrom(...names, '--ascii', '--unknown')
  const value = fc.constantFrom('web', 'v1.2.3', '5', '1m', 'web=v1', '', '-1', 'my_cluster')
  return fc.oneof(
    { weight: 3, arbitrary: name },
    { weight: 3, arbitrary: value },
    fc.tuple(name, value).map(([one, other]) => `${one}=${other}`),
    name.map((one) => one.replace(/^--(?!no-)/, '--no-')),
    fc.constantFrom('--', '-', '-fv', '-s', '-sc', '--no-', '--=', '-h'),
  )
}
