import { nearest } from '../ground/nearest.ts'
import { nearMisses } from './nearMisses.ts'

const known = new Map<string, string>(Object.entries(nearMisses))

/** The member of a definition that is meant by a name which isn't one, for each such name found on the source. */
export function misspeltMembers(source: object, members: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const name of ownAndInherited(source)) {
    // A leading underscore is how people keep something of their own beside a member.
    if (members.includes(name) || name.startsWith('_')) continue
    const meant = known.get(name) ?? nearest(name, members)
    if (meant !== undefined) found.set(name, meant)
  }
  return found
}

/** Names of fields and getters, without reading them; methods can't be meant for a member. */
function ownAndInherited(source: object): string[] {
  const names: string[] = []
  let owner: unknown = source
  while (typeof owner === 'object' && owner !== null && owner !== Object.prototype) {
    const descriptors = Object.entries(Object.getOwnPropertyDescriptors(owner))
    names.push(...descriptors.filter(([, descriptor]) => isDeclared(descriptor)).map(([name]) => name))
    owner = Object.getPrototypeOf(owner)
  }
  return names
}

const isDeclared = (property: PropertyDescriptor): boolean =>
  property.get !== undefined || (property.value !== undefined && typeof property.value !== 'function')
