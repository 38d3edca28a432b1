import { isPlain } from '../ground/shown.ts'

/** A value inside a definition and where it stands, as in `taskDefinition/containerDefinitions/0/image`. */
export interface Found {
  path: string
  value: unknown
}

/**
 * Every value at a path, in which `*` stands for each entry of a list. What is absent, or of another type than the
 * path takes it for, is not found, so a rule needs no checks of its own. `path` is
 * where the root itself stands.
 */
export function select(root: unknown, pattern: string, path = ''): Found[] {
  let found: Found[] = [{ path, value: root }]
  for (const step of pattern.split('/')) found = found.flatMap((one) => entries(one.value, step, one.path))
  return found
}

function entries(value: unknown, step: string, path: string): Found[] {
  const below = (key: string | number, entry: unknown): Found => ({
    path: path ? `${path}/${key}` : `${key}`,
    value: entry,
  })
  if (Array.isArray(value)) return step === '*' ? value.map((entry: unknown, index) => below(index, entry)) : []
  const entry = isPlain(value) ? value[step] : undefined
  return entry === undefined ? [] : [below(step, entry)]
}
