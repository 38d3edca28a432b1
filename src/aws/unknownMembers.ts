/**
 * `known` with every member that only `whole` has, at any depth. The SDK drops members that it does not know, in both
 * directions; what AWS has learned since this version was made must pass all the same.
 */
export function withUnknownMembers(known: unknown, whole: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(whole)) {
    return known.map((item, index) => withUnknownMembers(item, whole[index]))
  }
  if (!isPlain(known) || !isPlain(whole)) return known
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(known)) result[key] = withUnknownMembers(value, whole[key])
  for (const [key, value] of Object.entries(whole)) {
    if (value !== null && value !== undefined && !(key in known)) result[key] = value
  }
  return result
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
}
