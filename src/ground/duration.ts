// Reads the durations that options are given. The package ms would need the same pattern before it: it takes `90` for
// milliseconds, and `5d`, `-5` and `5 m` for times.
import { EcsTaskError } from './errors.ts'

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** Milliseconds of `90s`, `15m` or `1h`; throws `BadArguments` for anything else, a number without a unit too. */
export function milliseconds(text: string, option: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? []
  const result = Number(amount) * (units[unit] ?? Number.NaN)
  if (result > 0) return result
  const isBare = Number(amount) > 0
  throw new EcsTaskError(
    'BadArguments',
    isBare ? `${option} ${text} has no unit.` : `${option} ${text} is not a duration.`,
    {
      fix: isBare ? `Write ${text}s, ${text}m or ${text}h.` : 'Write it as 90s, 15m or 1h.',
    },
  )
}
