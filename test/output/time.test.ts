import { expect, test } from 'vitest'
import { clockTime, dateTime, machineZone } from '../../src/output/time.ts'

const at = '2026-01-15T23:30:05.678Z'

test.each([
  [undefined, '23:30:05Z', '2026-01-15T23:30:05Z'],
  [0, '23:30:05Z', '2026-01-15T23:30:05Z'],
  [60, '00:30:05+01', '2026-01-16T00:30:05+01'],
  [330, '05:00:05+05:30', '2026-01-16T05:00:05+05:30'],
  [-210, '20:00:05-03:30', '2026-01-15T20:00:05-03:30'],
])('with local time ahead by %s minutes it is %s', (ahead, clock, date) => {
  const zone = ahead === undefined ? undefined : () => ahead
  expect([clockTime(at, zone), dateTime(at, zone)]).toEqual([clock, date])
})

test("the machine's zone is that of the moment, not that of today", () => {
  for (const moment of [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)]) {
    const local = new Date(moment)
    const asUtc = Date.UTC(local.getFullYear(), local.getMonth(), local.getDate(), local.getHours(), local.getMinutes())
    expect(machineZone(moment)).toBe((asUtc - moment) / 60_000)
  }
})

test('what is no time in a saved log breaks nothing', () => {
  expect(dateTime('yesterday', () => 60)).toBe('yesterday')
})
