import { describe, expect, test } from 'vitest'
import { wrapped } from '../../src/output/folded.ts'
import { printed } from '../../src/output/line.ts'
import { cut, width } from '../../src/output/width.ts'

describe('columns', () => {
  test.each([
    ['abc', 3],
    ['', 0],
    ['東京', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['✓ ░█…·', 6],
    ['🚀', 2],
    ['䷀', 2],
    ['🌡', 1],
    ['❤️', 2],
    ['🇩🇪', 4],
  ])('%j takes %i', (text, columns) => {
    expect(width(text)).toBe(columns)
  })

  test('what a reader sees as one character is not cut in two', () => {
    expect(cut('東京都', 5)).toBe('東京')
    expect(cut('e\u0301e\u0301', 1)).toBe('e\u0301')
    expect(cut('👩‍💻👩‍💻', 5)).toBe('👩‍💻')
    expect(cut('👩‍💻', 1)).toBe('')
    expect(cut('abc', 2)).toBe('ab')
    expect(cut('abc', -1)).toBe('')
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
