import { expect, it } from 'vitest'
import { duration, milliseconds } from '../../src/ground/duration.ts'

it.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h', 3_600_000],
  ['1.5m', 90_000],
])('%s is a time', (text, expected) => {
  expect(milliseconds(text, '--timeout')).toBe(expected)
})

it.each(['', '0', '-5', '5d', 'soon', '1e3', '5 m'])('%j is refused as a time', (text) => {
  expect(() => milliseconds(text, '--timeout')).toThrow(`--timeout ${text} is not a time.`)
})

it.each([
  [0, '0.0s'],
  [400, '0.4s'],
  [12_400, '12s'],
  [59_700, '1m 0s'],
  [92_000, '1m 32s'],
  [3_720_000, '1h 2m'],
])('%d ms read as %s', (time, text) => {
  expect(duration(time)).toBe(text)
})
