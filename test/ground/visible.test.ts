import { describe, expect, test } from 'vitest'
import { visible, visibleJson } from '../../src/ground/visible.ts'

describe('untrusted text on a terminal', () => {
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
    ['two in one: \u001b\u001b[31m[2Jx', 'two in one: x'],
    ['three in one: \u001b\u001b\u001b[31m[2J[3Jx', 'three in one: \\u{1b}[3Jx'],
    ['no title: \u001b[31mred\u0007', 'no title: red\\u{7}'],
    ['👩‍💻 東京 é', '👩‍💻 東京 é'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  test('a line of JSON keeps its data after escaping', () => {
    const data = { text: '\u009b31m\u202e\u2028\u001b[2J\ud83d\u{e0041}é👩‍💻' }
    const line = visibleJson(JSON.stringify(data))
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028]/u)
    expect(JSON.parse(line)).toEqual(data)
  })
})
