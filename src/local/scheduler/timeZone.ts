// The clock on the wall of a time zone. Wall time is counted as if it were UTC: milliseconds since 1970.

/** Knowing a zone costs a thousand times what a look at its clock does. */
const known = new Map<string, Intl.DateTimeFormat>()

/** The clocks of a zone of the IANA database, in both directions; undefined where there is no such zone. */
export function timeZone(
  name: string,
): { wallAt(epoch: number): number; epochOf(wall: number): number | undefined } | undefined {
  const format = formatOf(name)
  if (!format) return undefined
  const wallAt = (epoch: number): number => {
    const parts = Object.fromEntries(format.formatToParts(epoch).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day, hour, minute, second } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second)
  }
  /** The first moment at which the clock shows that; undefined in the hour that is skipped in spring. */
  const epochOf = (wall: number): number | undefined => {
    const guesses = [wall - 86_400_000, wall + 86_400_000].map((near) => wall - (wallAt(near) - near))
    return guesses.toSorted((one, other) => one - other).find((epoch) => wallAt(epoch) === wall)
  }
  return name === 'UTC' ? { wallAt: (epoch) => epoch, epochOf: (wall) => wall } : { wallAt, epochOf }
}

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  const found = known.get(name)
  if (found) return found
  try {
    const fields = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const
    const made = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', ...fields })
    known.set(name, made)
    return made
  } catch {
    return undefined
  }
}
