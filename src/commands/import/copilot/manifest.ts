// A manifest of AWS Copilot, of which each key is taken once: what is left at the end has no counterpart.
import { splitCommand } from '../../../definition/splitCommand.ts'
import { isPlain } from '../../../ground/shown.ts'
import { FromEnvironment, type Text } from '../tree.ts'

/** A place in a manifest: the keys that lead there. */
export type Path = readonly (string | number)[]

/** A value that is left, and where it stands. */
export interface Leaf {
  readonly path: Path
  readonly value: unknown
}

export class Manifest {
  readonly #root: unknown
  readonly #taken = new Set<string>()

  constructor(root: unknown) {
    this.#root = root
  }

  /** What stands there; it counts as left. */
  at(...path: Path): unknown {
    return path.reduce<unknown>((value, key) => {
      if (Array.isArray(value)) return value[Number(key)]
      return isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined
    }, this.#root)
  }

  /** Takes what stands there, if it is what is asked for. */
  take<T>(read: (value: unknown) => T | undefined, ...path: Path): T | undefined {
    const found = read(this.at(...path))
    if (found !== undefined) this.#taken.add(keyOf(path))
    return found
  }

  text(...path: Path): Text | undefined {
    return this.take((value) => (isScalar(value) ? interpolated(String(value)) : undefined), ...path)
  }

  number(...path: Path): number | undefined {
    return this.take((value) => (isScalar(value) && /^\d+$/.test(String(value)) ? Number(value) : undefined), ...path)
  }

  boolean(...path: Path): boolean | undefined {
    return this.take((value) => (typeof value === 'boolean' ? value : undefined), ...path)
  }

  /** Seconds of `90s`, `5m` or `1h`. */
  seconds(...path: Path): number | undefined {
    return this.take(secondsOf, ...path)
  }

  /** The words of a list, or of a command in one text. */
  words(...path: Path): Text[] | undefined {
    const read = (value: unknown): Text[] | undefined => {
      const words = typeof value === 'string' ? splitCommand(value) : value
      return Array.isArray(words) && words.every(isScalar) ? words.map((one) => interpolated(String(one))) : undefined
    }
    return this.take(read, ...path)
  }

  /** The names of the members of a map; none where there is no map. */
  names(...path: Path): string[] {
    const value = this.at(...path)
    return isPlain(value) ? Object.keys(value) : []
  }

  /** All that nobody has taken, below a place; what is empty is there, too. */
  left(path: Path = []): Leaf[] {
    if (this.#taken.has(keyOf(path))) return []
    const value = this.at(...path)
    const keys: Path = Array.isArray(value) ? [...value.keys()] : this.names(...path)
    return keys.length === 0 ? [{ path, value }] : keys.flatMap((key) => this.left([...path, key]))
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function secondsOf(value: unknown): number | undefined {
  const parts = typeof value === 'string' && /^(?:\d+[hms])+$/.test(value) ? value.match(/\d+[hms]/g) : null
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 }
  return parts?.reduce((sum, part) => sum + Number(part.slice(0, -1)) * units[part.slice(-1)]!, 0)
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String))

/** `${NAME}` is a variable of whoever runs Copilot; `\${NAME}` is not. */
export function interpolated(text: string): Text {
  const parts = text.split(/(?<!\\)\$\{(\w+)\}/)
  const read = parts
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('\\${', '${') : { names: [part] }))
    .filter((part) => part !== '')
  return parts.length === 1 ? ((read[0] as string | undefined) ?? '') : new FromEnvironment(read)
}
