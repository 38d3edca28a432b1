// Data in the order in which AWS's reference lists the members.
import { isPlain } from '../../ground/shown.ts'
import type { shapes } from '../../definition/shapes.ts'

/** A copy with the members of each structure in AWS's order; those that are not known come last. */
export function ordered(value: unknown, type: string, known: typeof shapes): unknown {
  const [kind = '', of = ''] = type.replace(/!$/, '').split(/ (.*)/)
  if (Array.isArray(value)) return value.map((one) => ordered(one, kind === 'list' ? of : '', known))
  if (!isPlain(value) || kind === 'map') return value
  const members = known[kind] ?? {}
  const names = Object.keys(members)
  const placeOf = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length)
  const sorted = Object.entries(value).toSorted(([one], [other]) => placeOf(one) - placeOf(other))
  return Object.fromEntries(sorted.map(([name, member]) => [name, ordered(member, members[name] ?? '', known)]))
}
