// Runs the program, and the command line of a class, in the process of the tests: none has to start for a refusal or a help text.
import { PassThrough } from 'node:stream'
import type { CommandClass } from 'clipanion'
import type { Context } from '../../src/commands/program/command.ts'
import { filesLast } from '../../src/commands/options/filesLast.ts'
import { builtins, runProgram } from '../../src/commands/program/program.ts'
import type { Declared } from '../../src/definition/definition.ts'
import { classCommands } from '../../src/EcsTask.ts'
import { notifiers } from '../../src/notify.ts'
import { readCommands } from '../../scripts/cliPage.ts'
import type { Ended } from './support.ts'

/** Every command: those of a class, and those of the program. */
export const everyCommand: readonly CommandClass<Context>[] = await readCommands()

export const isOfClass = (command: CommandClass<Context>): boolean => classCommands.some((one) => one === command)

/** Runs `ecs-task WORDS`. */
export function ecsTask(words: readonly string[], env: Context['env'] = {}): Promise<Ended> {
  return run([...everyCommand, ...builtins], filesLast(words), { program: 'ecs-task', declared: [], env })
}

/** Runs `tsx FILE WORDS` for a file that declares these, by the names of their classes. */
export function ofClasses(
  declared: Readonly<Record<string, object>>,
  file = 'web.ts',
  commands: readonly CommandClass<Context>[] = classCommands,
): (words: readonly string[], env?: Context['env']) => Promise<Ended> {
  const sources = Object.entries(declared).map(([name, source]) => ({ name, source: source as Declared }))
  return (words, env = {}) => run(commands, words, { program: `tsx ${file}`, declared: sources, env })
}

/** A service and nothing else, which is called as the family is. */
export function serviceOf(family: string, more: object = {}): Declared {
  return {
    taskDefinition: {
      family,
      containerDefinitions: [{ name: family, image: 'my_image:<image_tag>', memory: 512, ...more }],
    },
    updateServices: [{ cluster: 'my_cluster', service: family }],
  }
}

/** A command's context with streams that are no terminal, and what was written to them. */
export function capturing(
  more: Pick<Context, 'program' | 'declared' | 'env'>,
): Context & { said: () => Omit<Ended, 'exitCode'> } {
  const [stdin, stdout, stderr] = [new PassThrough(), captured(), captured()]
  return {
    ...more,
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    colorDepth: 1,
    notes: [],
    argv: [],
    again: () => Promise.reject(new Error('No program runs this command.')),
    definitions: () => [],
    notify: notifiers,
    onSignal: () => () => {},
    onUncaught: () => () => {},
    exit(code) {
      throw new Error(`The process was to end with ${code}.`)
    },
    said: () => ({ stdout: stdout.text(), stderr: stderr.text() }),
  }
}

async function run(
  commands: readonly CommandClass<Context>[],
  words: readonly string[],
  of: Pick<Context, 'program' | 'declared' | 'env'>,
): Promise<Ended> {
  const context = capturing(of)
  const names = { binaryLabel: 'ecs-task', binaryName: of.program, binaryVersion: '1.2.3' }
  const exitCode = await runProgram(commands, words, context, names)
  return { exitCode, ...context.said() }
}

function captured(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough()
  let text = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return { stream, text: () => text }
}
