// When a Scheduled Job runs, as a schedule of EventBridge Scheduler.
import type { Manifest } from './manifest.ts'
import { type Valued, membersOf } from './values.ts'

export function scheduleOf(manifest: Manifest, name: string): Valued {
  const expression = manifest.take((value) => expressionOf(String(value)), 'on', 'schedule')
  return membersOf({ Name: name, ScheduleExpression: expression })
}

const named: Readonly<Record<string, string>> = {
  '@yearly': 'cron(0 0 1 1 ? *)',
  '@annually': 'cron(0 0 1 1 ? *)',
  '@monthly': 'cron(0 0 1 * ? *)',
  '@weekly': 'cron(0 0 ? * 1 *)',
  '@daily': 'cron(0 0 * * ? *)',
  '@midnight': 'cron(0 0 * * ? *)',
  '@hourly': 'cron(0 * * * ? *)',
}

/** `cron(…)` and `rate(…)` as they are; undefined for what is none of Copilot's forms. */
export function expressionOf(text: string): string | undefined {
  if (Object.hasOwn(named, text)) return named[text]
  if (/^(cron|rate)\(.+\)$/.test(text)) return text
  const every = /^@every ((?:\d+[hms])+)$/.exec(text)?.[1]
  if (every !== undefined) return rateOf(every)
  const fields = text.trim().split(/\s+/)
  return fields.length === 5 ? cronOf(fields) : undefined
}

/** A rate has whole minutes, and its unit is in the singular for one. */
function rateOf(every: string): string | undefined {
  const units: Readonly<Record<string, number>> = { h: 60, m: 1, s: 1 / 60 }
  const minutes = (every.match(/\d+[hms]/g) ?? []).reduce(
    (sum, part) => sum + Number(part.slice(0, -1)) * units[part.slice(-1)]!,
    0,
  )
  if (!Number.isInteger(minutes) || minutes < 1) return undefined
  const [amount, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `rate(${amount} ${unit}${amount === 1 ? '' : 's'})`
}

/** Of the days of the month and of the week AWS wants one to be `?`, and weeks begin with 1 for Sunday, not with 0. */
function cronOf(fields: readonly string[]): string | undefined {
  const [minute, hour, day = '', month, week = ''] = fields
  if (day !== '*' && week !== '*') return undefined
  const days = week === '*' ? '?' : week.replace(/(?<![\d/#])\d+/g, (number) => String((Number(number) % 7) + 1))
  return `cron(${minute} ${hour} ${week === '*' ? day : '?'} ${month} ${days} *)`
}
