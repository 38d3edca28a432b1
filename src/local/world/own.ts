/** The record's own entry of that name: a log stream may be called `constructor`, and nobody ever made one. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
