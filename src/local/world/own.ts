// Records by a name that somebody chose: a cluster, a family or a log stream may be called `constructor` or `__proto__`.

/** An empty record without a prototype. */
export const byName = <T>(): Record<string, T> => Object.create(null)

/** The record's own entry of that name, never something that every object has. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
