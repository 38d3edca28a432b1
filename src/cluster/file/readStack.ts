import { EcsTaskError } from '../../ground/errors.ts'
import { at, type Checked } from './checked.ts'
import { checkShape } from './checkShape.ts'
import type { Draft } from './draft.ts'
import { stackKeys, stackShape } from './keys/stackKeys.ts'
import { merge } from './merge.ts'
import { missingKeys } from './missingKeys.ts'
import { rules, warningRules } from './rules.ts'
import { servicesOf } from './service.ts'
import type { Stack } from '../stack.ts'
import { stackOf } from './stackOf.ts'
import type { Finding, Place } from './written.ts'
import { writtenFile } from './writtenFile.ts'

/** A file of a stack: its name, as it begins what is said about it, and its text. */
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
): { stack: Stack; warnings: readonly string[] } {
  const problems: Finding[] = []
  const report = (place: Place, sentence: string): void => void problems.push({ place, sentence })
  const checked = files.flatMap(({ text }, file) => {
    const { written, problems: found } = writtenFile(text, file, env)
    problems.push(...found)
    return written ? [checkShape(written, stackShape, { path: '', place: written.place, report })] : []
  })
  // Without one of the files, what is missing may be in that one.
  if (checked.length === files.length) problems.push(...problemsOf(draftOf(checked)))
  if (problems.length > 0) throw problem(sorted(problems, files))
  const draft = draftOf(checked)
  const warnings = warningRules.flatMap((rule) => rule(draft))
  return { stack: stackOf(draft), warnings: sorted(warnings, files) }
}

const nothing: Checked = { kind: 'map', place: { file: 0, line: 1, column: 1 }, path: '', entries: new Map() }

function draftOf(checked: readonly Checked[]): Draft {
  const stack = checked.reduce((earlier, later) => merge(earlier, later, stackShape), checked[0] ?? nothing)
  return { stack, services: servicesOf(stack) }
}

/** What can be known only when all files have been merged. */
function problemsOf(draft: Draft): Finding[] {
  const { stack, services } = draft
  const sentence = 'there are no services; list them below services:'
  const none = stack.kind !== 'wrong' && !at(stack, 'services') ? [{ place: stack.place, sentence }] : []
  const { vpc, logging, service_discovery } = stackKeys
  const common = Object.entries({ vpc, logging, service_discovery }).flatMap(([key, { shape }]) => {
    const found = at(stack, key)
    return found ? missingKeys(found, shape) : []
  })
  const own = services.flatMap(({ checked }) => missingKeys(checked, stackKeys.services.shape.of))
  return [...none, ...common, ...own, ...rules.flatMap((rule) => rule(draft))]
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
