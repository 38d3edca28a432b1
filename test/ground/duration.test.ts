import { expect, it } from 'vitest'
import { milliseconds } from '../../src/ground/duration.ts'

it.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h', 3_600_000],
  ['1.5m', 90_000],
])('%s is a time', (text, expected) => {
  expect(milliseconds(text, '--timeout')).toBe(expected)
})

it.each(['', '0', '-5', '5d', 'soon', '1e3', '5 m'])('%j is refused as a time', (text) => {
  expect(() => milliseconds(text, '--timeout')).toThrow(`--timeout ${text} is not a duration.`)
})

it.each(['90', '15', '1.5'])('%j is refused for want of a unit', (text) => {
  expect(() => milliseconds(text, '--timeout')).toThrow(`--timeout ${text} has no unit.`)
})
