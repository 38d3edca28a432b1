import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folded } from '../../src/output/folded.ts'
import { type Line, printed, unbroken } from '../../src/output/line.ts'
import { width } from '../../src/output/width.ts'

const text = (line: Line): string => printed(line, { color: false })
const fold = (line: Line, columns: number): string[] => folded(line, columns).map(text)

describe('a folded line', () => {
  test('stays as it is where there is room', () => {
    const line: Line = [['red', '✗ '], 'it failed']
    expect(folded(line, 80)).toEqual([line])
    expect(folded(line, Infinity)).toEqual([line])
  })

  test('breaks at its spaces, and continues two columns further in', () => {
    expect(fold(['  the task stopped because it had to'], 20)).toEqual([
      '  the task stopped',
      '    because it had',
      '    to',
    ])
  })

  test('keeps the style of each of its parts', () => {
    const line: Line = ['web: ', ['dim', 'has started 1 tasks and then some']]
    expect(folded(line, 20)).toEqual([
      ['web: ', ['dim', 'has started 1']],
      ['  ', ['dim', 'tasks and then']],
      ['  ', ['dim', 'some']],
    ])
  })

  test('is not broken between two parts without a space between them', () => {
    expect(fold(['123456789012 ', ['dim', '(1234'], ['bold', '56789)'], ' end'], 20)).toEqual([
      '123456789012',
      '  (123456789) end',
    ])
  })

  test('keeps an unbreakable word whole, on the line where it begins', () => {
    const command = 'aws logs tail /ecs/web --since 1h'
    expect(fold([unbroken('  Next: '), ['cyan', unbroken(command)]], 20)).toEqual([`  Next: ${command}`])
    expect(fold([`what to do is ${unbroken(command)} at once`], 20)).toEqual([
      'what to do is',
      `  ${command}`,
      '  at once',
    ])
  })

  test('never loses a word, and is never too wide where all words are short', () => {
    const word = fc.stringMatching(/^[a-z東京]{1,6}$/)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 20, max: 90 }),
        (words, columns) => {
          const lines = fold([`  ${words.join(' ')}`], columns)
          expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(words)
          for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns)
          for (const line of lines) expect(line).toBe(line.trimEnd())
        },
      ),
    )
  })

  test('keeps no control character that could pass for a space', () => {
    expect(fold(['one\u001b[2Jtwo\r\nthree four five six'], 20)).toEqual(['onetwo three four', '  five six'])
  })
})
