// Finds values inside what is declared, whatever its types.
import { isPlain } from '../ground/shown.ts'

/** What a class declares, copied and not yet checked. */
export type Draft = Record<string, unknown>

/** A value inside a definition and where it stands, as in `taskDefinition/containerDefinitions/0/image`. */
export interface Found {
  path: string
  value: unknown
}

/**
 * Every value at a path, in which `*` stands for each entry of a list. What is absent, or of another type than the path takes
 * it for, is not found, so a rule needs no checks of its own. `path` is where the root itself stands.
 */
export function select(root: unknown, pattern: string, path = ''): Found[] {
  let found: Found[] = [{ path, value: root }]
  for (const step of pattern.split('/')) {
    const next: Found[] = []
    for (const one of found) addEntries(one, step, next)
    // Most of what rules look for is not declared.
    if (next.length === 0) return next
    found = next
  }
  return found
}

function addEntries({ path, value }: Found, step: string, found: Found[]): void {
  const begin = path === '' ? '' : `${path}/`
  if (Array.isArray(value)) {
    if (step === '*') value.forEach((entry: unknown, index) => found.push({ path: `${begin}${index}`, value: entry }))
    return
  }
  const entry = isPlain(value) ? value[step] : undefined
  if (entry !== undefined) found.push({ path: `${begin}${step}`, value: entry })
}

export interface FoundString extends Found {
  value: string
}

export function strings(root: unknown, pattern: string, path?: string): FoundString[] {
  return select(root, pattern, path).filter((found): found is FoundString => typeof found.value === 'string')
}

/** The targets that start an ECS task, which are those that deploy changes. */
export function taskTargets(draft: Draft): Found[] {
  return select(draft, 'eventTargets/*/Targets/*').filter(({ value }) => select(value, 'EcsParameters').length > 0)
}

/** What those targets, and the schedules, give the task for an input; `json` is undefined where it can't be parsed. */
export function taskInputs(draft: Draft): { path: string; json: unknown }[] {
  return [...taskTargets(draft), ...select(draft, 'schedules/*/Target')].flatMap((target) =>
    strings(target.value, 'Input', target.path).map(({ path, value }) => ({ path, json: parsed(value) })),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
