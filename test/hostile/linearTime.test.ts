import { describe, expect, it } from 'vitest'
import { fillVariables } from '../../src/cluster/file/fillVariables.ts'
import { parseImage } from '../../src/definition/image.ts'
import { splitCommand } from '../../src/definition/splitCommand.ts'
import { unsetInImage } from '../../src/definition/unset.ts'
import { commandFinder, commandStart, quoted } from '../../src/ground/command.ts'
import { inert, visible, visibleJson } from '../../src/ground/visible.ts'
import { wrapped } from '../../src/output/folded.ts'
import { messageLines, problemLines } from '../../src/output/problemLines.ts'
import { cut, width } from '../../src/output/width.ts'
import { messageOf } from '../../src/rollout/logStream.ts'
import { attempt, costOf, growth } from '../growth.ts'

/** What is done to text of others, outside of what hides secrets. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  visible,
  inert,
  visibleJson,
  width,
  commandFinder: (text) => commandFinder()(`Do it with: aws ecs stop-task ${text}`),
  commandStart: (text) => commandStart(`Do it with: ecs-task ${text}`),
  commandsAgain: (text) => commandStart(`: tsx ${text}: tsx a`.repeat(10)),
  quoted,
  problemLines: (text) => problemLines({ code: 'RefusedByAws', what: text, why: text }),
  splitCommand,
  fillVariables: (text) => fillVariables(text, {}, () => {}),
  wrapped: (text) => wrapped(visible(text), 80),
  cut: (text) => cut(text, 80),
  messageOf: (text) => messageOf({ message: text }),
  messageLines,
  parseImage,
  unsetInImage,
}

const units = [
  ' ',
  '\n',
  '\r\n',
  ':',
  '::',
  '#',
  '##[',
  "'",
  '"',
  '\\',
  '$',
  '${',
  '-',
  '=',
  '@',
  '/',
  '.',
  'a',
  '0',
  'section_',
]
const sequences = ['\u001b', '\u001b[', '\u001b[;', '\u001b]8;;', '\u009b', '\u001b[0', '\u001b]8;;a']
/** A text that one character more makes hopeless. */
const texts = [
  ...units.map((unit) => (length: number) => `${unit.repeat(length / unit.length)}!`),
  ...units.map((unit) => (length: number) => `x${unit.repeat(length / unit.length)}\u0001`),
  ...sequences.flatMap((sequence) =>
    [sequence, ';', '[', '0', 'a', ';1', '\u001b[1'].map(
      (unit) => (length: number) => `${sequence}${unit.repeat(length / unit.length)}\n`,
    ),
  ),
]

/** Milliseconds; what is that cheap has no square in it. */
const cheap = 30
/** For ten times the length; the square would be a hundred. */
const most = 15

describe('text of others is read in time that grows with it', () => {
  it.each(Object.entries(readers))('%s', async (_name, read) => {
    for (const text of texts) {
      const [short, long] = [text(2_000), text(20_000)].map((one) => () => attempt(() => read(one)))
      if ((await costOf(long!)) < cheap) continue
      const grown = await growth(short!, long!, most)
      expect(grown, JSON.stringify(text(12))).toBeLessThan(most)
    }
  })
})
