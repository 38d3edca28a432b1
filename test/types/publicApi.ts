// Reads what `import … from 'ecs-task'` offers out of the declarations in dist/, as its users' compilers do.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One exported name. */
export interface Exported {
  readonly name: string
  /** Whether it is there at run time, too. */
  readonly isValue: boolean
  /** Its declarations without comments, with those that its file keeps to itself and it is made of. */
  readonly text: string
  readonly hasDocComment: boolean
  /** The names that its declarations mention of what other declarations of ours export. */
  readonly mentions: readonly string[]
}

interface Declaration {
  readonly name: string
  readonly text: string
  readonly hasDocComment: boolean
}

const comment = /\/\*\*[^]*?\*\//g

/** Every exported name, in the order of the alphabet. */
export function publicApi(): Exported[] {
  const index = new URL('../../dist/index.d.ts', import.meta.url)
  return listed('export', textOf(index))
    .map(({ name, file, isValue }) => ({ ...exported(name, new URL(file, index)), isValue }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

function exported(name: string, file: URL): Omit<Exported, 'isValue'> {
  const text = textOf(file)
  const again = listed('export', text).find((one) => one.name === name)
  if (again) return exported(name, new URL(again.file, file))
  const all = declarationsIn(text)
  const own = all.filter((one) => one.name === name)
  for (const { text: part } of own) {
    own.push(...all.filter((one) => !one.text.startsWith('export') && !own.includes(one) && mentions(part, one.name)))
  }
  const whole = own.map((one) => one.text).join('\n')
  const others = [...listed('import', text), ...all.filter((one) => !own.includes(one))]
  return {
    name,
    text: whole,
    hasDocComment: own.some((one) => one.name === name && one.hasDocComment),
    mentions: others.map((one) => one.name).filter((other) => mentions(whole, other)),
  }
}

/** The names that a file exports or imports from others of ours. */
function listed(word: 'export' | 'import', text: string): { name: string; file: string; isValue: boolean }[] {
  const statements = text.matchAll(new RegExp(`^${word} (type )?\\{([^}]*)\\} from '(\\.[^']*)\\.ts'`, 'gm'))
  return Array.from(statements).flatMap(([, types, names = '', file]) =>
    Array.from(names.matchAll(/(type )?(\w+)/g), ([, type, name = '']) => ({
      name,
      file: `${file}.d.ts`,
      isValue: types === undefined && type === undefined,
    })),
  )
}

/** What is declared in a file: each declaration begins a line, and the lines that go on with it do not begin so. */
function declarationsIn(text: string): Declaration[] {
  const begin = /^(?:export |declare |abstract )*(?:interface|type|class|function|const) (\w+)/
  const documented = new Set(
    Array.from(
      text.matchAll(new RegExp(`^${comment.source}\\n(?:${begin.source.slice(1)})`, 'gm')),
      ([, name]) => name,
    ),
  )
  return text
    .replace(comment, '')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n+/g, '\n')
    .split(/\n(?=export |declare |abstract |interface |type |import )/)
    .flatMap((part) => {
      const name = begin.exec(part)?.[1]
      return name === undefined ? [] : [{ name, text: part.trim(), hasDocComment: documented.has(name) }]
    })
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text)
}

function textOf(file: URL): string {
  return readFileSync(fileURLToPath(file), 'utf8')
}
