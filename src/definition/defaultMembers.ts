// What AWS takes for members that are left out: filled in where values are compared, and not told of what is new or gone.

const ofDefaults = new WeakMap<object, ReadonlySet<string>>()

/** The members of an object, and after them the defaults of those that it doesn't have. */
export function withDefaults(members: object, defaults: object): Record<string, unknown> {
  const standing = Object.entries(defaults).filter(([, value]) => value !== undefined && value !== null)
  const missing = standing.filter(([name]) => !Object.hasOwn(members, name))
  const all: Record<string, unknown> = { ...members, ...Object.fromEntries(missing) }
  const asDefault = standing.filter(([name, value]) => JSON.stringify(all[name]) === JSON.stringify(value))
  ofDefaults.set(all, new Set(asDefault.map(([name]) => name)))
  return all
}

/** Whether a member of what `withDefaults()` has answered says what AWS takes for it anyway. */
export function isDefault(part: object, member: string): boolean {
  return ofDefaults.get(part)?.has(member) ?? false
}
