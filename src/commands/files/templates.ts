// The templates of definitions, which lie in the package.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { EcsTaskError } from '../../ground/errors.ts'
import type { NewFile } from './newFiles.ts'

/** A template: its files, of which the first is the one to be tried, with these words. */
export interface Template {
  readonly files: readonly NewFile[]
  readonly words: string
}

const kinds: Readonly<Record<string, { readonly names: readonly string[]; readonly words: string }>> = {
  web: { names: ['web.ts'], words: 'deploy v1 --local' },
  worker: { names: ['worker.ts'], words: 'deploy v1 --local' },
  scheduled: { names: ['scheduled.ts'], words: 'deploy v1 --local' },
  stack: { names: ['stack.yml', 'stack.schema.json'], words: 'cluster deploy my-cluster -f _ecs/stack.yml --local' },
}

/** The template of a kind. Throws `BadArguments` where there is none. */
export function templateOf(kind: string): Template {
  const chosen = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (chosen)
    return { words: chosen.words, files: chosen.names.map((name) => ({ name, text: readFileSync(pathOf(name)) })) }
  throw new EcsTaskError('BadArguments', `There is no template ${kind}.`, {
    fix: `Choose one of ${Object.keys(kinds).join(', ')}.`,
  })
}

/** Templates lie beside `dist` in the package and beside `src` in the repository. */
function pathOf(name: string): string {
  const candidates = [`../templates/${name}`, `../../../templates/${name}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`the package has no template ${name}`)
  return found
}
