import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextOf } from '../../../src/local/scheduler/expression.ts'

const anchor = Date.parse('2026-01-01T00:00:00Z')

/** The next `count` times after a moment, in ISO 8601. */
function next(expression: string, after: string, { zone = 'UTC', count = 1 } = {}): string[] {
  const due = nextOf(expression, zone, anchor)
  if (!due) throw new Error(`${expression} is none`)
  const times: string[] = []
  for (let at = due(Date.parse(after)); at !== undefined && times.length < count; at = due(at)) {
    times.push(new Date(at).toISOString().replace('.000Z', 'Z'))
  }
  return times
}

describe('an expression', () => {
  it.each([
    ['rate(5 minutes)', '2026-01-01T00:00:00Z', '2026-01-01T00:05:00Z'],
    ['rate(1 hour)', '2026-01-01T02:30:00Z', '2026-01-01T03:00:00Z'],
    ['rate(2 days)', '2025-06-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['at(2026-03-01T12:00:00)', '2026-01-01T00:00:00Z', '2026-03-01T12:00:00Z'],
    ['cron(0 12 * * ? *)', '2026-01-01T12:00:00Z', '2026-01-02T12:00:00Z'],
    ['cron(0/15 8-9 * * ? *)', '2026-01-01T08:50:00Z', '2026-01-01T09:00:00Z'],
    ['cron(15 10 ? * 6L *)', '2026-01-01T00:00:00Z', '2026-01-30T10:15:00Z'],
    ['cron(0 9 ? * 2#1 *)', '2026-01-06T00:00:00Z', '2026-02-02T09:00:00Z'],
    ['cron(0 8 ? * MON-FRI *)', '2026-01-02T08:00:00Z', '2026-01-05T08:00:00Z'],
    ['cron(0 0 L * ? *)', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['cron(0 0 15W * ? *)', '2026-02-01T00:00:00Z', '2026-02-16T00:00:00Z'],
    ['cron(0 0 1W AUG ? *)', '2026-01-01T00:00:00Z', '2026-08-03T00:00:00Z'],
    ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['cron(0 0 1 JAN,JUL ? 2027/2)', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ])('%s is due after %s at %s', (expression, after, wanted) => {
    expect(next(expression, after)).toEqual([wanted])
  })

  it.each([
    ['cron(0 0 30 2 ? *)', '2026-01-01T00:00:00Z'],
    ['cron(0 0 * * ? 2020)', '2026-01-01T00:00:00Z'],
    ['at(2026-03-01T12:00:00)', '2026-03-01T12:00:00Z'],
  ])('%s is never due after %s', (expression, after) => {
    expect(next(expression, after)).toEqual([])
  })

  it.each([
    'rate(0 minutes)',
    'rate(5 weeks)',
    'rate(five minutes)',
    'at(2026-13-01T00:00:00)',
    'at(2026-01-01)',
    'cron(0 12 * * ? )',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(60 12 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 12 32 * ? *)',
    'cron(0 12 ? * 8 *)',
    'cron(0 12 ? * MON#6 *)',
    'cron(0/0 12 * * ? *)',
    'cron(5-1 12 * * ? *)',
    'cron(0 12 * FOO ? *)',
    'every day',
    '',
  ])('%s is none', (expression) => {
    expect(nextOf(expression, 'UTC', anchor)).toBeUndefined()
  })

  it('follows the clocks of its time zone', () => {
    const zone = 'Europe/Vienna'
    expect(next('cron(0 8 * * ? *)', '2026-03-28T00:00:00Z', { zone, count: 2 })).toEqual([
      '2026-03-28T07:00:00Z',
      '2026-03-29T06:00:00Z',
    ])
    expect(next('at(2026-07-01T00:00:00)', '2026-01-01T00:00:00Z', { zone })).toEqual(['2026-06-30T22:00:00Z'])
    expect(nextOf('rate(1 day)', 'Europe/Nowhere', anchor)).toBeUndefined()
  })

  it('leaves out what the clocks skip in spring, and is due once in the hour that they repeat in autumn', () => {
    const of = { zone: 'America/New_York', count: 2 }
    expect(next('cron(30 2 * * ? *)', '2026-03-07T12:00:00Z', of)).toEqual([
      '2026-03-09T06:30:00Z',
      '2026-03-10T06:30:00Z',
    ])
    expect(next('cron(30 1 * * ? *)', '2026-10-31T12:00:00Z', of)).toEqual([
      '2026-11-01T05:30:00Z',
      '2026-11-02T06:30:00Z',
    ])
  })

  it('of minutes and hours is due at the first such minute of a day, as counting every minute finds it', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 4 })
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(minutes, hours, fc.integer({ min: 0, max: 2 * 86_400 }), (atMinutes, atHours, later) => {
        const after = anchor + later * 1000
        const found = nextOf(`cron(${atMinutes.join(',')} ${atHours.join(',')} * * ? *)`, 'UTC', anchor)?.(after)
        let counted = Math.floor(after / 60_000) * 60_000 + 60_000
        const isDue = (at: number): boolean =>
          atMinutes.includes(new Date(at).getUTCMinutes()) && atHours.includes(new Date(at).getUTCHours())
        while (!isDue(counted)) counted += 60_000
        expect(found).toBe(counted)
      }),
      { numRuns: 50 },
    )
  })
})
