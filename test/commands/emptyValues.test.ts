// Every option that takes a value, of every command: an empty one is what a variable that is not set leaves behind.
import type { CommandClass } from 'clipanion'
import { expect, test } from 'vitest'
import type { Context } from '../../src/commands/program/command.ts'
import { optionsOf } from '../../src/commands/options/composedOption.ts'
import { ecsTask, everyCommand } from './inProcess.ts'
import type { Ended } from './support.ts'

/** With credentials and a region, so that nothing else can stop a command. Nobody listens there. */
const env = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
}
const pathOf = ({ paths: [words = []] = [] }: CommandClass<Context>): readonly string[] => words

interface Shape {
  /** The names of each option that takes a value. */
  readonly options: readonly (readonly string[])[]
  /** The words that the command needs. */
  readonly words: readonly string[]
}

function shapeOf(Made: CommandClass<Context>): Shape {
  const options: string[][] = []
  const words: string[] = []
  const builder = {
    addOption({ names, arity, required }: { names: string[]; arity: number; required?: boolean }): void {
      if (required) words.push(names[0]!, 'word')
      if (arity === 1) options.push(names)
    },
    addPositional({ required = true }: { required?: boolean }): void {
      if (required) words.push('word')
    },
    addRest(): void {},
  }
  for (const [key, option] of optionsOf(new Made())) option.definition(builder as never, key)
  return { options, words }
}

function refusedAsEmpty({ exitCode, stdout, stderr }: Ended, what: string): void {
  expect([exitCode, stdout]).toEqual([2, ''])
  const fix = '  → Give it a value; a variable in it may not be set.\n'
  expect([`✗ ${what} is empty.\n${fix}`, `✗ An empty value follows ${what}.\n${fix}`]).toContain(stderr)
}

/** What the script of a shell passes on, where an empty word is one that is yet to be typed. */
const taking = ['--word']

const all = everyCommand.flatMap((command) => {
  const { options, words } = shapeOf(command)
  return options.flatMap((names) =>
    names.flatMap((name) => {
      const line = [...pathOf(command), ...words]
      const long = names.find((one) => one.startsWith('--')) ?? ''
      return taking.includes(name) ? [] : [{ title: `${pathOf(command).join(' ')} ${name}`, line, name, long }]
    }),
  )
})

test.each(all)('$title is refused without a value', async ({ line, name, long }) => {
  for (const value of ['', ' ']) {
    refusedAsEmpty(await ecsTask([...line, name, value], env), long)
    if (name.startsWith('--')) refusedAsEmpty(await ecsTask([...line, `${name}=${value}`], env), long)
  }
})

test.each([
  ['cluster deploy', [], 'The name of the cluster'],
  ['cluster describe', [], 'The name of the cluster'],
  ['cluster destroy', ['--yes'], 'The name of the cluster'],
  ['service destroy', ['-s', 'web', '--yes'], 'The name of the cluster'],
  ['apply', [], 'The name of a file'],
  ['report', [], 'The name of a file'],
  ['completion', [], 'SHELL'],
])('%s refuses an empty word', async (command, more, what) => {
  refusedAsEmpty(await ecsTask([...command.split(' '), '', ...more], env), what)
})

test('names of services that are all empty are none', async () => {
  refusedAsEmpty(await ecsTask(['cluster', 'deploy', 'c', '-f', 'a.yml', '--only=,'], env), '--only')
})
