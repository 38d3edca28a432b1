import { EcsTaskError } from './errors.ts'

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** Milliseconds of `90`, `90s`, `15m` or `1h`; throws `BadArguments` for anything else. */
export function milliseconds(text: string, option: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? []
  const result = Number(amount) * (units[unit] ?? Number.NaN)
  if (result > 0) return result
  throw new EcsTaskError('BadArguments', `${option} ${text} is not a time.`, { fix: 'Write it as 90s, 15m or 1h.' })
}

/** Milliseconds as people say them: `0.4s`, `12s`, `1m 32s`, `1h 2m`. */
export function duration(time: number): string {
  const seconds = Math.round(time / 1000)
  if (seconds < 1) return `${(time / 1000).toFixed(1)}s`
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes}m ${seconds % 60}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`
}
