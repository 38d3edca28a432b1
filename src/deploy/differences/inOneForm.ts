/** Brings settings into one form, so that those that mean the same compare equal. */
import { withDefaults } from '../../definition/defaultMembers.ts'
import { canonical } from '../../definition/normalTaskDefinition.ts'
import { isPlain } from '../../ground/shown.ts'

/** What is known of members, by name, wherever they stand. */
interface Forms {
  /** Lists whose order means nothing. */
  readonly unordered: ReadonlySet<string>
  /** What AWS takes for the members of an object, or of each element of a list, that are left out. */
  readonly defaults: Readonly<Record<string, object>>
}

/** The value of a member of this name, lists sorted where their order means nothing, defaults filled in. */
export function inOneForm(name: string, value: unknown, forms: Forms): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => inOneForm(name, element, forms))
    if (!forms.unordered.has(name)) return elements
    return elements.toSorted((one, other) => (canonical(one) < canonical(other) ? -1 : 1))
  }
  if (!isPlain(value)) return value
  const given = Object.entries(value).filter(([, member]) => member !== undefined)
  const formed = given.map(([member, inside]) => [member, inOneForm(member, inside, forms)])
  return withDefaults(Object.fromEntries(formed), forms.defaults[name] ?? {})
}
