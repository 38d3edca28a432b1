// When a schedule is due: `at(…)`, `rate(…)` or `cron(…)` in a time zone.
import { lastYear, parseCron } from './cron.ts'
import { timeZone } from './timeZone.ts'

/** The first moment after that one, both in epoch milliseconds; undefined: never again. */
export type Next = (after: number) => number | undefined

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const units: Readonly<Record<string, number>> = { minute, hour, day }

/**
 * What an expression says; undefined where it is none. `anchor` is the moment that a rate counts from, and the first at
 * which it is due. What falls into the hour that a zone skips in spring is left out; what it has twice in autumn is due once.
 */
export function nextOf(expression: string, zoneName: string, anchor: number): Next | undefined {
  const [, kind, inside = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression) ?? []
  const zone = timeZone(zoneName)
  if (!zone) return undefined
  if (kind === 'rate') return rate(inside, anchor)
  if (kind === 'at') {
    const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside) ? Date.parse(`${inside}Z`) : Number.NaN
    if (Number.isNaN(wall)) return undefined
    const at = zone.epochOf(wall)
    return (after) => (at !== undefined && at > after ? at : undefined)
  }
  const cron = kind === 'cron' ? parseCron(inside) : undefined
  if (!cron) return undefined
  return (after) => {
    const wall = zone.wallAt(after)
    const end = Date.UTC(lastYear + 1, 0)
    for (let midnight = Math.floor(wall / day) * day; midnight < end; midnight += day) {
      if (!cron.isDay(midnight)) continue
      for (const each of cron.minutes) {
        // What the clock has shown before is not due again, not even in an hour that it repeats.
        if (midnight + each * minute <= wall) continue
        const epoch = zone.epochOf(midnight + each * minute)
        if (epoch !== undefined && epoch > after) return epoch
      }
    }
    return undefined
  }
}

function rate(text: string, anchor: number): Next | undefined {
  const [, count, unit = ''] = /^([1-9]\d{0,5}) (minute|hour|day)s?$/.exec(text) ?? []
  if (count === undefined) return undefined
  const every = Number(count) * units[unit]!
  return (after) => (after < anchor ? anchor : anchor + (Math.floor((after - anchor) / every) + 1) * every)
}
