// What can be read of a value of which nothing is known yet, as plain data that ends.

/** Nothing that is meant to be sent to AWS is so deep. */
const deepest = 50

/**
 * A copy of a value for finding secrets in it: each object once, so that circles end, and without what throws when it is read. It
 * never throws.
 */
export function readable(value: unknown, seen: Set<object> = new Set(), depth = 0): object {
  const copy: Record<string, unknown> = {}
  if (typeof value !== 'object' || value === null) return copy
  seen.add(value)
  for (const key of keysOf(value)) {
    const member = memberOf(value, key)
    if (typeof member !== 'object' || member === null) copy[key] = member
    else if (!seen.has(member) && depth < deepest) copy[key] = readable(member, seen, depth + 1)
  }
  return isList(value) ? Object.values(copy) : copy
}

function keysOf(value: object): string[] {
  try {
    return Object.keys(value)
  } catch {
    return []
  }
}

function memberOf(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key]
  } catch {
    return undefined
  }
}

/** A proxy that was revoked is nothing that can be asked. */
function isList(value: object): boolean {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}
