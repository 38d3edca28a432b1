import { parseAst } from 'vitest/node'

/** What the rules need to know of one source file. */
export interface Source {
  readonly imports: readonly Import[]
  /** Every name or `object.member` that is used as a value, as written: `process`, `Date.now`, `new Date()`. */
  readonly names: ReadonlySet<string>
}

export interface Import {
  readonly specifier: string
  /** Whether all of it is gone when the types are: an `import type`, an `export type`, a `typeof import(…)`. */
  readonly typeOnly: boolean
}

/** Reads a TypeScript source text. Every way to import counts: import, export … from, import(), typeof import(). */
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
  const specifier = node.source?.value
  if (typeof specifier !== 'string') return undefined
  // `import { type A } from` stays in the output as `import {} from`, which loads the module: only `import type` is free.
  return { specifier, typeOnly: node.type === 'TSImportType' || [node.importKind, node.exportKind].includes('type') }
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression') {
    const member = node.computed ? node.property.value : node.property.name
    if (node.object.name === 'globalThis') return member
    return node.object.name && `${node.object.name}.${member}`
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
