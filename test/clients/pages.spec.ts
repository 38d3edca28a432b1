// The Python and the commands of the AWS CLI that docs/local-aws.md shows print what it shows.
import { expect, test } from 'vitest'
import { blocksOf, commandLinesOf } from '../../scripts/pageBlocks.mjs'
import { splitCommand } from '../../src/definition/splitCommand.ts'
import { text } from '../docs/pages.ts'
import { useDrivers } from './drivers.ts'

const { python } = useDrivers()
const blocks = blocksOf(text('docs/local-aws.md'))

/** The commands of the AWS CLI and the Python of the page, each with what the next block shows of it. */
const shown = blocks.flatMap(({ language, text: code }, index) => {
  const output = blocks[index + 1]?.text ?? ''
  if (language === 'python') return [{ client: 'Python', words: ['-c', code], output }]
  const commands = language === 'sh' ? commandLinesOf(code).filter((line) => line.startsWith('aws ')) : []
  return commands.map((line) => ({
    client: 'the AWS CLI',
    words: ['-m', 'awscli', ...(splitCommand(line) ?? []).slice(1)],
    output,
  }))
})

/** The page shows the second revision. */
const ofAnyRevision = (output: string): string => output.replaceAll(/web:\d+/g, 'web:N').trim()

test('the page has Python and a command of the AWS CLI', () => {
  expect(shown.map(({ client }) => client).toSorted()).toEqual(['Python', 'the AWS CLI'])
})

test.each(shown)('$client prints what the page shows', async ({ words, output }) => {
  const { exitCode, stdout, stderr } = await python(words)
  expect([exitCode, ofAnyRevision(stdout), stderr]).toEqual([0, ofAnyRevision(output), ''])
})
