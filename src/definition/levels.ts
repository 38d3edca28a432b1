// How deep what AWS takes may be nested.

/** Some ten levels are AWS's own; whatever walks through a value must come to its end before the stack does. */
export const mostLevels = 100

/** Whether a value without circles has more levels than that; looks no deeper. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let levels = 0; level.length > 0; levels++) {
    if (levels > mostLevels) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
