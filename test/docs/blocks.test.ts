// The blocks of code in the pages: each is of a kind that a test runs, and its commands are ones that the program takes.
// `npm run test:packed` runs them, see scripts/packedPages.mjs.
import { Cli } from 'clipanion'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { blocksOf, commandLinesOf, commandsOfCi, isUsage, showsCommand } from '../../scripts/pageBlocks.mjs'
import { filesLast } from '../../src/commands/options/filesLast.ts'
import type { Context } from '../../src/commands/program/command.ts'
import { splitCommand } from '../../src/definition/splitCommand.ts'
import { capturing, everyCommand, isOfClass } from '../commands/inProcess.ts'
import { pages, text } from './pages.ts'

const cli = (commands: typeof everyCommand): Cli<Context> =>
  Cli.from<Context>([...commands], { binaryName: 'ecs-task' })
const program = cli(everyCommand)
const ofClass = cli(everyCommand.filter(isOfClass))
const context = capturing({ program: 'ecs-task', declared: [], env: {} })

const shown = pages.flatMap((page) => blocksOf(text(page)).map((block) => ({ page, ...block })))

/** The calls of the program in a line of a shell, and those of a class: the words after `ecs-task`, or after `tsx FILE`. */
const callsIn = (line: string): string[] =>
  [...line.matchAll(/(?:^|&& |\$\()(?:npx )?((?:ecs-task|tsx \S+\.ts) [^|>&)]+)/g)].map(([, call = '']) => call.trim())

/** Why the program does not take a call; nothing where it does. */
function problemOf(call: string): string[] {
  const words = splitCommand(call) ?? []
  try {
    if (words[0] === 'tsx') ofClass.process(words.slice(2), context)
    else program.process([...filesLast(words.slice(1))], context)
    return []
  } catch (error) {
    return [`${call}: ${(error as Error).message}`]
  }
}

/** Why a block is no JSON; nothing where it is. */
function notJson({ page, line, text: json }: (typeof shown)[number]): string[] {
  try {
    JSON.parse(json)
    return []
  } catch (error) {
    return [`${page}:${line}: ${(error as Error).message}`]
  }
}

const commandLines = shown.filter(({ language }) => language === 'sh').flatMap((block) => commandLinesOf(block.text))
const ofCi = shown
  .filter(({ language }) => language === 'yaml')
  .map((block) => ({ ...block, value: parse(block.text) }))
  .filter(({ value }) => !('services' in value))

describe('the blocks of code in the pages', () => {
  it('are TypeScript, a shell, YAML, JSON, Python or output', () => {
    const known = ['ts', 'sh', 'yaml', 'json', 'python', '']
    expect(shown.filter(({ language }) => !known.includes(language))).toEqual([])
  })

  it('show no command in a block that does not say that it is a shell', () => {
    const output = shown.filter(({ language }) => language === '')
    expect(output.filter((block) => showsCommand(block.text))).toEqual([])
    const programs = output.filter((block) => /^\s*(\$ )?ecs-task /m.test(block.text))
    expect(programs.filter((block) => block.page !== 'docs/cli.md' || !isUsage(block.text))).toEqual([])
  })

  it('have JSON that is JSON', () => {
    const problems = shown.filter(({ language }) => language === 'json').flatMap(notJson)
    expect(problems).toEqual([])
  })

  it('call the program only with commands and options that it takes', () => {
    const calls = commandLines.flatMap(callsIn)
    expect(calls.length).toBeGreaterThan(50)
    expect(calls.flatMap(problemOf)).toEqual([])
  })

  it('configure a CI with commands that the program takes, in each block', () => {
    const pagesOfCi = ofCi.map(({ page }) => page)
    expect(pagesOfCi).toEqual(['README.md', ...Array.from({ length: 5 }, () => 'docs/ci.md')])
    for (const { value } of ofCi) {
      const calls = commandsOfCi(value).flatMap(callsIn)
      expect(calls).toEqual([expect.stringMatching(/^ecs-task deploy \S+ _ecs\/web\.ts/)])
      expect(calls.flatMap(problemOf)).toEqual([])
    }
  })

  it('call it only where the call is found', () => {
    const calling = commandLines.filter((line) => /\becs-task [a-z]|\btsx /.test(line) && !line.startsWith('npm '))
    expect(calling.filter((line) => callsIn(line).length === 0)).toEqual([])
  })
})

it('an option that does not exist is found', () => {
  const line = 'test "$(npx ecs-task status _ecs/web.ts --nope | jq length)" = 0 && npx tsx web.ts deploy v1 --local'
  expect(callsIn(line)).toEqual(['ecs-task status _ecs/web.ts --nope', 'tsx web.ts deploy v1 --local'])
  expect(callsIn(line).flatMap(problemOf)).toEqual([expect.stringContaining('--nope: Command not found')])
})
