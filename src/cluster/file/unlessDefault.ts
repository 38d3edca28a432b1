import type { Keys } from './shape.ts'

/** The value that is to be written at a key: undefined, which is left out, where it is the key's default. */
export function unlessDefault<T>(value: T, keys: Keys, key: string): T | undefined {
  return value === keys[key]?.default ? undefined : value
}

/** A list or a map; undefined, which is left out, where it is empty. */
export function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value
}
