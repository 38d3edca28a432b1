import { Reference } from '../engine/step.ts'

/**
 * What differs, a line each: `port: 80 → 443`. Every member is given as it is and as it is wanted; what nobody wants is
 * left out by its caller. Lists are taken as sets.
 */
export function changesOf(members: Readonly<Record<string, readonly [is: unknown, wanted: unknown]>>): string[] {
  return Object.entries(members).flatMap(([name, [is, wanted]]) => {
    const [before, after] = [shownValue(is), shownValue(wanted)]
    return before === after ? [] : [`${name}: ${before} → ${after}`]
  })
}

function shownValue(value: any): string {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing'
  if (Array.isArray(value)) return [...new Set(value.map(shownValue))].toSorted().join(', ')
  if (value instanceof Reference) return value.what
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
