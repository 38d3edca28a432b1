// Replaces what looks secret by environment variables: a secret is never written into a file.
import { redactor } from '../../definition/secrets/redact.ts'
import { FromEnvironment, Noted, type Tree, isMembers, withMembers, withoutComments } from './tree.ts'

/** Data without its secrets, and the variables that stand for them, with their values. */
export interface WithoutSecrets<T> {
  readonly trees: T
  readonly variables: ReadonlyMap<string, string>
}

/** `trees` are members of a class. Whatever output would hide is read from the environment. */
export function withoutSecrets<T extends Readonly<Record<string, Tree>>>(
  members: T,
): WithoutSecrets<{ readonly [Member in keyof T]: Tree }> {
  const bare = withMembers(members, (_name, value) => withoutComments(value as Tree) as Tree)
  const shown = redactor([bare])(bare)
  const variables = new Map<string, string>()
  const walk = (value: Tree, seen: unknown, path: readonly string[]): Tree => {
    if (value instanceof Noted) {
      return value.value === undefined ? value : new Noted(walk(value.value, seen, path), value.lines)
    }
    if (Array.isArray(value)) {
      return value.map((one: Tree, index) => walk(one, (seen as unknown[])[index], [...path, nameIn(one, index)]))
    }
    if (isMembers(value)) {
      return withMembers(value, (name, member) =>
        member === undefined
          ? undefined
          : walk(member as Tree, (seen as Record<string, unknown>)[name], [...path, name]),
      )
    }
    if (typeof value !== 'string' || value === seen) return value
    const name = variableFor(path, variables)
    variables.set(name, value)
    return new Noted(new FromEnvironment([{ names: [name] }]), [`Looks secret: set ${name}. ${better}`])
  }
  const trees = Object.fromEntries(
    Object.entries(members).map(([member, value]) => [member, walk(value, shown[member], [])]),
  ) as { readonly [Member in keyof T]: Tree }
  return { trees, variables }
}

/** How an element of a list is called in the name of a variable. */
function nameIn(element: Tree, index: number): string {
  const name = isMembers(element) ? (element['name'] ?? element['key'] ?? element['Id']) : undefined
  return typeof name === 'string' ? name : String(index + 1)
}

/** What says nothing in the name of a variable. */
const wordless = new Set(['containerDefinitions', 'environment', 'value', 'logConfiguration', 'options', 'Targets'])

/** `WEB_DB_PASSWORD` for DB_PASSWORD of the container web; none is there twice. */
function variableFor(path: readonly string[], taken: ReadonlyMap<string, string>): string {
  const words = path.filter((part) => !wordless.has(part)).map((part) => part.replace(/[^A-Za-z0-9]+/g, '_'))
  const joined = words
    .join('_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/^_+|_+$/g, '')
  const name = /^[A-Z]/.test(joined) ? joined : `SECRET_${joined}`
  for (let number = 1; ; number++) {
    const one = number === 1 ? name : `${name}_${number}`
    if (!taken.has(one)) return one
  }
}

const better = 'Better keep it in Secrets Manager or the Parameter Store, and refer to it in secrets.'

/** What a person has to do about the variables. */
export function secretWarnings(variables: ReadonlyMap<string, string>): string[] {
  if (variables.size === 0) return []
  const what = variables.size === 1 ? 'A value looks secret' : `${variables.size} values look secret`
  return [`${what} and must be set in the environment: ${[...variables.keys()].join(', ')}. ${better}`]
}
