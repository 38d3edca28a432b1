// Reads the files of a stack.
import { EcsTaskError } from '../../ground/errors.ts'
import type { Stack } from '../stack.ts'
import { checkShape } from './checkShape.ts'
import { stackKeys, stackShape } from './keys/stackKeys.ts'
import { readYaml } from './readYaml.ts'
import { rules, warningRules } from './rules.ts'
import type { Shape } from './shape.ts'
import { stackOf } from './stackOf.ts'
import { type UnvalidatedStack, unvalidatedStack } from './unvalidatedStack.ts'
import { at, type ValidatedNode } from './validatedNode.ts'
import { type Where, whereIn } from './whereIn.ts'
import type { Finding, Place } from './yamlNode.ts'

/** A YAML file of a stack: its text, and its name, with which its problems begin: `stack.yml`. */
export interface StackFile {
  readonly name: string
  readonly text: string
}

/**
 * Reads the YAML files of a stack. Later ones are merged into earlier ones: services by name, maps key by key; lists,
 * `logging` and all else take the place of what was there. `$NAME` and `${NAME}` are filled in from `env`.
 *
 * Warnings say what has no effect. Throws `BadDefinition` with every problem of all files. Each is a sentence that begins
 * with its place, as in `stack.yml:12:7: services/web/imgae: …`, in the order of files and lines; none holds a value of `env`.
 */
export function readStack(
  files: readonly StackFile[],
  env: Readonly<Record<string, string | undefined>>,
): { stack: Stack; warnings: readonly string[]; where: Where } {
  const problems: Finding[] = []
  const report = (place: Place, sentence: string): void => void problems.push({ place, sentence })
  const nodes = files.flatMap(({ text }, file) => {
    const { node, problems: found } = readYaml(text, file, env)
    problems.push(...found)
    return node ? [checkShape(node, stackShape, { path: '', place: node.place, report })] : []
  })
  const unvalidated = unvalidatedStack(nodes)
  // Without one of the files, what is missing may be in that one.
  if (nodes.length === files.length) problems.push(...problemsOf(unvalidated))
  if (problems.length > 0) throw problem(sorted(problems, files))
  const warnings = warningRules.flatMap((rule) => rule(unvalidated))
  return { stack: stackOf(unvalidated), warnings: sorted(warnings, files), where: whereIn(unvalidated, files) }
}

/** What can be known only when all files have been merged. */
function problemsOf(unvalidated: UnvalidatedStack): Finding[] {
  const { stack, services } = unvalidated
  const sentence = 'there are no services; list them below services:'
  const none = stack.kind !== 'wrong' && !at(stack, 'services') ? [{ place: stack.place, sentence }] : []
  const { vpc, logging, service_discovery } = stackKeys
  const common = Object.entries({ vpc, logging, service_discovery }).flatMap(([key, { shape }]) => {
    const found = at(stack, key)
    return found ? missingKeys(found, shape) : []
  })
  const own = services.flatMap(({ node }) => missingKeys(node, stackKeys.services.shape.of))
  return [...none, ...common, ...own, ...rules.flatMap((rule) => rule(unvalidated))]
}

/** What a map is nothing without and does not have, when all files have been merged. */
function missingKeys(node: ValidatedNode, shape: Shape): Finding[] {
  if (node.kind === 'list' && shape.is === 'list') return node.items.flatMap((item) => missingKeys(item, shape.of))
  if (node.kind !== 'map') return []
  if (shape.is === 'named') return [...node.entries.values()].flatMap((entry) => missingKeys(entry, shape.of))
  if (shape.is !== 'keys') return []
  return Object.entries(shape.keys).flatMap(([name, key]) => {
    const entry = node.entries.get(name)
    if (entry) return missingKeys(entry, key.shape)
    if (!key.isNeeded) return []
    const sentence = `${node.path}/${name}: is missing; ${shape.called} needs it`
    return [{ place: node.place, sentence }]
  })
}

/** In the order of files and lines. What defaults or an anchor say wrong is found where each uses it, and told once. */
function sorted(findings: readonly Finding[], files: readonly StackFile[]): string[] {
  const inOrder = findings.toSorted(
    ({ place: a }, { place: b }) => a.file - b.file || a.line - b.line || a.column - b.column,
  )
  const lines = new Map<string, string>()
  for (const { place, sentence } of inOrder) {
    const where = `${files[place.file]?.name ?? 'stack'}:${place.line}:${place.column}: `
    const withoutPath = where + sentence.replace(/^\S+: /, '')
    if (!lines.has(withoutPath)) lines.set(withoutPath, where + sentence)
  }
  return [...lines.values()]
}

function problem(problems: readonly string[]): EcsTaskError {
  const what = problems.length === 1 ? 'The stack has a problem.' : `The stack has ${problems.length} problems.`
  return new EcsTaskError('BadDefinition', what, { problems })
}
