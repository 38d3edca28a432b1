import { expect, test } from 'vitest'
import { elapsed } from '../../src/output/phrases.ts'

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
