// Reads a TypeScript source text: what it imports, and which names it uses.
import { parseAst } from 'vitest/node'

/** What the rules need to know of one source file. */
export interface Source {
  readonly imports: readonly Import[]
  /** Every name or `object.member` that is used as a value, as written: `process`, `Date.now`, `new Date()`. */
  readonly names: ReadonlySet<string>
}

export interface Import {
  readonly specifier: string
  /**
   * `types`: all of it is gone when the types are: an `import type`, an `export type`, a `typeof import(…)`.
   * `late`: a `require(…)`, which loads the module when that line runs.
   */
  readonly how: 'types' | 'early' | 'late'
}

/** Every way to import counts: `import`, `export … from`, `import(…)`, `typeof import(…)`, `require(…)`. */
export function readSource(text: string): Source {
  const imports: Import[] = []
  const names = new Set<string>()
  visit(parseAst(text, { lang: 'ts' }), (node) => {
    const found = importOf(node)
    if (found) imports.push(found)
    const name = nameOf(node)
    if (name) names.add(name)
  })
  return { imports, names }
}

interface Node {
  readonly type: string
  readonly [member: string]: any
}

function importOf(node: Node): Import | undefined {
  if (node.callee?.name === 'require') return imported(node.arguments[0]?.value, 'late')
  // `import { type A } from` stays in the output as `import {} from`, which loads the module: only `import type` is free.
  const ofTypes = node.type === 'TSImportType' || [node.importKind, node.exportKind].includes('type')
  return imported(node.source?.value, ofTypes ? 'types' : 'early')
}

function imported(specifier: unknown, how: Import['how']): Import | undefined {
  return typeof specifier === 'string' ? { specifier, how } : undefined
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression') {
    const member = node.computed ? node.property.value : node.property.name
    if (node.object.name === 'globalThis') return member
    return node.object.name && `${node.object.name}.${member}`
  }
  if (node.type === 'TSAnyKeyword') return 'the type any'
  if (node.type === 'TSAsExpression' && node.expression.typeAnnotation?.type === 'TSUnknownKeyword') {
    return 'as unknown as'
  }
  if (node.callee?.name !== 'Date' || node.arguments.length > 0) return undefined
  return node.type === 'NewExpression' ? 'new Date()' : 'Date()'
}

function visit(node: Node, seen: (node: Node) => void): void {
  seen(node)
  for (const [member, value] of Object.entries(node)) {
    // A member's own name reaches nothing: `{ process: 1 }`, `input.process`.
    if (['property', 'key'].includes(member) && !node.computed) continue
    for (const child of [value].flat()) if (typeof child?.type === 'string') visit(child, seen)
  }
}
