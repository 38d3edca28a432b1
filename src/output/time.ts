/** The time of an event as people read it: local where somebody sits at a terminal, UTC in a log that travels. */

/** How many minutes local time is ahead of UTC at a moment, given in milliseconds since 1970. */
export type Zone = (at: number) => number

/** The zone of this machine. */
export const machineZone: Zone = (at) => 0 - new Date(at).getTimezoneOffset()

/** `12:00:05Z`; in a zone `14:00:05+02` or `17:30:05+05:30`. */
export function clockTime(at: string, zone?: Zone): string {
  return timeIn(at, zone).slice('2026-01-15T'.length)
}

/** `2026-01-15T12:00:05Z`, or the same in a zone. */
export function dateTime(at: string, zone?: Zone): string {
  return timeIn(at, zone)
}

function timeIn(at: string, zone: Zone = () => 0): string {
  const moment = Date.parse(at)
  // A saved log may hold anything.
  if (Number.isNaN(moment)) return at
  const ahead = zone(moment)
  return `${new Date(moment + ahead * 60_000).toISOString().slice(0, 19)}${shownOffset(ahead)}`
}

/** `Z`, `+02`, `-03:30`. */
function shownOffset(ahead: number): string {
  if (ahead === 0) return 'Z'
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60]
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${ahead < 0 ? '-' : '+'}${two(hours)}${minutes === 0 ? '' : `:${two(minutes)}`}`
}
