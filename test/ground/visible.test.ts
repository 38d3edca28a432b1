import { describe, expect, test } from 'vitest'
import { printed } from '../../src/output/line.ts'
import { visible, visibleJson } from '../../src/ground/visible.ts'
import { cut, width } from '../../src/output/width.ts'
import { wrapped } from '../../src/output/folded.ts'
import { elapsed } from '../../src/output/phrases.ts'

describe('text of others on a terminal', () => {
  test.each([
    ['plain text', 'plain text'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['\u009b31mred', 'red'],
    ['one\r\ntwo\tthree', 'one two three'],
    ['hidden\rshown', 'hidden shown'],
    ['a\u0000b\bc', 'a\\u{0}b\\u{8}c'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['half \ud83d', 'half \\u{d83d}'],
    ['two in one: \u001b\u001b[31m[2Jx', 'two in one: \\u{1b}[2Jx'],
    ['👩‍💻 東京 é', '👩‍💻 東京 é'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  test('a line of JSON keeps its data', () => {
    const data = { text: '\u009b31m\u202e\u2028\u001b[2J\ud83d\u{e0041}é👩‍💻' }
    const line = visibleJson(JSON.stringify(data))
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028]/u)
    expect(JSON.parse(line)).toEqual(data)
  })
})

describe('columns', () => {
  test.each([
    ['abc', 3],
    ['', 0],
    ['東京', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['✓ ░█…·', 6],
    ['🚀', 2],
  ])('%j takes %i', (text, columns) => {
    expect(width(text)).toBe(columns)
  })

  test('what a reader takes for one character is not cut in two', () => {
    expect(cut('東京都', 5)).toBe('東京')
    expect(cut('e\u0301e\u0301', 1)).toBe('e\u0301')
    expect(cut('👩‍💻👩‍💻', 5)).toBe('👩‍💻')
    expect(cut('👩‍💻', 1)).toBe('')
  })

  test('a line is cut before it is colored, and ends in an ellipsis', () => {
    expect(printed([['red', 'a long'], ' line'], { color: true, columns: 8 })).toBe('\u001b[31ma long\u001b[39m …')
    expect(printed([['red', 'a long'], ' line'], { color: true, columns: 5 })).toBe('\u001b[31ma lo\u001b[39m…')
    expect(printed([['red', 'a long'], ' line'], { color: false, columns: 11 })).toBe('a long line')
    expect(printed(['東京都'], { color: false, columns: 4 })).toBe('東…')
  })

  test('a text is broken at spaces, and inside of a word only when it is longer than a line', () => {
    expect(wrapped('one two three four five six', 20)).toEqual(['one two three four', 'five six'])
    expect(wrapped(`a ${'x'.repeat(45)} b`, 20)).toEqual(['a', 'x'.repeat(20), 'x'.repeat(20), 'xxxxx b'])
    expect(wrapped('', 20)).toEqual([''])
    expect(wrapped('name:\u00a0value other:\u00a0value', 20)).toEqual(['name: value', 'other: value'])
    expect(wrapped(`name:\u00a0${'x'.repeat(18)}`, 20)).toEqual(['name:', 'x'.repeat(18)])
    expect(wrapped('東'.repeat(15), 20)).toEqual(['東'.repeat(10), '東'.repeat(5)])
  })
})

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [40, '0 s'],
  [400, '0.4 s'],
  [4_000, '4 s'],
  [9_960, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min 0 s'],
  [72_000, '1 min 12 s'],
  [3_599_600, '1 h 0 min'],
  [7_500_000, '2 h 5 min'],
])('%i milliseconds are %s', (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text)
})
