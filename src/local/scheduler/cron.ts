// Cron expressions of six fields: minutes, hours, day of month, month, day of week, year.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based

/** Which minutes of a day, and which days, given as UTC midnights. */
export interface Cron {
  /** Minutes since midnight, in order. */
  readonly minutes: readonly number[]
  isDay(midnight: number): boolean
}

const day = 86_400_000
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** The last year that an expression may name. */
export const lastYear = 2199

/** What the fields between the parentheses mean; undefined where they are none. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/)
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined
  const [minutes, hours] = [numbersOf(minute, 0, 59), numbersOf(hour, 0, 23)]
  const inMonth = numbersOf(month, 1, 12, months)
  const inYear = numbersOf(year, 1970, lastYear)
  const isDay = dayOfMonth === '?' ? inWeek(dayOfWeek) : inDays(dayOfMonth)
  if (!minutes || !hours || !inMonth || !inYear || !isDay) return undefined
  return {
    minutes: [...hours].flatMap((each) => [...minutes].map((one) => each * 60 + one)),
    isDay: (midnight) => {
      const date = new Date(midnight)
      return inYear.has(date.getUTCFullYear()) && inMonth.has(date.getUTCMonth() + 1) && isDay(date)
    },
  }
}

/** The numbers that a field names: `*`, `5`, `1-5`, `0/15`, and several of them with commas; in order. */
function numbersOf(field: string, least: number, most: number, names: readonly string[] = []): Set<number> | undefined {
  const numberOf = (text: string): number => {
    const name = names.indexOf(text.toUpperCase())
    if (name >= 0) return name + least
    return /^\d+$/.test(text) ? Number(text) : Number.NaN
  }
  const found: number[] = []
  for (const part of field.split(',')) {
    const [range = '', step = '1', ...more] = part.split('/')
    const [first = '', last, ...others] = range.split('-')
    const from = first === '*' ? least : numberOf(first)
    const single = part.includes('/') || first === '*' ? most : from
    const to = last === undefined ? single : numberOf(last)
    const by = Number(/^[1-9]\d*$/.test(step) ? step : Number.NaN)
    if (more.length > 0 || others.length > 0 || !(from >= least && to <= most && from <= to && by > 0)) return undefined
    for (let each = from; each <= to; each += by) found.push(each)
  }
  return new Set(found.toSorted((one, other) => one - other))
}

type IsDay = (date: Date) => boolean

const lastOfMonth = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()

/** Days of a month: numbers, `L` for the last, `15W` for the weekday next to the 15th, `LW`. */
function inDays(field: string): IsDay | undefined {
  if (field === 'L') return (date) => date.getUTCDate() === lastOfMonth(date)
  const [, near] = /^(L|\d{1,2})W$/.exec(field) ?? []
  if (near !== undefined) {
    if (near !== 'L' && !(Number(near) >= 1 && Number(near) <= 31)) return undefined
    return (date) => date.getUTCDate() === weekdayNear(date, near === 'L' ? lastOfMonth(date) : Number(near))
  }
  const days = numbersOf(field, 1, 31)
  return days && ((date) => days.has(date.getUTCDate()))
}

/** The weekday next to a day of the date's month, in the same month; 0 where the month has no such day. */
function weekdayNear(date: Date, wanted: number): number {
  const last = lastOfMonth(date)
  if (wanted > last) return 0
  const weekday = new Date(date.getTime() + (wanted - date.getUTCDate()) * day).getUTCDay()
  if (weekday === 6) return wanted > 1 ? wanted - 1 : wanted + 2
  if (weekday === 0) return wanted < last ? wanted + 1 : wanted - 2
  return wanted
}

/** Days of a week: numbers from 1 for Sunday, names, `6L` for the last Friday of the month, `3#2` for the second Tuesday. */
function inWeek(field: string): IsDay | undefined {
  const [, last] = /^(\w+)L$/.exec(field) ?? []
  const [, nth, count] = /^(\w+)#([1-5])$/.exec(field) ?? []
  const wanted = numbersOf(field === 'L' ? '7' : (last ?? nth ?? field), 1, 7, weekdays)
  if (!wanted || ((last ?? nth) !== undefined && wanted.size !== 1)) return undefined
  return (date) => {
    if (!wanted.has(date.getUTCDay() + 1)) return false
    const of = date.getUTCDate()
    if (last !== undefined) return of + 7 > lastOfMonth(date)
    return count === undefined || Math.ceil(of / 7) === Number(count)
  }
}
